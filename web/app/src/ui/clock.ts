/** When the page was read, by the county's clock as all other times are. */
export const clock = (at: number): string =>
  new Date(at).toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai' })
