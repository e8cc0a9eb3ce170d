/**
 * Style sheets made while running, without a <style> element: the server's Content-Security-Policy
 * lets no inline style through, and a sheet that a script constructs is not inline. The build puts
 * this in the place of `@rc-component/util`'s Dom/dynamicCSS, by which antd writes its styles.
 */

interface Options {
  prepend?: boolean | 'queue'
  priority?: number
  mark?: string
}

/** What stands for the element that the original returns: antd hangs its marks on it. */
interface Made extends Record<string, unknown> {
  sheet: CSSStyleSheet
  order: number
  text: string
  setAttribute: () => void
  getAttribute: () => null
}

const made = new Map<string, Made>()
let without = 0

function adopt(): void {
  const inOrder = [...made.values()].sort((a, b) => a.order - b.order)
  document.adoptedStyleSheets = inOrder.map((one) => one.sheet)
}

/** Sheets that go first are ordered among themselves by priority; all others come after. */
function orderOf(options: Options): number {
  return options.prepend ? (options.priority ?? 0) - 1_000_000 : (options.priority ?? 0)
}

export function updateCSS(text: string, key: string, options: Options = {}): Made {
  const known = made.get(key)
  if (known) {
    if (known.text !== text) known.sheet.replaceSync(text)
    known.text = text
    return known
  }
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  const one: Made = {
    sheet,
    text,
    order: orderOf(options),
    setAttribute: () => {},
    getAttribute: () => null,
  }
  made.set(key, one)
  adopt()
  return one
}

export function injectCSS(text: string, options: Options = {}): Made {
  without += 1
  return updateCSS(text, `without-key-${without}`, options)
}

export function removeCSS(key: string): void {
  if (made.delete(key)) adopt()
}

export function clearContainerCache(): void {
  made.clear()
  adopt()
}

/** What the icons' own copy of the same functions has besides. Nothing of ours has a shadow root. */
export const getShadowRoot = (): null => null
export const warningOnce = (): void => {}
