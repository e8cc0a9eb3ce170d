/**
 * A leader looks at the cockpit, takes pictures of it along, opens a figure and an amount, and leaves the big screen to
 * turn its pages by itself.
 */
import { readFileSync } from 'node:fs'
import { ask, BASE, PICTURES, person, picture, settled, signIn, sound } from './browser.mjs'

export const name = 'leader'

export async function journey(browser) {
  const page = await person(browser)
  await signIn(page, '局领导')
  await page.goto(`${BASE}/cockpit`)
  await page.getByRole('heading', { level: 1, name: '驾驶舱' }).waitFor()
  await settled(page)
  await sound(page, 'cockpit')
  await picture(page, 'leader-1-cockpit')
  for (const drawn of ['各类创新主体', '目标和实际', '属地示意图', '招商漏斗', '产业链 × 区镇', '积分和资金'])
    await takes(page, drawn)
  await page.locator('.cockpit-matrix a').first().click()
  await page.getByText(/^共 [\d,]+ 个/).waitFor()
  await picture(page, 'leader-2-behind-a-figure')

  await page.goto(`${BASE}/cockpit`)
  const paid = page.locator('.cockpit-sums > div', { hasText: '已支付' })
  const { total } = await ask(page, '/cockpit/money')
  await paid.getByRole('link').click()
  await page.getByText(`共 ${total.payees} 个`).waitFor()
  await settled(page)
  await sound(page, 'holders')
  await picture(page, 'leader-4-holders')
  await page.locator('tbody a').first().click()
  await page.getByRole('tab', { name: '积分资金', selected: true }).waitFor()

  const wall = await person(browser, { name: 'wall', width: 1920, height: 1080, mode: 'dark' })
  await signIn(wall, '局领导')
  await wall.goto(`${BASE}/screen?rotate=5`)
  const at = async () => Number(await wall.locator('.wall-head [aria-current=true]').textContent())
  for (let seen = await at(), pages = 1; pages <= 6; pages++) {
    await settled(wall)
    await sound(wall, `page ${seen}`)
    await picture(wall, `leader-3-screen-${seen}`)
    const was = String(seen)
    await wall.waitForFunction(
      (old) => document.querySelector('.wall-head [aria-current=true]')?.textContent !== old,
      was,
      { timeout: 60_000 },
    )
    seen = await at()
  }
}

/** What is drawn may be taken along: a picture on an opaque ground, with something on it. */
async function takes(page, drawn) {
  const given = page.waitForEvent('download')
  await page
    .getByRole('button', { name: new RegExp(`^存为图片 ${drawn}`) })
    .first()
    .click()
  const file = await given
  const bytes = readFileSync(await file.path()).toString('base64')
  const found = await page.evaluate(async (address) => {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), {
      width: image.width,
      height: image.height,
    })
    const paint = canvas.getContext('2d')
    paint.drawImage(image, 0, 0)
    const { data } = paint.getImageData(0, 100, image.width, image.height - 100)
    let clear = 0
    const colours = new Set()
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] !== 255) clear += 1
      colours.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2])
    }
    return { clear, colours: colours.size }
  }, `data:image/png;base64,${bytes}`)
  await file.saveAs(`${PICTURES}/leader-picture-${drawn}.png`)
  if (found.clear > 0 || found.colours < 20) throw new Error(`${drawn}: ${JSON.stringify(found)}`)
}
