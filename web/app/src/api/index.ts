export { type Day, type Decimal, type How, type Moment, newKey, onConfirm, setToken } from './call'
export { client } from './client'
export * from './generated'
export { isOver, save, saveResult, useJob } from './jobs'
export { Problem } from './problem'
export {
  changePassword,
  confirmIdentity,
  mayUse,
  session,
  signIn,
  signOut,
  useMay,
  useMe,
} from './session'
