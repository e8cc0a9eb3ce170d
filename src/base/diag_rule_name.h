/* diag_rule_name.h - diagnostics of expressions, names, types and data cells. */

/* Expressions */
DIAG(EXPR_CHAR, "EXPR-CHAR", SEV_ERROR, "式子里不能有“{0}”", "“{0}” cannot stand in an expression",
     "名字里有符号时写成 「名字」", "write names that hold symbols as 「name」")
DIAG(EXPR_EXPECT, "EXPR-EXPECT", SEV_ERROR, "这里应是 {0}, 却是“{1}”", "{0} wanted here, not “{1}”",
     "对照 docs/language.md 第 4 节的写法", "compare section 4 of docs/language.md")
DIAG(EXPR_END, "EXPR-END", SEV_ERROR, "式子没写完: 后面应是 {0}",
     "the expression stops short: {0} wanted", "把式子补完整", "complete the expression")
DIAG(EXPR_DEPTH, "EXPR-DEPTH", SEV_ERROR, "式子套得太深 (上限 60 层括号, 400 项连写)",
     "the expression is nested too deep (60 brackets, 400 terms in a row)",
     "把里面的部分写成单独的指标", "make its inner parts indicators of their own")
DIAG(NUMBER_BAD, "NUMBER-BAD", SEV_ERROR, "“{0}”不是可用的数", "“{0}” is not a usable number",
     "最多 37 位数字、24 位小数", "at most 37 digits and 24 decimals")
DIAG(UNIT_UNKNOWN, "UNIT-UNKNOWN", SEV_ERROR, "没有单位“{0}”", "there is no unit “{0}”",
     "可用的单位见 docs/language.md 第 3 节; 数与后面的字之间漏了符号也会这样",
     "units are listed in docs/language.md, section 3; a missing operator also looks like this")
DIAG(TEXT_OPEN, "TEXT-OPEN", SEV_ERROR, "引号没有配对: {0}", "the quote is not closed: {0}",
     "补上右引号", "add the closing quote")
DIAG(FUNC_UNKNOWN, "FUNC-UNKNOWN", SEV_ERROR, "没有函数“{0}”{1?; 相近的有: }",
     "there is no function “{0}”{1?; the nearest: }", "函数见 docs/language.md 第 4 节",
     "functions are listed in docs/language.md, section 4")
DIAG(FUNC_ARGS, "FUNC-ARGS", SEV_ERROR, "{0} 要 {1} 个参数, 写了 {2} 个",
     "{0} takes {1} arguments, {2} given", "按 docs/language.md 第 4 节补齐或删去参数",
     "add or remove arguments as section 4 of docs/language.md says")
DIAG(FUNC_OPTION, "FUNC-OPTION", SEV_ERROR, "{0} 不能带这些选项", "{0} does not take these options",
     "同、法、最小组等用于总体函数; 近N年、自 用于跨期函数",
     "within, method and the like go with population functions; last N, since "
     "with those over periods")
DIAG(FUNC_LITERAL, "FUNC-LITERAL", SEV_ERROR, "{0} 的这个参数要直接写成整数",
     "this argument of {0} must be a whole number written out", "例如 四舍五入(x, 2)、往年(x, 1)",
     "for example round(x, 2), ago(x, 1)")
DIAG(FUNC_SPAN, "FUNC-SPAN", SEV_ERROR, "{0} 要写明期间", "{0} needs its periods",
     "例如 逐年(研发费用 >= 100万元, 近2年)", "for example each(rnd >= 100, last 2)")

/* Sections and attributes */
DIAG(KIND_UNKNOWN, "KIND-UNKNOWN", SEV_ERROR, "标题的种类“{0}”不认识{1?; 相近的有: }",
     "“{0}” is no kind of section{1?; the nearest: }",
     "二级标题写“种类 名称”: 字段 参数 分组 指标 条件 评分 格次 政策 叠加 事项 测试 说明",
     "write “## kind name”: Fields Param Segment Indicator Gate Score Grade Policy Stacking Case "
     "Tests Notes")
DIAG(HEADING_NESTED, "HEADING-NESTED", SEV_ERROR, "“{0}”不能放在这一级: 只有评分的标题可以逐级嵌套",
     "“{0}” cannot stand at this level: only score headings nest", "改成二级标题, 或移到评分下面",
     "make it a heading of level 2, or move it under a score")
DIAG(KEY_UNKNOWN, "KEY-UNKNOWN", SEV_ERROR, "没有属性“{0}”{1?; 相近的有: }",
     "there is no attribute “{0}”{1?; the nearest: }", "说明文字写成 “- 说明: …”",
     "remarks are written “- note: …”")
DIAG(KEY_PLACE, "KEY-PLACE", SEV_ERROR, "“{0}”不能用在“{1}”这一节",
     "“{0}” does not belong in “{1}”", "各节可用的属性见 docs/language.md 第 5 节",
     "section 5 of docs/language.md lists what belongs where")
DIAG(KEY_DUPLICATE, "KEY-DUPLICATE", SEV_ERROR, "“{0}”写了两次", "“{0}” is given twice", "留一条",
     "keep one")
