import { catalogue, type Pair } from '../../ui'

export const t = catalogue({
  title: ['使用说明', 'Guide'],
  pages: ['各篇', 'Pages'],
  none: ['没有这一篇说明', 'There is no such page of the guide'],
})

/** What a page of the guide is called in the list; another goes by the name of its file. */
export const PAGE_NAMES: Readonly<Record<string, Pair>> = {
  start: ['开始', 'Start'],
  lists: ['列表', 'Lists'],
  subject: ['主体档案', 'The file of a subject'],
  explain: ['为什么、推演、怎样达到', 'Why, what if, how to get there'],
  officer: ['经办人员', 'Bureau officers'],
  town: ['区镇', 'Town offices'],
  enterprise: ['企业', 'Enterprises'],
  author: ['规则编制', 'Rule authors'],
  cockpit: ['驾驶舱和大屏', 'The cockpit and the big screen'],
  bank: ['银行和基金', 'Banks and funds'],
  expert: ['专家和评审', 'Experts and judges'],
  auditor: ['审计', 'Auditors'],
  admin: ['管理员', 'Administrators'],
  operate: ['运行维护', 'Operating the server'],
  public: ['不登录也能看的页面', 'Pages for anybody'],
}
