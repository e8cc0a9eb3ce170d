/* diag_rule_data.h - diagnostics of data files and of evaluation; included by base/diag_rule.h. */

/* The header and the rows of a data file */
DIAG(DATA_EMPTY, "DATA-EMPTY", SEV_ERROR, "数据文件没有表头", "the data file has no header",
     "第一行写列名: 主体编号, 然后是规则文档“字段”一节里的名称",
     "write column names first: the subject's id, then names from the fields section")
DIAG(DATA_ID_COLUMN, "DATA-ID-COLUMN", SEV_ERROR, "表头没有编号列“{0}”",
     "the header has no id column “{0}”", "规则文档以“身份”指明了编号列, 请在数据中加上这一列",
     "the rule document names its id column; add it to the data")
DIAG(DATA_ID_EMPTY, "DATA-ID-EMPTY", SEV_ERROR, "第 {0} 行没有编号", "line {0} has no id",
     "补上主体编号, 或删去这一行", "fill in the subject's id, or delete the line")
DIAG(DATA_ID_SAME, "DATA-ID-SAME", SEV_ERROR, "编号“{0}”重复: 第 {1} 行与第 {2} 行",
     "id “{0}” stands in lines {1} and {2}", "一个主体只占一行; 合并这两行, 或改正编号",
     "a subject has one line; merge the two or correct the id")
DIAG(DATA_SHAPE, "DATA-SHAPE", SEV_ERROR, "第 {0} 行有 {1} 格, 表头有 {2} 列",
     "line {0} has {1} cells, the header has {2}",
     "检查是否漏了逗号, 或数字里的千分位逗号没有用双引号括起来",
     "look for a missing comma, or a number with thousands commas that is not quoted")
DIAG(DATA_ROWS, "DATA-ROWS", SEV_ERROR, "数据超过 {0} 行", "the data has more than {0} rows",
     "拆成几个文件分别计算", "split the file")
DIAG(DATA_EXTRA, "DATA-EXTRA", SEV_NOTE, "另有 {1} 列不是字段, 没有读入: {0}",
     "columns that are no fields, left out ({1}): {0}", "", "")
DIAG(DATA_ABSENT, "DATA-ABSENT", SEV_WARN, "有 {1} 个字段没有数据列, 一律按缺数: {0}",
     "fields without a column, missing throughout ({1}): {0}", "核对列名是否与规则文档一致",
     "compare the column names with the rule document")
DIAG(DATA_HEAD, "DATA-HEAD", SEV_ERROR, "第一行没有一个列名是字段: {0}",
     "no column name in the first line is a field: {0}",
     "第一行应是表头: 编号, 然后是“字段”一节里的名称; 核对是不是少了表头, 或用错了文件",
     "the first line is the header: the id, then names of fields; is it missing, or is this the "
     "wrong file?")
DIAG(DATA_PERCENT, "DATA-PERCENT", SEV_WARN, "列“{0}”的数都不超过 1%",
     "all figures of column “{0}” are 1% or less",
     "单写的数按 % 读, 0.05 就是 0.05%; 若原意是 5%, 写成 5 或 5%",
     "a bare number is read as so many %: 0.05 is 0.05%; if 5% is meant, write 5 or 5%")
DIAG(DATA_COLUMN, "DATA-COLUMN", SEV_ERROR, "列“{0}”与前面的“{1}”是同一字段的同一期",
     "column “{0}” is the same field and period as “{1}” before it", "删去其中一列",
     "delete one of them")
DIAG(DATA_PERIOD, "DATA-PERIOD", SEV_ERROR, "列“{0}”的期间不对: {1}",
     "the period of column “{0}” is wrong: {1}",
     "年度字段写 名称@2023, 季度字段写 名称@2024Q3, 时点字段不写期间",
     "a yearly field takes name@2023, a quarterly one name@2024Q3, one without periods none")
DIAG(DATA_HEAD_UNIT, "DATA-HEAD-UNIT", SEV_ERROR, "列“{0}”的单位“{1}”与字段的单位不能换算",
     "unit “{1}” of column “{0}” cannot be converted to the field's",
     "改成字段单位的倍数, 例如 元 万元 亿元", "use a multiple of the field's unit")
DIAG(DATA_ASSIGN, "DATA-ASSIGN", SEV_ERROR, "“{0}”应写成 字段=值 或 字段@期间=值",
     "“{0}” should be field=value or field@period=value", "例如 研发费用=320万元",
     "for example 研发费用=320万元")
DIAG(DATA_FIELD, "DATA-FIELD", SEV_ERROR, "没有字段“{0}”{1?; 相近的有: }",
     "there is no field “{0}”{1?; the nearest: }", "字段名见规则文档“字段”一节",
     "the fields section of the rule document lists the names")
DIAG(DATA_CELL, "DATA-CELL", SEV_NOTE, "上面说的是第 {0} 行, 编号“{1}”, 列“{2}”",
     "the above is line {0}, id “{1}”, column “{2}”", "", "")
DIAG(DATA_MORE, "DATA-MORE", SEV_NOTE, "列“{0}”另有 {1} 格有同样的提示",
     "{1} more cells of column “{0}” are warned about alike", "", "")

/* Evaluation */
DIAG(DATA_OVERFLOW, "DATA-OVERFLOW", SEV_ERROR, "编号“{0}”的“{1}”超出可以计算的范围",
     "“{1}” of subject “{0}” is too large to compute",
     "核对该主体的数据, 多半是单位写错(例如把元填进以亿元计的列)",
     "check the subject's data; most often a unit is wrong")
DIAG(DATA_REVIEW, "DATA-REVIEW", SEV_ERROR, "编号“{0}”的“{1}”: 评审分不在允许的区间内",
     "“{1}” of subject “{0}”: the reviewer's figure lies outside its interval",
     "请评审人在规则给出的区间内重新打分", "have the reviewer score again inside the interval")
DIAG(PLAN_LARGE, "PLAN-LARGE", SEV_ERROR, "“{0}”展开后太大或引用太深",
     "“{0}” grows too large or too deep when expanded", "缩短跨期函数的期数, 或减少它们的嵌套",
     "use fewer periods, or nest them less")
DIAG(PLAN_CONSTANT, "PLAN-CONSTANT", SEV_ERROR, "“{0}”: 总体函数的这个参数须是常数",
     "“{0}”: this argument of a population function must be a constant",
     "写成数字, 或引用不随主体变化的参数", "write a number, or a param that is the same for all")
DIAG(POP_ROWS, "POP-ROWS", SEV_ERROR, "“{0}”: 主体太多, 科普兰法最多 {1} 个",
     "“{0}”: too many subjects; Copeland takes {1}", "改用其他汇总方法, 或分组计算",
     "use another aggregation, or score in groups")