DIAG(KEY_MISSING, "KEY-MISSING", SEV_ERROR, "“{0}”缺少“{1}”", "“{0}” lacks “{1}”",
     "补一行 “- {1}: …”", "add a line “- {1}: …”")
DIAG(VALUE_BAD, "VALUE-BAD", SEV_ERROR, "“{0}”的值“{1}”不对", "“{1}” is no value for “{0}”",
     "可以是: {2}", "one of: {2}")
DIAG(NAME_MISSING, "NAME-MISSING", SEV_ERROR, "“{0}”后面缺名字", "“{0}” lacks a name",
     "例如 “## 指标 研发强度”", "for example “## Indicator intensity”")
DIAG(NAME_DUPLICATE, "NAME-DUPLICATE", SEV_ERROR, "“{0}”重名", "“{0}” is defined twice",
     "改其中一个的名字; 整份文档里字段和各节的名字都不能重复",
     "rename one; fields and sections share one set of names")
DIAG(NAME_UNKNOWN, "NAME-UNKNOWN", SEV_ERROR, "没有叫“{0}”的字段或项目{1?; 相近的有: }",
     "nothing is called “{0}”{1?; the nearest: }", "文本要加引号, 例如 \"高\"",
     "texts take quotes, for example \"high\"")
DIAG(COLUMN_UNKNOWN, "COLUMN-UNKNOWN", SEV_ERROR, "字段表没有“{0}”列, 或写了两次{1?; 相近的有: }",
     "the fields table has no column “{0}”, or it stands twice{1?; the nearest: }",
     "列名: 名称 类型 单位 期间 缺数 范围 小数 选项 分级 含义 来源",
     "columns: name type unit period blank range decimals options protection meaning source")
DIAG(COLUMN_NAME, "COLUMN-NAME", SEV_ERROR, "字段表缺“名称”列",
     "the fields table lacks its column “name”", "表头加上 名称", "add name to the head")
DIAG(RANGE_BAD, "RANGE-BAD", SEV_ERROR, "“{0}”的范围要写成常数, 单位与字段一致",
     "the range of “{0}” must be constants in the field's unit", "例如 [0, 500人]",
     "for example [0, 500 persons]")
DIAG(REVIEW_FIELD, "REVIEW-FIELD", SEV_ERROR, "评审“{0}”是另一节的名字, 不能当字段",
     "review: “{0}” is the name of another section, not a field",
     "换一个名字; 没有声明过的名字会自动成为评审分字段",
     "use another name; one that is not declared becomes the reviewer's field")

/* Kinds */
DIAG(KIND_ROLE, "KIND-ROLE", SEV_ERROR, "“{0}”要指向类型为 {1} 的字段, “{2}”不是",
     "“{0}” wants a field of type {1}, which “{2}” is not", "在字段表里改它的类型, 或换一个字段",
     "change its type in the fields table, or name another field")
DIAG(KIND_SECTION, "KIND-SECTION", SEV_ERROR, "种类文档里不能有“{0}”",
     "a document of a kind cannot hold “{0}”",
     "评分、格次、政策写成另一份规则文档, 用 “- 对象: 种类名” 指向这里",
     "put scores, grades and policies in a rule document whose “- subject:” names this kind")

/* Tables and forms */
DIAG(TABLE_PLACE, "TABLE-PLACE", SEV_ERROR, "“{0}”这一节不能有表格", "“{0}” cannot hold a table",
     "把表格放到它所属的二级标题下面", "move the table below its own heading")
DIAG(TABLE_HEAD, "TABLE-HEAD", SEV_ERROR, "最后一列的表头“{0}”应是“{1}”、结果 或 得分",
     "the last column is headed “{0}”; it should be “{1}”, result or points",
     "前面各列是输入的式子, 最后一列是结果", "inputs come first, the result last")
DIAG(TABLE_EXTRA, "TABLE-EXTRA", SEV_ERROR, "“{0}”只能有一张表格", "“{0}” can hold one table only",
     "拆成两节", "split it in two sections")
DIAG(TABLE_EMPTY, "TABLE-EMPTY", SEV_ERROR, "“{0}”的表格没有数据行",
     "the table of “{0}” has no rows", "至少写一行", "write at least one row")
DIAG(CELL_EMPTY, "CELL-EMPTY", SEV_ERROR, "结果一格是空的", "the result cell is empty",
     "写上结果; 没有就写 0", "write the result, or 0")
DIAG(FORM_BOTH, "FORM-BOTH", SEV_ERROR, "“{0}”已有算法, 不能再写“{1}”",
     "“{0}” already has its method; “{1}” is one too many",
     "表格、式、计量、专家、标志、汇总 只取其一",
     "choose one of table, formula, measure, expert, flags, aggregate")
DIAG(FORM_NONE, "FORM-NONE", SEV_ERROR, "“{0}”没有算法", "“{0}” does not say how it is scored",
     "写一张分档表, 或 式、计量、专家、标志, 或下级标题",
     "give a band table, formula, measure, expert, flags, or sub-headings")
