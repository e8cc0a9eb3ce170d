import './twins.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Form, Input, Radio, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import {
  subjectApart,
  subjectMerge,
  subjectSplit,
  type TwinList,
  type TwinPair,
  type TwinSide,
  twinList,
  useMay,
} from '../../api'
import { kinds } from '../../api/queries'
import { Answer, FormDialog, Nothing, Page, Panel, useAct } from '../../ui'
import { kindId } from '../../ui/kinds'
import { NoKinds } from '../../ui/NoKinds'
import { usePlaceName } from '../../ui/places'
import { t } from './twins.words'

const route = getRouteApi('/inside/twins')
const LEAST = [90, 60, 40] as const

/** Subjects that may have been registered twice, two by two, for somebody to decide. */
export function Twins() {
  const search = route.useSearch()
  const go = route.useNavigate()
  const known = useQuery(kinds).data?.kinds
  const all = known ?? []
  const kind = search.kind ?? (all.find((one) => kindId(one.kind) === 'enterprise') ?? all[0])?.kind ?? ''
  const least = search.least ?? 60
  const answer = useQuery({
    queryKey: ['twins', kind, least],
    queryFn: ({ signal }) => twinList({ kind, least }, { signal }),
    enabled: kind !== '',
    retry: false,
  })
  return (
    <Page
      title={t('twins')}
      help="officer#twins"
      aside={answer.data ? <span className="quiet">{counted(answer.data)}</span> : null}
    >
      <p className="quiet twins-note">{t('note')}</p>
      <div className="filters">
        <Select
          aria-label={t('kind')}
          value={kind || null}
          options={all.map((one) => ({ value: one.kind, label: one.title }))}
          onChange={(next: string) => go({ search: (was) => ({ ...was, kind: next }) })}
        />
        <Select
          aria-label={t('least')}
          popupMatchSelectWidth={false}
          value={least}
          options={LEAST.map((value) => ({ value, label: t(`least_${value}`) }))}
          onChange={(next) => go({ search: (was) => ({ ...was, least: next === 60 ? undefined : next }) })}
        />
      </div>
      {known?.length === 0 ? (
        <NoKinds />
      ) : (
        <Answer of={answer}>
          {(data) => (
            <>
              {data.pairs.length === 0 ? <Nothing say={t('none')} /> : null}
              <ul className="twins">
                {data.pairs.map((one) => (
                  <li key={`${one.one.identity} ${one.other.identity}`}>
                    <Pair kind={kind} of={one} />
                  </li>
                ))}
              </ul>
              <Merged kind={kind} of={data} />
            </>
          )}
        </Answer>
      )}
    </Page>
  )
}

const counted = ({ found, pairs }: TwinList) =>
  found > pairs.length ? t('shown', { n: found, m: pairs.length }) : t('found', { n: found })

function Pair({ kind, of }: { kind: string; of: TwinPair }) {
  const place = usePlaceName()
  const row = (label: string, show: (side: TwinSide) => ReactNode, key: keyof TwinSide) => (
    <tr className={of.one[key] === of.other[key] ? undefined : 'differs'}>
      <th scope="row">{label}</th>
      <td>{show(of.one)}</td>
      <td>{show(of.other)}</td>
    </tr>
  )
  return (
    <Panel title={t(`why_${of.why}`)} extra={<span className="num">{t('score', { n: of.score })}</span>}>
      <table className="plain">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('first')}</th>
            <th scope="col">{t('later')}</th>
          </tr>
        </thead>
        <tbody>
          {row(
            t('name'),
            (side) => (
              <Link to="/subjects/$kind/$id" params={{ kind, id: side.identity }}>
                {side.name || side.identity}
              </Link>
            ),
            'name',
          )}
          {row(t('identity'), (side) => side.identity, 'identity')}
          {of.one.former || of.other.former ? row(t('former'), (side) => side.former || '—', 'former') : null}
          {row(t('locality'), (side) => (side.locality ? place(side.locality) : '—'), 'locality')}
        </tbody>
      </table>
      <Decide kind={kind} of={of} />
    </Panel>
  )
}

interface Decided {
  into: string
  why: string
}

function Decide({ kind, of }: { kind: string; of: TwinPair }) {
  const [asking, setAsking] = useState<'merge' | 'apart'>()
  const ids = [of.one.identity, of.other.identity] as const
  const options = { refresh: [['twins'], ['subjects', kind]], after: () => setAsking(undefined) }
  const merge = useAct(
    ({ into, why }: Decided) => subjectMerge({ kind, id: ids.find((one) => one !== into)! }, { into, why }),
    options,
  )
  const apart = useAct(
    ({ why }: Decided) => subjectApart({ kind, id: ids[0] }, { other: ids[1], why }),
    options,
  )
  const mayMerge = useMay('subject_merge')
  const mayApart = useMay('subject_apart')
  return (
    <div className="twins-acts">
      {mayMerge ? <Button onClick={() => setAsking('merge')}>{t('merge')}</Button> : null}
      {mayApart ? <Button onClick={() => setAsking('apart')}>{t('apart')}</Button> : null}
      <Link to="/compare/$kind" params={{ kind }} search={{ ids: [...ids] }}>
        {t('compare')}
      </Link>
      {asking ? (
        <FormDialog<Decided>
          title={t(asking)}
          busy={merge.busy || apart.busy}
          initial={{ into: ids[0] }}
          onOk={(given) => (asking === 'merge' ? merge : apart).run(given)}
          onClose={() => setAsking(undefined)}
        >
          {asking === 'merge' ? (
            <Form.Item name="into" label={t('keep')} extra={t('mergeNote')}>
              <Radio.Group
                vertical
                options={[of.one, of.other].map((side) => ({
                  value: side.identity,
                  label: `${side.name} ${side.identity}`,
                }))}
              />
            </Form.Item>
          ) : null}
          <Why />
        </FormDialog>
      ) : null}
    </div>
  )
}

const Why = () => (
  <Form.Item name="why" label={t('why')} rules={[{ required: true, message: t('whyNeeded') }]}>
    <Input.TextArea rows={2} maxLength={300} placeholder={t('whyNeeded')} />
  </Form.Item>
)

function Merged({ kind, of }: { kind: string; of: TwinList }) {
  const [asking, setAsking] = useState<string>()
  const split = useAct(({ why }: { why: string }) => subjectSplit({ kind, id: asking! }, { why }), {
    refresh: [['twins'], ['subjects', kind]],
    after: () => setAsking(undefined),
  })
  const maySplit = useMay('subject_split')
  if (of.merged.length === 0) return null
  return (
    <Panel title={t('merged', { n: of.merged.length })}>
      <ul className="plain-list">
        {of.merged.map((one) => (
          <li key={one.identity}>
            <span className="num">{one.identity}</span> {t('into')}{' '}
            <Link to="/subjects/$kind/$id" params={{ kind, id: one.into }}>
              {one.into}
            </Link>{' '}
            {maySplit ? (
              <Button size="small" onClick={() => setAsking(one.identity)}>
                {t('split')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {asking ? (
        <FormDialog<{ why: string }>
          title={t('splitOf', { id: asking })}
          busy={split.busy}
          onOk={split.run}
          onClose={() => setAsking(undefined)}
        >
          <Why />
        </FormDialog>
      ) : null}
    </Panel>
  )
}
