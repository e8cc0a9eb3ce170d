import { catalogue, type Pair } from '../../ui'

export const t = catalogue({
  codes: ['代码表', 'Code lists'],
  note: [
    '各类主体的字段能取哪些值、每个值用在哪里；区划代码，和接口、导出文件里的系统代码也在这里。取值由种类文档规定，要改去改文档。',
    'Which values fields may have and where each is used; codes of localities, and the codes of this program in its API and files. Documents of kinds say what the values are.',
  ],
  find: ['找代码表、取值、字段', 'A list, a value, a field'],
  group: ['哪一种', 'Which sort'],
  all: ['全部', 'All'],
  option: ['选项', 'Options'],
  region: ['区划', 'Localities'],
  system: ['系统代码', 'Of this program'],
  export: ['导出 CSV', 'Export as CSV'],
  found: ['{n} 张表，{m} 个取值', '{n} lists, {m} values'],
  none: ['没有这样的代码表', 'No such list'],
  list: ['代码表', 'List'],
  values: ['取值', 'Values'],
  uses: ['用在哪里', 'Used by'],
  source: ['来源', 'Source'],
  fields: ['{n} 个字段', '{n} fields'],
  open: ['看 {name}', 'Look at {name}'],
  code: ['代码', 'Code'],
  name: ['名称', 'Name'],
  english: ['英文', 'English'],
  noEnglish: [
    '英文由本项目译出，种类文档里没有；没有译的写 —。',
    'English is this program’s own; — where there is none.',
  ],
  file: ['代码表', 'codes'],
  regions: ['区划代码', 'Codes of localities'],
  regionsNote: ['统计用区划代码', 'Codes of the statistics office'],
})

/** Codes of the program itself, as the API and files have them. */
export const SYSTEM: Readonly<Record<string, { title: Pair; codes: Readonly<Record<string, Pair>> }>> = {
  protect: {
    title: ['数据级别', 'Class of data'],
    codes: {
      public: ['公开', 'Public'],
      internal: ['内部', 'Internal'],
      sensitive: ['敏感', 'Sensitive'],
      personal: ['个人', 'Personal'],
    },
  },
  verdict: {
    title: ['核验结论', 'Verdict on a fact'],
    codes: {
      none: ['未核验', 'Not looked at'],
      verified: ['已核实', 'Verified'],
      returned: ['已退回', 'Sent back'],
    },
  },
  period: {
    title: ['填报时期', 'Reported by'],
    codes: {
      none: ['不分时期', 'No period'],
      year: ['年', 'Year'],
      quarter: ['季', 'Quarter'],
      month: ['月', 'Month'],
    },
  },
  status: {
    title: ['规则来源', 'Where a rule is from'],
    codes: {
      official: ['官方', 'Official'],
      secondary: ['二手', 'Secondary'],
      example: ['示例', 'Example'],
    },
  },
  state: {
    title: ['测算状态', 'State of a run'],
    codes: {
      draft: ['草稿', 'Draft'],
      computed: ['已计算', 'Computed'],
      reviewed: ['已复核', 'Reviewed'],
      notice: ['公示', 'On public notice'],
      final: ['定稿', 'Final'],
      settled: ['已入账', 'Settled'],
      withdrawn: ['已撤回', 'Withdrawn'],
      replaced: ['已被取代', 'Replaced'],
    },
  },
}
