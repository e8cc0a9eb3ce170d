import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { health, sessionOidc } from '../api'
import { useAct } from '../ui'
import { leaveFor } from './back'
import { t } from './door.words'

/** The way in through another house, where the server has one; `confirm`: to prove oneself again there. */
export function House({ back, confirm = false }: { back: string; confirm?: boolean }) {
  const { data } = useQuery({ queryKey: ['health'], queryFn: ({ signal }) => health({ signal }) })
  const go = useAct(() => sessionOidc({ confirm }), {
    done: '', // the page is left
    after: ({ url }) => leaveFor(url, back),
  })
  if (!data?.oidc) return null
  return (
    <div className="door-house">
      <Button block size="large" loading={go.busy} onClick={() => go.run(undefined)}>
        {t(confirm ? 'confirmThere' : 'signInThere', { name: data.oidc })}
      </Button>
      {confirm ? <p className="quiet">{t('confirmThereWhy')}</p> : null}
    </div>
  )
}
