import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Select } from 'antd'
import { type Goal, type GoalAnswer, type RunDetail, seek } from '../../api'
import { columnOf, type Explanation, everyFact, everyItem, inWords } from '../../domain/explanation'
import { Failed, Panel, PlainTable } from '../../ui'
import { SEEK_HEAD } from './columns.words'
import { t } from './explain.words'
import type { ExplainSearch } from './routes'
import { kindOfFact } from './scenario'

interface Props {
  run: RunDetail
  tree: Explanation
  onGo: (part: Partial<ExplainSearch>) => void
}

interface Given {
  item: string
  value: string
  costs?: { field: string; cost: string; most?: string }[]
}

/** The cheapest way to a goal, by what a unit of each change costs. */
export function Seek({ run, tree, onGo }: Props) {
  const find = useMutation({ mutationFn: (goal: Goal) => seek({ run: run.run, id: tree.id }, goal) })
  const items = everyItem(tree.items).filter((one) => ['score', 'grade', 'gate'].includes(one.kind))
  const ask = ({ item, value, costs }: Given) => {
    const isGate = items.find((one) => one.item === item)?.kind === 'gate'
    find.mutate({ goal: isGate ? `${item}=${value}` : `${item}>=${value}`, costs: costsOf(costs) })
  }
  const first = items.find((one) => one.kind === 'grade') ?? items.find((one) => one.kind === 'score')
  return (
    <div className="panels whatif">
      <Panel title={t('seek')}>
        <Form<Given>
          layout="vertical"
          requiredMark={false}
          onFinish={ask}
          initialValues={{ item: first?.item }}
        >
          <Form.Item name="item" label={t('goalItem')} rules={[{ required: true }]}>
            <Select
              showSearch
              options={items.map((one) => ({
                value: one.item,
                label: `${one.item} (${t('now', { value: one.text })})`,
              }))}
            />
          </Form.Item>
          <Form.Item name="value" label={t('goalValue')} rules={[{ required: true }]}>
            <Input />
          </Form.Item>
          <Costs tree={tree} />
          <Button type="primary" htmlType="submit" loading={find.isPending}>
            {t('find2')}
          </Button>
        </Form>
      </Panel>
      <div aria-live="polite">
        {find.error ? <Failed cause={find.error} /> : null}
        {find.data ? <Plan plan={find.data} onGo={onGo} /> : null}
      </div>
    </div>
  )
}

function costsOf(costs: Given['costs']): string | null {
  const rows = (costs ?? []).filter((one) => one?.field && one.cost)
  return rows.length === 0
    ? null
    : [SEEK_HEAD, ...rows.map((one) => `${one.field},${one.cost},${one.most ?? ''}`)].join('\n')
}

function Costs({ tree }: { tree: Explanation }) {
  const fields = [
    ...new Set(
      everyFact(tree.items)
        .filter((one) => kindOfFact(one) === 'figure')
        .map((one) => one.field),
    ),
  ]
  return (
    <fieldset className="costs">
      <legend>{t('costs')}</legend>
      <Form.List name="costs">
        {(rows, { add, remove }) => (
          <>
            {rows.map((row) => (
              <div key={row.key} className="costs-row">
                <Form.Item name={[row.name, 'field']} noStyle>
                  <Select
                    showSearch
                    aria-label={t('field')}
                    placeholder={t('field')}
                    options={fields.map((one) => ({ value: one, label: one }))}
                  />
                </Form.Item>
                <Form.Item name={[row.name, 'cost']} noStyle>
                  <Input aria-label={t('cost')} placeholder={t('cost')} inputMode="decimal" />
                </Form.Item>
                <Form.Item name={[row.name, 'most']} noStyle>
                  <Input aria-label={t('most')} placeholder={t('most')} inputMode="decimal" />
                </Form.Item>
                <Button onClick={() => remove(row.name)}>{t('remove')}</Button>
              </div>
            ))}
            <Button onClick={() => add({})}>{t('add')}</Button>
          </>
        )}
      </Form.List>
    </fieldset>
  )
}

function Plan({ plan, onGo }: { plan: GoalAnswer; onGo: Props['onGo'] }) {
  const good = plan.end === 'reached' || plan.end === 'already'
  const apply = () =>
    onGo({
      tab: 'whatif',
      set: plan.changes.map(
        (one) =>
          `${columnOf({ field: one.field, ...(one.period != null && { period: one.period }) })}=${one.needed}`,
      ),
    })
  return (
    <Panel
      title={t(`end_${plan.end}`)}
      extra={plan.changes.length > 0 ? <Button onClick={apply}>{t('apply')}</Button> : null}
    >
      <Alert
        type={good ? 'success' : 'warning'}
        showIcon
        title={
          <span className="num">
            {plan.before} → {plan.after}
          </span>
        }
        description={plan.stuck ? t('stuck', { what: plan.stuck }) : t(`proof_${plan.proof}`)}
      />
      {plan.changes.length > 0 ? (
        <PlainTable
          named
          head={[t('field'), t('was'), t('needed')]}
          rows={plan.changes.map((one) => ({
            key: `${one.field} ${one.period}`,
            cells: [
              inWords(columnOf({ field: one.field, ...(one.period != null && { period: one.period }) })),
              <span key="w" className="num">
                {one.was}
              </span>,
              <strong key="n" className="num">
                {one.needed}
              </strong>,
            ],
          }))}
        />
      ) : null}
    </Panel>
  )
}
