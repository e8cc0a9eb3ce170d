/** Questions that were kept: one's own, the team's, those locked for all; how many each finds now. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Form, Input, Popconfirm, Select, Space } from 'antd'
import { useState } from 'react'
import { useMay, type View, type Views, viewEnd, viewLock, viewRename, viewRun, viewShare } from '../../api'
import { kinds, views } from '../../api/queries'
import { listedOf } from '../../domain/kept'
import { Decimal, FormDialog, List, useAct } from '../../ui'
import { t } from './queries.words'

const refresh = [views.queryKey]
const WHOSE = ['mine', 'team', 'locked'] as const
type Whose = (typeof WHOSE)[number]
const whoseOf = (one: View): Whose => (one.seen_by === 'all' ? 'locked' : one.mine ? 'mine' : 'team')

export default function Saved() {
  const [whose, setWhose] = useState<Whose>()
  const answer = useQuery(views)
  const titles = useQuery(kinds)
  const known = (kind: string) => titles.data?.kinds.find((one) => one.kind === kind)
  return (
    <>
      <div className="filters">
        <Select<Whose>
          allowClear
          aria-label={t('whose')}
          placeholder={t('whose')}
          value={whose ?? null}
          options={WHOSE.map((value) => ({ value, label: t(value) }))}
          onChange={(to) => setWhose(to ?? undefined)}
        />
      </div>
      <List<View, Views>
        of={answer}
        rows={(data) => data.views.filter((one) => known(one.kind) && (!whose || whoseOf(one) === whose))}
        rowKey={(one) => String(one.view)}
        nothing={t('noneKept')}
        onClear={whose ? () => setWhose(undefined) : undefined}
        columns={[
          { key: 'title', title: t('title'), width: 190, show: (one) => <Open of={one} /> },
          { key: 'kind', title: t('ofKind'), width: 110, show: (one) => known(one.kind)?.title },
          { key: 'asks', title: t('asks'), width: 270, show: (one) => <Asks of={one} /> },
          {
            key: 'n',
            title: t('findsNow'),
            figure: true,
            width: 80,
            show: (one) => <Finds view={one.view} />,
          },
          {
            key: 'whose',
            title: t('whose'),
            width: 110,
            show: (one) => (one.mine ? t(whoseOf(one)) : `${t(whoseOf(one))} · ${one.owner}`),
          },
          {
            key: 'at',
            title: t('since'),
            width: 100,
            show: (one) => <span className="num">{one.at.slice(0, 10)}</span>,
          },
          { key: 'acts', title: '', width: 290, show: (one) => <Acts of={one} /> },
        ]}
      />
    </>
  )
}

function Open({ of }: { of: View }) {
  return (
    <Link
      to="/subjects/$kind"
      params={{ kind: of.kind }}
      search={listedOf(of.query as Record<string, unknown>)}
    >
      {of.title}
    </Link>
  )
}

const listed = (of: View) =>
  listedOf(of.query as Record<string, unknown>) as { where?: string; q?: string; when?: string[][] }

/** The question in words. */
function Asks({ of }: { of: View }) {
  const { where, q, when } = listed(of)
  const words = [q, where, ...(when ?? []).map((one) => one.join(' '))].filter(Boolean)
  return words.length > 0 ? words.join('；') : <span className="quiet">{t('everything')}</span>
}

function Finds({ view }: { view: number }) {
  const { data, isError } = useQuery({
    queryKey: ['views', view, 'count'],
    queryFn: ({ signal }) => viewRun({ view, limit: 1 }, { signal }),
    retry: false,
  })
  return data ? <Decimal value={String(data.total)} /> : <span className="quiet">{isError ? '—' : '…'}</span>
}

/** One's own is renamed, shown to the team, given up; the leader locks what the team sees. */
function Acts({ of }: { of: View }) {
  const { view, title, mine, seen_by } = of
  const { where, q, when } = listed(of)
  const [naming, setNaming] = useState(false)
  const end = useAct(() => viewEnd({ view }), { refresh })
  const share = useAct(() => viewShare({ view }, { team: seen_by === 'own' }), { refresh })
  const lock = useAct(() => viewLock({ view }, { locked: seen_by !== 'all' }), { refresh })
  const rename = useAct((to: { title: string }) => viewRename({ view }, { title: to.title.trim() }), {
    refresh,
    after: () => setNaming(false),
  })
  const own = mine && seen_by !== 'all'
  const mayLock = useMay('view_lock')
  return (
    <Space wrap size={4}>
      {when ? null : (
        <Link to="/queries" search={{ kind: of.kind, where, q }}>
          {t('goOn')}
        </Link>
      )}
      {own ? (
        <>
          <Button size="small" aria-label={`${t('rename')} ${title}`} onClick={() => setNaming(true)}>
            {t('rename')}
          </Button>
          <Button size="small" loading={share.busy} onClick={() => share.run(undefined)}>
            {t(seen_by === 'own' ? 'share' : 'unshare')}
          </Button>
        </>
      ) : null}
      {mayLock ? (
        <Button size="small" loading={lock.busy} onClick={() => lock.run(undefined)}>
          {t(seen_by === 'all' ? 'unlock' : 'lock')}
        </Button>
      ) : null}
      {own ? (
        <Popconfirm title={t('giveUp')} onConfirm={() => end.run(undefined)}>
          <Button size="small" danger aria-label={`${t('giveUp')} ${title}`}>
            {t('giveUp')}
          </Button>
        </Popconfirm>
      ) : null}
      {naming ? (
        <FormDialog<{ title: string }>
          title={t('rename')}
          busy={rename.busy}
          initial={{ title }}
          onOk={rename.run}
          onClose={() => setNaming(false)}
        >
          <Form.Item name="title" label={t('title')} rules={[{ required: true, whitespace: true }]}>
            <Input maxLength={100} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Space>
  )
}
