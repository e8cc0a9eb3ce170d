import { useQuery } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { type PolicyCard, policyTell, policyTellingGet, useMay, viewAdd, viewEnd } from '../../api'
import { views } from '../../api/queries'
import { Answer, Moment, Panel, useAct } from '../../ui'
import { followed, t } from './policy.words'

/** Whom the policy applies to, and who knows: the office tells those who do not. */
export function Telling({ id }: { id: string }) {
  const key = ['policies', id, 'telling']
  const answer = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => policyTellingGet({ id }, { signal }),
  })
  const may = useMay('policy_tell')
  const tell = useAct(() => policyTell({ id }), { done: t('told'), refresh: [key] })
  return (
    <Panel title={t('telling')}>
      <Answer of={answer}>
        {(data) => (
          <>
            <p>
              {t('tellingNow', { entitled: data.entitled, told: data.told })}{' '}
              {data.last ? <Moment at={data.last} /> : null}
            </p>
            {may && data.waiting > 0 ? (
              <Popconfirm title={t('tellWhat')} onConfirm={() => tell.run(undefined)}>
                <Button loading={tell.busy}>{t('tellThem', { n: data.waiting })}</Button>
              </Popconfirm>
            ) : null}
          </>
        )}
      </Answer>
    </Panel>
  )
}

/** Who follows a policy hears when others are told of it: a kept view by its code or name. */
export function Follow({ of }: { of: PolicyCard }) {
  const key = of.code || of.name
  const mine = useQuery(views).data?.views.find(
    (one) => one.mine && one.kind === followed && one.title === key,
  )
  const refresh = [views.queryKey]
  const begin = useAct(viewAdd, { done: t('following'), refresh })
  const end = useAct(viewEnd, { done: t('unfollowed'), refresh })
  const press = () =>
    mine ? end.run({ view: mine.view }) : begin.run({ kind: followed, title: key, query: {} })
  return (
    <Button aria-pressed={mine !== undefined} loading={begin.busy || end.busy} onClick={press}>
      {mine ? t('unfollow') : t('follow')}
    </Button>
  )
}
