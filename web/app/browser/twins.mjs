/** An import tells of a row that looks like a known subject; the two are merged, split again, and found to be two. */
import { ask, BASE, dialog, person, picture, signIn, sound } from './browser.mjs'

export const name = 'twins'

const KIND = '创新平台'

export async function journey(browser) {
  const page = await person(browser)
  await signIn(page, '经办')
  const kind = encodeURIComponent(KIND)
  const { fields } = await ask(page, `/kinds/${kind}`)
  const field = (role) => fields.find((one) => one.role === role).name
  const { rows } = await ask(page, `/subjects/${kind}?limit=1`)
  const known = rows[0].cells[field('name')]
  const id = `PT${Date.now()}`

  await page.goto(`${BASE}/import?kind=${kind}`)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: /^把文件拖到这里/ }).click()
  const buffer = Buffer.from(`${field('id')},${field('name')}\n${id},${known}\n`)
  await (await chooser).setFiles({ name: '平台.csv', mimeType: 'text/csv', buffer })
  await page.getByText('像是已经登记过的行 1', { exact: true }).waitFor()
  await sound(page, 'an import with a twin')
  await picture(page, 'twins-1-import')
  await page.getByRole('button', { name: '全部收下' }).click()
  await page.getByText('新登记 1 个主体').waitFor()

  await page.goto(`${BASE}/twins?kind=${kind}&least=90`)
  const pair = page.locator('.twins > li').filter({ hasText: id })
  const decide = async (button) => {
    await button.click()
    await dialog(page).getByLabel(/^依据/).fill('登记档案')
    await dialog(page).locator('.ant-modal-footer .ant-btn-primary').click()
    await dialog(page).waitFor({ state: 'hidden' })
  }
  await pair.waitFor()
  await sound(page, 'twins')
  await picture(page, 'twins-2-pairs')
  await decide(pair.getByRole('button', { name: '合并' }))
  await page.getByText('已合并 1').waitFor()
  await pair.waitFor({ state: 'detached' })
  await decide(page.getByRole('button', { name: '拆开' }))
  await pair.waitFor()
  await decide(pair.getByRole('button', { name: '不是同一家' }))
  await pair.waitFor({ state: 'detached' })
  await page.reload()
  await page.getByText('代码或名称像是同一家').waitFor()
  await page.locator('.twins').waitFor({ state: 'attached' })
  if ((await pair.count()) > 0) throw new Error('a pair that was told apart is shown again')
}
