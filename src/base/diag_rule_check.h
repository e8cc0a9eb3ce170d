/* diag_rule_check.h - diagnostics of the static checks (check/check.h). */

/* Decision tables */
DIAG(BAND_OVERLAP, "BAND-OVERLAP", SEV_ERROR, "两行重叠: {0} 同时落在两行里",
     "two rows overlap: {0} falls into both",
     "把重叠的一端改成不含, 例如 “[5%, 6%)”; 若本意是从上到下取第一行, 写 “- 命中: 首行”",
     "leave one end out, as in “[5%, 6%)”; if the first row is meant to win, write “- hit: "
     "first”")
DIAG(BAND_GAP, "BAND-GAP", SEV_ERROR, "档位有缺口: {0} 没有归属",
     "the bands have a gap: {0} is in no row",
     "把相邻两档的界限接上, 或补一行; 只会是整数的话, 把字段的 “小数” 写成 0",
     "join the bounds of the neighbours, or add a row; for whole numbers give the field 0 decimals")
DIAG(BAND_GAP_END, "BAND-GAP-END", SEV_WARN, "{0} 没有一行管到, 碰到时结果是未知",
     "no row covers {0}; the result is then unknown",
     "可能出现的话补一行; 不可能出现的话给字段写上 “范围”",
     "add a row if it can occur; if it cannot, give the field a “range”")
DIAG(BAND_LABEL, "BAND-LABEL", SEV_ERROR, "“{0}”不是“{1}”的取值{2?; 相近的有: }",
     "“{0}” is not a value that “{1}” can take{2?; did you mean }",
     "改成字段的选项或分组、格次的结果之一, 或在那里补上它",
     "write one of the field's options or the segment's results, or add it there")
DIAG(BAND_UNCHECKED, "BAND-UNCHECKED", SEV_NOTE,
     "这张表没有检查缺口和重叠: 界限不是常数, 或组合太多",
     "gaps and overlaps of this table were not checked: bounds are not constant, or too many",
     "请用 “## 测试” 的例子核对每一档", "cover every band with an example under “## Tests”")
DIAG(ROW_UNREACHABLE, "ROW-UNREACHABLE", SEV_WARN,
     "这一行永远轮不到: 没有取值落到这里, 或都被前面的行挡住了",
     "this row is never used: no value falls here, or the rows before it catch all",
     "核对界限和字段的范围; 被挡住的话移到前面, 或删掉",
     "check the bounds and the field's range; move it up, or delete it")
DIAG(RANGE_EMPTY, "RANGE-EMPTY", SEV_ERROR, "没有值能落在 {0} 里", "no value can fall into {0}",
     "检查上下限是否写反, 端点是否该含在内",
     "look for bounds the wrong way round, or ends left out")
DIAG(DATE_ORDER, "DATE-ORDER", SEV_ERROR, "失效日 {1} 早于生效日 {0}",
     "it ends on {1}, before it starts on {0}", "核对两个日期, 失效日当天仍有效",
     "check the two days; the last day is included")
DIAG(DATE_OVERLAP, "DATE-OVERLAP", SEV_ERROR, "两行的有效期重叠: {0} 至 {1} 有两个结果",
     "two rows are in force at once, from {0} to {1}", "给前一行写上失效日, 为后一行生效日的前一天",
     "end the earlier row on the day before the later one starts")
DIAG(DATE_GAP, "DATE-GAP", SEV_WARN, "{0} 至 {1} 没有一行有效",
     "no row is in force from {0} to {1}", "补上这段时间的一行; 这段时间确实没有规定的话可以不管",
     "add a row for that time, unless there really was no rule")

/* Score trees */
DIAG(SCORE_MAX_SUM, "SCORE-MAX-SUM", SEV_ERROR,
     "下级满分合计 {0} 分, 超过本级满分 {1} 分{2?; 分组: }",
     "the maxima below add up to {0}, more than the maximum {1} here{2?; segment }",
     "核对各项满分; 附加项写 “- 加分: 是”; 本意是超出不计的话, 在本级写 “- 封顶: {1}”",
     "check the maxima; mark extras “- bonus: yes”; if the excess is cut, write “- cap: {1}”")
DIAG(SCORE_MAX_SHORT, "SCORE-MAX-SHORT", SEV_WARN,
     "下级满分合计 {0} 分, 不到本级满分 {1} 分{2?; 分组: }",
     "the maxima below add up to {0}, less than the maximum {1} here{2?; segment }",
     "核对各项满分, 看是否漏了一项", "check the maxima, or look for a missing part")
DIAG(POINTS_ABOVE_MAX, "POINTS-ABOVE-MAX", SEV_ERROR, "这里给 {0} 分, 超过满分 {1} 分",
     "{0} points here are more than the maximum {1}", "改小分数, 或改大“{2}”的满分",
     "lower the points, or raise the maximum of “{2}”")
