import { useNavigate } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { type CaseType, caseOpen, type EntitledLine } from '../../api'
import { FormDialog, useAct } from '../../ui'
import { Range } from '../../ui/Range'
import { OFFERED } from './columns.words'
import { t } from './policy.words'

interface Filled {
  amount: string
}

/** The office offers what nobody has to apply for: the beneficiary only looks at it and confirms. */
export function Offer({ type, of, id }: { type: CaseType; of: EntitledLine; id: string }) {
  const [asking, setAsking] = useState(false)
  const go = useNavigate()
  const offer = useAct(
    (filled: Filled) =>
      caseOpen({
        type: type.type,
        kind: type.kind,
        id,
        title: `${type.policy}：${of.name}`,
        fields: {
          [OFFERED.policy]: of.name,
          [OFFERED.amount]: filled.amount + OFFERED.unit,
          [OFFERED.basis]: of.policy,
        },
      }),
    {
      done: t('offered'),
      refresh: [['cases']],
      after: ({ number }) => void go({ to: '/cases/$number', params: { number: String(number) } }),
    },
  )
  return (
    <>
      <Button type="primary" size="small" onClick={() => setAsking(true)}>
        {t('offer')}
      </Button>
      {asking ? (
        <FormDialog<Filled>
          title={t('offer')}
          busy={offer.busy}
          initial={{ amount: of.amount.low }}
          onOk={offer.run}
          onClose={() => setAsking(false)}
        >
          <p className="quiet">
            {of.name} <Range of={of.amount} />
            <br />
            {t('offerNote')}
          </p>
          <Form.Item
            name="amount"
            label={t('offerAmount')}
            rules={[{ required: true, pattern: /^\d+(\.\d{1,2})?$/ }]}
          >
            <Input inputMode="decimal" />
          </Form.Item>
        </FormDialog>
      ) : null}
    </>
  )
}
