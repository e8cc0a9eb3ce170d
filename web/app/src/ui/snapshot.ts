/**
 * A picture of what is drawn with HTML or SVG: a copy that carries its computed looks is laid out once more as
 * an image and painted on an opaque ground. Nothing is fetched; parts that say `no-print` are left out.
 */

const SPACE = 16
const HEAD = 40
const SHARP = 2

/** What makes something look as it does; widths and heights hold the layout as it stands. */
const LOOKS =
  `display position inset box-sizing width height margin padding border border-radius border-collapse
  background-color color font-family font-size font-weight font-style line-height text-align vertical-align white-space word-break list-style
  flex-direction flex-wrap flex-grow flex-shrink align-items align-content align-self justify-content gap
  grid-template-columns grid-template-rows grid-column grid-row transform fill stroke stroke-width text-anchor
  opacity font-variant-numeric text-decoration`
    .trim()
    .split(/\s+/)

type Styled = HTMLElement | SVGElement

/** Through the object model: the server forbids style attributes that are written as text. */
function dress(copy: Styled, from: Element): void {
  const style = getComputedStyle(from)
  for (const name of LOOKS) copy.style.setProperty(name, style.getPropertyValue(name))
  copy.style.setProperty('overflow', 'visible')
  const copies = [...copy.children]
  for (const [at, child] of [...from.children].entries()) {
    if (child.classList.contains('no-print')) copies[at]?.remove()
    else dress(copies[at] as Styled, child)
  }
}

/** A table that scrolls in a narrow window is in the picture as a whole. */
function widthOf(box: Element): number {
  const left = box.getBoundingClientRect().left
  const ends = [...box.querySelectorAll('.scroll-x')].map(
    (one) => one.getBoundingClientRect().left - left + one.scrollWidth,
  )
  return Math.ceil(Math.max(box.clientWidth, ...ends))
}

const loaded = (address: string) =>
  new Promise<HTMLImageElement>((done, failed) => {
    const image = new Image()
    image.onload = () => done(image)
    image.onerror = failed
    image.src = address
  })

export async function snapshot(box: HTMLElement, name: string, back: string, ink: string): Promise<string> {
  const [width, height] = [widthOf(box), box.scrollHeight]
  const copy = box.cloneNode(true) as HTMLElement
  dress(copy, box)
  const inner = new XMLSerializer().serializeToString(copy)
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%">${inner}</foreignObject></svg>`
  const image = await loaded(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawn)}`)
  const canvas = document.createElement('canvas')
  canvas.width = (width + 2 * SPACE) * SHARP
  canvas.height = (height + 2 * SPACE + HEAD) * SHARP
  const paint = canvas.getContext('2d')!
  paint.scale(SHARP, SHARP)
  paint.fillStyle = back
  paint.fillRect(0, 0, width + 2 * SPACE, height + 2 * SPACE + HEAD)
  paint.fillStyle = ink
  paint.font = `600 18px ${getComputedStyle(box).fontFamily}`
  paint.fillText(name, SPACE, SPACE + 18)
  paint.drawImage(image, SPACE, SPACE + HEAD)
  return canvas.toDataURL('image/png')
}

export function download(address: string, name: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
}
