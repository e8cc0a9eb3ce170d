import { Button, Form, Input, InputNumber, Space } from 'antd'
import { useState } from 'react'
import { type CaseInvite, type CaseScore, type CaseStory, caseInvite, caseJudge, useMay } from '../../api'
import { FormDialog, Moment, Money, Panel, useAct } from '../../ui'
import { t } from './cases.words'

const decimal = [{ required: true, pattern: /^\d+(\.\d+)?$/ }]

/** Reviews with the interval each judge gives, and sealed bids. */
export function Reviews({ of }: { of: CaseStory }) {
  const mayJudge = useMay('case_judge') && of.takes.includes('reviews')
  const mayInvite = useMay('case_invite') && of.takes.includes('reviews')
  const [asking, setAsking] = useState<'judge' | 'invite'>()
  const close = () => setAsking(undefined)
  const at = { number: of.row.number }
  const refresh = [['cases']]
  const judge = useAct((score: CaseScore) => caseJudge(at, score), { refresh, after: close })
  const invite = useAct((who: CaseInvite) => caseInvite(at, who), { refresh, after: close })
  if (!mayJudge && !mayInvite && of.reviews.length + of.asked.length + of.bids.length === 0) return null
  return (
    <Panel
      title={t('reviews')}
      extra={
        <Space>
          {mayInvite ? <Button onClick={() => setAsking('invite')}>{t('invite')}</Button> : null}
          {mayJudge ? (
            <Button type="primary" onClick={() => setAsking('judge')}>
              {t('judge')}
            </Button>
          ) : null}
        </Space>
      }
    >
      <ul className="plain-list">
        {of.reviews.map((one) => (
          <li key={`${one.at} ${one.bid}`}>
            <b className="num">{one.low === one.high ? one.low : `${one.low}~${one.high}`}</b> {one.actor}{' '}
            <Moment at={one.at} />
            <div>{one.text}</div>
          </li>
        ))}
        {of.asked.map((one) => (
          <li key={one.account} className="quiet">
            {t('asked')}：{one.name} {t('until')} {one.last}
          </li>
        ))}
        {of.bids.map((one) => (
          <li key={one.bid}>
            {t('bids')} {one.bid} {one.id} <Moment at={one.at} />{' '}
            {one.opened ? (
              <>
                {t('price')} <Money yuan={one.price} /> {one.text}
              </>
            ) : (
              t('sealed')
            )}
          </li>
        ))}
      </ul>
      {asking === 'judge' ? (
        <FormDialog<CaseScore> title={t('judge')} busy={judge.busy} onOk={judge.run} onClose={close}>
          <Form.Item name="low" label={t('low')} rules={decimal}>
            <Input inputMode="decimal" />
          </Form.Item>
          <Form.Item name="high" label={t('high')} rules={decimal}>
            <Input inputMode="decimal" />
          </Form.Item>
          <Form.Item name="text" label={t('opinion')} rules={[{ required: true }]}>
            <Input.TextArea rows={4} maxLength={2000} showCount />
          </Form.Item>
        </FormDialog>
      ) : null}
      {asking === 'invite' ? (
        <FormDialog<CaseInvite> title={t('invite')} busy={invite.busy} onOk={invite.run} onClose={close}>
          <Form.Item name="account" label={t('account')} rules={[{ required: true }]}>
            <InputNumber min={1} precision={0} />
          </Form.Item>
          <Form.Item name="last" label={t('until')} rules={[{ required: true }]}>
            <Input type="date" />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Panel>
  )
}
