/* diag_rule_read.h - diagnostics of reading a rule document line by line (rule/read.c). */

DIAG(DOC_SIZE, "DOC-SIZE", SEV_ERROR, "文档太大: {0} 字节, 上限 4 MB",
     "the document is too large: {0} bytes, the limit is 4 MB",
     "一份办法一份文档; 名单和数据放到 CSV 里",
     "one regulation a document; lists and data belong in CSV")
DIAG(DOC_ENC, "DOC-ENC", SEV_ERROR, "文档不是 UTF-8 编码: 第 {0} 个字节读不懂",
     "the document is not UTF-8: byte {0} cannot be read", "用记事本打开, “另存为”时编码选 UTF-8",
     "open it in an editor and save it as UTF-8")
DIAG(DOC_CHAR, "DOC-CHAR", SEV_ERROR, "这里有一个看不见的字符 U+{0}",
     "there is an invisible character U+{0} here", "删掉它; 多半是从网页或聊天软件粘贴时带进来的",
     "delete it; it usually comes with text pasted from a web page or a chat")
DIAG(DOC_TITLE, "DOC-TITLE", SEV_ERROR, "文档开头没有一级标题",
     "the document does not start with a heading of level 1", "第一行写 “# 文档名”",
     "make the first line “# name of the document”")
DIAG(DOC_TITLE_AGAIN, "DOC-TITLE-AGAIN", SEV_ERROR, "一级标题“{0}”是多出来的: 一份文档只能有一个",
     "“{0}” is a second heading of level 1; a document has one",
     "改成二级标题 “## 种类 名称”, 或拆成两份文档",
     "make it “## kind name”, or split the document in two")
DIAG(HEADING_LEVEL, "HEADING-LEVEL", SEV_ERROR, "标题“{0}”从 {1} 级跳到 {2} 级, 中间缺了一级",
     "heading “{0}” goes from level {1} to level {2}", "减少 # 的个数, 或补上中间一级标题",
     "use fewer #, or add the heading between")
DIAG(HEADING_DEEP, "HEADING-DEEP", SEV_ERROR, "标题最多六级, 这里有 {0} 个 #",
     "headings have at most six levels, here are {0} #", "减少 # 的个数; 层次太多时拆成几棵评分树",
     "use fewer #; split a deep tree into several scores")
DIAG(HEADING_SPACE, "HEADING-SPACE", SEV_ERROR, "# 与标题文字之间没有空格",
     "there is no blank between # and the heading",
     "在 # 后面加一个半角空格, 例如 “## 评分 创新积分”",
     "put a blank behind the #, as in “## Score X”")
DIAG(HEADING_EMPTY, "HEADING-EMPTY", SEV_ERROR, "标题只有 #, 没有文字", "the heading has no text",
     "写上标题文字, 或删掉这一行", "write the heading, or delete the line")
DIAG(LINE_STRAY, "LINE-STRAY", SEV_ERROR, "这一行不是标题、属性、条文、表格或空行",
     "this line is no heading, attribute, clause, table or blank line",
     "原文引用写成 “> …”, 解释写成 “- 说明: …”, 大段文字放到 “## 说明” 下面",
     "quote a clause as “> …”, explain with “- note: …”, put longer text under “## Notes"
     "”")
DIAG(LINE_INDENT, "LINE-INDENT", SEV_ERROR, "行首有空格, 这一行没有归属",
     "the line starts with blanks and belongs to nothing",
     "删掉行首的空格; 每个属性、表格行、条文都从第一列写起",
     "delete the blanks; attributes, rows and clauses start in the first column")
DIAG(LINE_MARK, "LINE-MARK", SEV_ERROR, "行首的“{0}”应写成“{1}”",
     "“{0}” at the start of the line should be “{1}”", "改成半角的“{1}”, 后面空一格",
     "write “{1}” instead")
DIAG(ATTR_SHAPE, "ATTR-SHAPE", SEV_ERROR, "属性应写成 “- 键: 值”, 这一行不是",
     "an attribute is written “- key: value”, this is not",
     "- 后面空一格, 键与值之间用冒号隔开, 例如 “- 满分: 20”",
     "a blank behind the -, a colon between key and value, as in “- max: 20”")
DIAG(TABLE_RULE, "TABLE-RULE", SEV_ERROR, "表头下面缺分隔行",
     "there is no rule under the header of the table", "在表头下一行写上 {0}",
     "write {0} in the line under the header")
DIAG(TABLE_SHAPE, "TABLE-SHAPE", SEV_ERROR, "这一行有 {0} 格, 表头有 {1} 格",
     "this row has {0} cells, the header has {1}", "补齐或删去多余的竖线; 格内的竖线写成 “\\|”",
     "add or remove a bar; a bar inside a cell is written “\\|”")
DIAG(TABLE_JOIN, "TABLE-JOIN", SEV_ERROR, "表格中间又出现分隔行, 像是两张表连在了一起",
     "there is a second rule inside the table, as if two tables ran together",
     "在两张表之间空一行; 若是多余的分隔行则删掉",
     "put a blank line between the tables, or delete it")
DIAG(TABLE_BLANK, "TABLE-BLANK", SEV_NOTE, "表格前面没有空行, 有的软件会显示不成表格",
     "there is no blank line before the table; some programs will not show it as one",
     "在表格前空一行, 或运行 geci fmt", "put a blank line before it, or run geci fmt")
DIAG(TABLE_CELLS, "TABLE-CELLS", SEV_ERROR, "表格太大: 读到 {0} 格为止, 后面的没有读",
     "the table is too large: reading stopped after {0} cells",
     "一张表不超过 50,000 格, 一份文档不超过 1,000,000 格; 更多的行放到 CSV 里",
     "at most 50,000 cells a table and 1,000,000 a document; put more rows into CSV")
DIAG(SECTION_MANY, "SECTION-MANY", SEV_ERROR, "标题太多: 超过 {0} 个, 后面的没有读",
     "there are more than {0} headings; the rest was not read", "把文档拆成几份",
     "split the document")
DIAG(NOTES_FENCE, "NOTES-FENCE", SEV_ERROR, "说明里的代码块没有结束, 后面的内容都被当成了说明",
     "the code block in the notes does not end and swallows what follows",
     "在代码块末尾单写一行 {0}", "close it with a line {0}")
DIAG(NOTES_MARKUP, "NOTES-MARKUP", SEV_ERROR,
     "说明里的这一行会被别的软件当成标题或网页代码, 显示与计算就不一致了",
     "other programs take this line of the notes for a heading or for HTML",
     "标题用行首的 #, 横线前空一行, 不写 HTML 标签",
     "use # in the first column for headings, a blank line before a rule, and no HTML")
