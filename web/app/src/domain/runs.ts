/** What runs of one rule document have in common: their title without the year and what was added to it. */
export const stem = (title: string): string => title.replace(/\d+/g, '').replace(/\u00b7[^\uff08(]*/, '')
