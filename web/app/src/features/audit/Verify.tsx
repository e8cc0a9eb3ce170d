import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Space } from 'antd'
import { anchorGet, auditVerify, save } from '../../api'
import { Failed, Page, Panel, pick } from '../../ui'
import { t } from './audit.words'

export function Verify() {
  const verify = useMutation({
    mutationFn: (asked: { anchors?: string }) => auditVerify({ anchors: asked.anchors || null }),
  })
  const take = useMutation({
    mutationFn: async () => {
      const anchor = await anchorGet()
      save(new Blob([anchor.text], { type: 'text/plain' }), `anchor-${anchor.act}.txt`)
    },
  })
  const found = verify.data
  return (
    <Page title={t('verify')} help="auditor#verify">
      <Panel>
        <p className="quiet">{t('verifyNote')}</p>
        <Form layout="vertical" onFinish={verify.mutate}>
          <Form.Item name="anchors" label={t('anchors')}>
            <Input.TextArea rows={4} className="mono" />
          </Form.Item>
          <Space wrap>
            <Button type="primary" htmlType="submit" loading={verify.isPending}>
              {t('verify')}
            </Button>
            <Button loading={take.isPending} onClick={() => take.mutate()} title={t('anchorNote')}>
              {t('takeAnchor')}
            </Button>
          </Space>
        </Form>
        <div role="status">
          {found ? (
            <Alert
              type={found.sound ? 'success' : 'error'}
              showIcon
              title={found.sound ? t('sound', { n: found.acts, m: found.rows }) : t('unsound')}
              description={found.anchored > 0 ? t('anchored', { n: found.anchored }) : null}
            />
          ) : null}
        </div>
        <ul className="problems">
          {found?.problems.map((one) => (
            <li key={one.message}>{pick([one.message, one.message_en])}</li>
          ))}
        </ul>
        {verify.error || take.error ? <Failed cause={verify.error ?? take.error} /> : null}
      </Panel>
    </Page>
  )
}
