import { catalogue } from './catalogue'

const words = {
  officer: ['经办', 'officer'],
  reviewer: ['复核', 'reviewer'],
  leader: ['局领导', 'leader'],
  author: ['规则编制', 'rule author'],
  town: ['区镇', 'zone or town'],
  enterprise: ['企业', 'enterprise'],
  carrier: ['载体', 'carrier'],
  institute: ['新型研发机构', 'new-type R&D institution'],
  expert: ['专家', 'expert'],
  bank: ['银行/基金', 'bank or fund'],
  judge: ['评审', 'judge'],
  finance: ['财政', 'finance'],
  auditor: ['审计', 'auditor'],
  system_admin: ['系统管理员', 'system admin'],
  security_admin: ['安全管理员', 'security admin'],
  audit_admin: ['审计管理员', 'audit admin'],
} as const
const t = catalogue(words)

export const ROLES = Object.keys(words) as (keyof typeof words)[]

/** The name of a role; what is newer than this page by its code. */
export function roleWord(code: string): string {
  const known = ROLES.find((one) => one === code)
  return known ? t(known) : code
}
