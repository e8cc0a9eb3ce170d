import { queryOptions, useQuery } from '@tanstack/react-query'
import { onSignedOut, setCsrf } from './call'
import { client } from './client'
import {
  type Login,
  type Me,
  type RouteName,
  sessionConfirm,
  sessionEnd,
  sessionGet,
  sessionOpen,
  sessionPassword,
} from './generated'

const KEY = ['session'] as const

export const session = queryOptions({
  queryKey: KEY,
  queryFn: async ({ signal }) => kept(await sessionGet({ signal })),
  staleTime: Number.POSITIVE_INFINITY,
})

function kept(me: Me): Me {
  setCsrf(me.csrf)
  return me
}

/** Somebody else is here now: nothing that was read for the one before may stay. */
function became(me: Me): Me {
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== KEY[0] })
  client.setQueryData(KEY, kept(me))
  return me
}

onSignedOut(() => void client.invalidateQueries({ queryKey: KEY }))

export const signIn = async (how: Login): Promise<Me> => became(await sessionOpen(how))

export async function signOut(): Promise<void> {
  await sessionEnd()
  client.clear()
  setCsrf('')
}

export async function confirmIdentity(password: string, code?: string): Promise<void> {
  client.setQueryData(KEY, kept(await sessionConfirm({ password, code: code || null })))
}

export const changePassword = async (password: string, fresh: string, code?: string): Promise<Me> =>
  became(await sessionPassword({ password, fresh, code: code || null }))

/** Who is here. Inside the shell somebody always is. */
export function useMe(): Me {
  const { data } = useQuery(session)
  if (!data) throw new Error('the session is read before anything is shown')
  return data
}

/** May the one who is here use all of these routes? Decided by the server's table of rights. */
export function useMay(...routes: RouteName[]): boolean {
  return mayUse(useMe(), ...routes)
}

export const mayUse = (me: Me, ...routes: RouteName[]): boolean =>
  routes.every((route) => me.may.includes(route))
