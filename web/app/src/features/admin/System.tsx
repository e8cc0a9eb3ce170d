import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import { health } from '../../api'
import { Answer, Facts, Page, Panel } from '../../ui'
import { clock } from '../../ui/clock'
import { t } from './admin.words'

const Well = ({ is }: { is: boolean }) => (
  <Tag color={is ? 'green' : 'red'}>{is ? t('well') : t('notWell')}</Tag>
)

/** Whether the server is well, and where what keeps it so is written. */
export function System() {
  const answer = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => health({ signal }),
    refetchInterval: 15_000,
  })
  return (
    <Page title={t('system')} help="admin#operation">
      <Panel title={t('system')}>
        <Answer of={answer} rows={2}>
          {(data) => (
            <Facts
              of={[
                [t('reading'), <Well key="r" is={data.ready} />],
                [t('writing'), <Well key="w" is={data.writing} />],
                [t('version'), data.version],
                [t('asOf'), clock(answer.dataUpdatedAt)],
              ]}
            />
          )}
        </Answer>
      </Panel>
      <Panel title={t('backups')}>
        <Facts of={[[t('lastBackup'), t('lastBackupNone')]]} />
        <p>{t('backupNote')}</p>
        <pre className="source">geci backup --db sqlite:zjg.db -o zjg-backup.db</pre>
        <Link to="/help/$page" params={{ page: 'operate' }}>
          docs/operate.md →
        </Link>
      </Panel>
    </Page>
  )
}