DIAG(WEIGHT_SUM, "WEIGHT-SUM", SEV_ERROR, "权重不对: 按权重合计是 {0}, 应为 {1}{2?; 分组: }",
     "the weights add up to {0}, which should be {1}{2?; segment }", "核对各项的权重和满分",
     "check the weights and the maxima")
DIAG(PASS_UNREACHABLE, "PASS-UNREACHABLE", SEV_ERROR, "谁也通不过: 要 {0} 分, 最多能得 {1} 分",
     "nobody can pass: it takes {0}, the most one can get is {1}", "核对通过线和满分",
     "check the pass mark and the maximum")
DIAG(MINIMUM_ABOVE_MAX, "MINIMUM-ABOVE-MAX", SEV_ERROR,
     "谁也达不到最低分: 要 {0} 分, 最多能得 {1} 分",
     "nobody can reach the minimum: it takes {0}, the most one can get is {1}", "核对最低分和满分",
     "check the minimum and the maximum")

/* Sources, use and tests */
DIAG(STATUS_MISSING, "STATUS-MISSING", SEV_ERROR, "文档没有写状态", "the document has no status",
     "在文档名下面写 “- 状态: 官方”, “- 状态: 二手” 或 “- 状态: 示例”; 没有正式文件依据的"
     "写示例",
     "write “- status: official”, “secondary” or “example” under the title")
DIAG(SOURCE_MISSING, "SOURCE-MISSING", SEV_ERROR, "“{0}”没有出处", "“{0}” has no source",
     "写上 “- 来源: 文件名和文号” 或引用条文 “> …”; 自拟的规则把状态写成示例",
     "write “- source: …” or quote the clause “> …”; mark rules of your own as example")
DIAG(UNUSED_NAME, "UNUSED-NAME", SEV_WARN, "“{0}”没有用到", "“{0}” is not used",
     "删掉它, 或检查用到它的地方是不是写错了名字", "delete it, or look for a misspelt name")
DIAG(TEST_NONE, "TEST-NONE", SEV_WARN, "文档没有测试, 改错了不会有人知道",
     "the document has no tests, so nobody notices a mistake",
     "加一节 “## 测试”: 一张表, 几家单位的数据和应得的结果",
     "add “## Tests”: a table with the data of a few subjects and what they should get")
DIAG(TEST_EMPTY, "TEST-EMPTY", SEV_ERROR, "这个例子没有写应得的结果, 什么也没核对",
     "this example expects nothing and so checks nothing",
     "在某个评分、条件、格次或政策的列里写上应得的结果",
     "write the expected result in the column of a score, gate, grade or policy")
DIAG(TEST_EDGE, "TEST-EDGE", SEV_NOTE, "没有例子落在界限 {0} 上", "no example sits on the edge {0}",
     "加一个正好等于 {0} 的例子, 核对它算哪一档",
     "add an example of exactly {0} to settle its band")

/* A rule document beside the kind it is about */
DIAG(KIND_FIELD, "KIND-FIELD", SEV_ERROR, "种类“{1}”没有字段“{0}”{2?; 相近的有: }",
     "the kind “{1}” has no field “{0}”{2?; the nearest: }",
     "用种类文档里的名字, 或在种类文档的字段表里补上它",
     "use the kind's name for it, or add it to the fields of the kind")
DIAG(KIND_TYPE, "KIND-TYPE", SEV_ERROR, "“{0}”这里是 {1}, 种类文档里是 {2}",
     "“{0}” is {1} here and {2} in the kind", "两处的类型、量纲、期间要一致",
     "type, dimension and period must be the same in both")
DIAG(KIND_UNIT, "KIND-UNIT", SEV_WARN, "“{0}”这里单写的数按 {1} 读, 种类文档按 {2} 读",
     "a bare number of “{0}” is read as {1} here, as {2} by the kind",
     "两处写成同一个单位, 同一张数据表才不会读出两种数",
     "use one unit in both, or one sheet of data means two things")
DIAG(KIND_TWICE, "KIND-TWICE", SEV_ERROR, "种类“{0}”有两份文档: 另一份是 {1}",
     "the kind “{0}” has two documents: the other is {1}", "留一份, 或改名",
     "keep one, or rename it")
DIAG(KIND_LINK, "KIND-LINK", SEV_ERROR, "“{0}”关联的种类“{1}”没有文档{2?; 相近的有: }",
     "“{0}” links to the kind “{1}”, which has no document{2?; the nearest: }",
     "核对种类名, 或把它的种类文档放进同一个规则包",
     "check the name, or put the document of that kind in the pack")
