/** Going to another house and coming back to where one was: it only ever comes back to `/`. */
const KEY = 'geci.back'

export function leaveFor(url: string, back: string): void {
  sessionStorage.setItem(KEY, back)
  location.assign(url)
}

/** Before the router reads the address. */
export function comeBack(): void {
  const back = sessionStorage.getItem(KEY)
  if (back === null || location.pathname !== '/') return
  sessionStorage.removeItem(KEY)
  history.replaceState(null, '', back)
}
