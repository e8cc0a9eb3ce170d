import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Space } from 'antd'
import { type RunDetail, runResults, runVerify, save, useMay } from '../../api'
import { Facts, Failed, Panel } from '../../ui'
import { t } from './grading.words'

/** What fixes the numbers of a run, and a way to see that they still follow from it. */
export function Proof({ of }: { of: RunDetail }) {
  const mayVerify = useMay('run_verify') && of.computed
  const mayTake = useMay('run_results') && of.computed
  const verify = useMutation({ mutationFn: () => runVerify({ run: of.run }) })
  const take = useMutation({
    mutationFn: async () => save(await runResults({ run: of.run }), `${of.title}-${of.run}.csv`),
  })
  return (
    <Panel>
      <p className="quiet">{t('proofNote')}</p>
      <Facts
        of={[
          [t('rulesHash'), <Hash key="r" of={of.rules} />],
          [t('snapshot'), <Hash key="s" of={of.snapshot} />],
          [t('resultsHash'), <Hash key="o" of={of.results} />],
          [t('root'), <Hash key="t" of={of.receipts} />],
          [t('engine'), of.engine ?? t('notComputed')],
          [t('untilAct'), of.until_act ?? t('notComputed')],
        ]}
      />
      <Space wrap>
        {mayVerify ? (
          <Button loading={verify.isPending} onClick={() => verify.mutate()}>
            {t('verify')}
          </Button>
        ) : null}
        {mayTake ? (
          <Button loading={take.isPending} onClick={() => take.mutate()}>
            {t('downloadAll')}
          </Button>
        ) : null}
      </Space>
      <div role="status">
        {verify.isPending ? t('verifying') : null}
        {verify.data ? (
          verify.data.results && verify.data.receipts && verify.data.root ? (
            <Alert type="success" showIcon title={t('agrees', { n: verify.data.subjects })} />
          ) : (
            <Alert type="error" showIcon title={t('differs', { id: verify.data.differs })} />
          )
        ) : null}
      </div>
      {verify.error || take.error ? <Failed cause={verify.error ?? take.error} /> : null}
    </Panel>
  )
}

const Hash = ({ of }: { of: string | null | undefined }) =>
  of ? <code className="hash">{of}</code> : <span className="missing">{t('notComputed')}</span>