DIAG(PASS_NONE, "PASS-NONE", SEV_ERROR, "“{0}”不是带“通过”的评分",
     "“{0}” is not a score with a pass", "在该评分下写 “- 通过: …”",
     "write “- pass: …” under that score")

/* Types and units */
DIAG(TYPE_MISMATCH, "TYPE-MISMATCH", SEV_ERROR, "这里要{0}, 却是{1}", "{0} wanted here, not {1}",
     "核对名字, 或把文本加上引号、把条件写成比较",
     "check the name, quote texts, write conditions as comparisons")
DIAG(UNIT_MISMATCH, "UNIT-MISMATCH", SEV_ERROR, "单位对不上: {0} 与 {1}",
     "units differ: {0} and {1}", "给数写上单位, 例如 500人、5000万元、5%",
     "give the number its unit, as in 500人, 5000万元, 5%")
DIAG(UNIT_BARE, "UNIT-BARE", SEV_ERROR, "{0} 只能用于没有单位的数, 这里是 {1}",
     "{0} takes a number without a unit, here it is {1}", "先除以一个单位, 例如 研发费用 / 1万元",
     "divide by a unit first, as in x / 1万元")
DIAG(TEXT_CONST, "TEXT-CONST", SEV_ERROR, "{0} 的这个参数要写成加引号的文本",
     "this argument of {0} must be a quoted text", "例如 开头(行业代码, \"31\")",
     "for example starts(code, \"31\")")
DIAG(CYCLE, "CYCLE", SEV_ERROR, "“{0}”绕了一圈又用到自己", "“{0}” depends on itself",
     "拆开循环的引用", "break the circle of references")
DIAG(ITEM_DEPTH, "ITEM-DEPTH", SEV_ERROR, "“{0}”引用的链条太长",
     "“{0}” stands on too long a chain of references", "合并几个中间指标",
     "merge some of the steps")
DIAG(NEVER_EQUAL, "NEVER-EQUAL", SEV_ERROR, "是否之间只能与 是、否 比较",
     "compare a truth only with yes or no", "直接写条件名, 或用 且、或、非",
     "write the condition's name, or use and, or, not")

/* Tests in documents */
DIAG(TEST_COLUMN, "TEST-COLUMN", SEV_ERROR, "测试表的列“{0}”不是字段也不是项目{1?; 相近的有: }",
     "column “{0}” of the tests is neither field nor item{1?; the nearest: }",
     "说明文字放在“说明”列", "remarks go in a column “label”")
DIAG(TEST_PERIOD, "TEST-PERIOD", SEV_ERROR, "“{0}”不能写成几期的值",
     "“{0}” cannot have values for several periods", "在字段表里把它的期间写成 年",
     "give the field a period in the fields table")
DIAG(TEST_VALUE, "TEST-VALUE", SEV_ERROR, "期望“{0}”看不懂: {1} 的结果是{2}",
     "the expectation “{0}” cannot be read: {1} gives {2}",
     "数写 88 或 61~78, 条件写 符合 不符 待补 人工 不适用, 未知写 未知",
     "numbers 88 or 61~78; gates met unmet unknown manual na; unknown")

/* Data cells */
DIAG(DATA_NUMBER, "DATA-NUMBER", SEV_ERROR, "“{0}”不是数", "“{0}” is not a number",
     "只写数字, 可以带单位, 例如 320万元; 没有数就留空",
     "write digits, with a unit if need be; leave it blank if there is none")
DIAG(DATA_UNIT, "DATA-UNIT", SEV_ERROR, "“{0}”的单位“{1}”用不上",
     "the unit “{1}” does not fit “{0}”", "用 {2} 或能换算成它的单位",
     "use {2} or a unit that converts to it")
DIAG(DATA_RANGE, "DATA-RANGE", SEV_ERROR, "“{0}”超出“{1}”的范围",
     "“{0}” is outside the range of “{1}”", "核对原始材料; 单位也可能写错",
     "check the source; the unit may be wrong")
DIAG(DATA_CHOICE, "DATA-CHOICE", SEV_ERROR, "“{0}”不是“{1}”的选项{2?; 相近的有: }",
     "“{0}” is no option of “{1}”{2?; the nearest: }", "按规则文档列出的选项填写",
     "use one of the options in the rule document")
DIAG(DATA_DAY, "DATA-DAY", SEV_ERROR, "“{0}”不是日期", "“{0}” is not a day",
     "写成 2026-04-01; 表格软件里显示成数字的, 先把这一列的格式改成日期",
     "write 2026-04-01; if a spreadsheet shows a number, format the column as dates first")
DIAG(DATA_TRUTH, "DATA-TRUTH", SEV_ERROR, "“{0}”不是 是 或 否", "“{0}” is neither yes nor no",
     "写 是 或 否; 不知道就留空", "write yes or no; leave it blank if unknown")
DIAG(DATA_PRECISION, "DATA-PRECISION", SEV_WARN, "“{0}”的小数多于“{1}”保留的 {2} 位, 已四舍五入",
     "“{0}” has more decimals than the {2} of “{1}” and was rounded half-up",
     "需要更多小数时, 在字段表的“小数”列写明",
     "ask for more in the column decimals of the fields table")
