/** An officer signs in, lists firms, narrows the list, opens one, sees its score, the reason, and how it came about. */
import { choose, LOOKS, person, picture, signIn, sound } from './browser.mjs'

export const name = 'officer'

export async function journey(browser) {
  for (const look of LOOKS) {
    const page = await person(browser, look)
    const phone = look.width < 768
    await signIn(page, '经办')
    await page.getByRole('heading', { name: '经办，您好' }).waitFor()
    await sound(page, `${look.name}: desk`)
    await picture(page, `officer-1-desk-${look.name}`)

    if (!phone) {
      await page.keyboard.press('/')
      await page.keyboard.type('shili00012')
      await page.locator('.hit', { hasText: '示例00012' }).waitFor()
      await picture(page, `officer-1-pinyin-${look.name}`)
      await page.keyboard.press('Escape')
    }
    if (phone) await page.getByRole('button', { name: '菜单' }).click()
    await page.getByRole('navigation', { name: '菜单' }).getByRole('link', { name: '科技型企业' }).click()
    await page.getByRole('heading', { name: '科技型企业' }).waitFor()
    await page.getByText(/^共 [\d,]+ 个/).waitFor()
    await sound(page, `${look.name}: list`)
    await picture(page, `officer-2-list-${look.name}`)

    const before = await page.getByText(/^共 [\d,]+ 个/).textContent()
    await page.getByRole('searchbox', { name: '名称或代码' }).fill('示例00012')
    await page.getByRole('searchbox', { name: '名称或代码' }).press('Enter')
    await page.getByText('共 1 个').waitFor()
    if (before.startsWith('共 1 个')) throw new Error('the list was not narrowed')
    await page.reload()
    await page.getByText('共 1 个').waitFor()

    await page.getByRole('link', { name: /示例00012/ }).click()
    await page.getByRole('heading', { level: 1, name: /示例00012/ }).waitFor()
    await page.getByText('企业科技创新积分').first().waitFor()
    await sound(page, `${look.name}: subject`)
    await picture(page, `officer-3-subject-${look.name}`)

    // What it came to, at a glance; and all that came about, one kind of it, and where it is all told.
    const glance = page.locator('.glance')
    await glance.locator('.grade-big').waitFor()
    await glance
      .getByText(/截至 \d{4}-\d\d-\d\d/)
      .first()
      .waitFor()
    await page.getByRole('tab', { name: '历程' }).click()
    await page.getByText('281.216万元 → 351.52万元').waitFor()
    for (const what of ['填报', '测算', '异议', '发放积分'])
      await page.locator('.ant-timeline-item strong', { hasText: what }).first().waitFor()
    await sound(page, `${look.name}: timeline`)
    await picture(page, `officer-4-timeline-${look.name}`)
    await choose(page, page.getByLabel('只看哪一类'), '异议')
    await page.waitForURL(/only=appeals/)
    if ((await page.locator('.ant-timeline-item').count()) !== 1)
      throw new Error('more than the appeal is shown')
    await page.locator('.ant-timeline-item a').first().click()
    await page.waitForURL(/\/runs\/\d+\?tab=appeals/)
    await page.goBack()
    await everybodyWhoMoved(page)

    await page.goto(new URL('/subjects/科技型企业?q=示例00012', page.url()).href)
    await page.getByText('共 1 个').waitFor()
    await page.context().close()
  }
}

/** Movers of any run against another: by direction and locality, by pages, each with its reason. */
async function everybodyWhoMoved(page) {
  await page.goto(new URL('/runs/4', page.url()).href)
  await page.getByRole('link', { name: /^全部升降/ }).click()
  const up = await page
    .getByText(/^升 \d+$/)
    .first()
    .textContent()
  const rows = page.locator('.ant-table-row, .cards > li')
  await rows.nth(49).waitFor()
  const first = await rows.first().textContent()
  await page.getByRole('button', { name: '下一页' }).click()
  await page.waitForURL(/after=50/)
  await page.waitForFunction(
    (was) => document.querySelector('.ant-table-row, .cards > li')?.textContent !== was,
    first,
  )
  await page
    .getByText(/^降 \d+$/)
    .first()
    .click()
  await page.waitForURL(/way=down/)
  await page.locator('.fall').first().waitFor()
  await page.locator('.rise').first().waitFor({ state: 'hidden' })
  await choose(page, page.getByRole('combobox', { name: '属地' }), '杨舍镇')
  await page.waitForURL(/locality=.*320582100/)
  await page.getByText(up, { exact: true }).waitFor({ state: 'hidden' })
  await sound(page, 'movers', { still: true })
  await picture(page, `officer-5-movers-${page.look.name}`)
  await choose(page, page.getByRole('combobox', { name: '与哪次比' }), '2023年度')
  await page.waitForURL(/against=1/)
  await page.reload()
  await rows.first().waitFor()
}
