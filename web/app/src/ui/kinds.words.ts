/** The kinds of subjects by the names of their documents: what stands for them in code. */
export const KINDS = {
  区镇: 'locality',
  科技型企业: 'enterprise',
  产业专家: 'expert',
  科创孵化载体: 'carrier',
  新型研发机构: 'institute',
  科技招商项目: 'prospect',
  创新平台: 'platform',
  技术需求: 'need',
} as const

/** Names of fields that most kinds have, as their documents call them. */
export const FIELD = {
  locality: '所在区镇',
  chain: '主产业链',
  standing: '参评状态',
  taking: '参评',
  ladder: '梯度称号',
  grade: '创新格次',
  score: '创新得分',
  points: '企业科技创新积分',
} as const
