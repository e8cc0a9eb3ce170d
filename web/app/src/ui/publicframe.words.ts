import { catalogue } from './catalogue'

export const t = catalogue({
  title: ['公示和政策', 'Published results and policies'],
  runs: ['公示的测算', 'Published runs'],
  policies: ['惠企政策', 'Policies'],
  board: ['榜单与公示', 'Calls and notices'],
  brand: ['创新格次', 'Innovation grades'],
  signIn: ['登录', 'Sign in'],
})
