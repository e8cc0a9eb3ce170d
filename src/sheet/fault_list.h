/* fault_list.h - why a spreadsheet cannot be read: FAULT(id, status, zh, en, way out zh, way out
 * en). {} is the argument. Included with FAULT defined. */

FAULT(NONE, OK, "", "", "", "")
FAULT(EMPTY, ERR_INPUT, "文件是空的", "the file is empty", "选有内容的文件", "choose another file")
FAULT(FILE_LARGE, ERR_LIMIT, "文件超过 64 MiB", "the file is larger than 64 MiB",
      "拆成几个文件，或另存为 CSV", "split it, or save it as CSV")
FAULT(NOT_KNOWN, ERR_INPUT, "认不出这是哪种表格文件", "this is no spreadsheet we know",
      "用 Excel 或 WPS 另存为 .xlsx 或 CSV", "save it as .xlsx or CSV")
FAULT(LOCKED, ERR_INPUT, "工作簿设了打开密码", "the workbook is locked with a password",
      "去掉密码再存一次", "save it without the password")
FAULT(OLD_XLS, ERR_INPUT, "这是 Excel 95 或更早的 .xls", "this .xls is of Excel 95 or older",
      "用 Excel 或 WPS 另存为 .xlsx", "save it as .xlsx")
FAULT(XLSB, ERR_INPUT, "这是二进制工作簿（.xlsb）", "this is a binary workbook (.xlsb)",
      "另存为 .xlsx", "save it as .xlsx")
FAULT(ENCODING, ERR_INPUT, "既不是 UTF-8 也不是 GB18030（第 {} 字节）",
      "neither UTF-8 nor GB18030 (byte {})", "在 Excel 中另存为“CSV UTF-8”", "save it as CSV UTF-8")
FAULT(CSV_QUOTE, ERR_INPUT, "双引号没有配对", "a quote is not closed",
      "补上右引号，或去掉多余的引号", "close the quote or take it out")
FAULT(ZIP, ERR_INPUT, "压缩包损坏或不完整（{}）", "the zip package is damaged or cut off ({})",
      "重新下载，或打开后另存一次", "download it again, or open and save it once more")
FAULT(ZIP_MANY, ERR_LIMIT, "压缩包里超过 1,000 个部分", "more than 1,000 parts in the package",
      "另存为只含数据的新工作簿", "save the data as a new workbook")
FAULT(ZIP_NESTED, ERR_INPUT, "里面还嵌着别的文件（{}）", "another file is nested inside ({})",
      "删去嵌入的对象，或把数据复制到新工作簿", "take embedded objects out")
FAULT(ZIP_BOMB, ERR_LIMIT, "解压后超过 64 MiB，或超过文件的 100 倍",
      "unpacks to more than 64 MiB, or to more than 100 times the file",
      "删去多余的工作表和格式，拆成几个文件，或另存为 CSV", "split it, or save it as CSV")
FAULT(ZIP_CRYPT, ERR_INPUT, "压缩包加了密", "the package is encrypted", "去掉密码再存一次",
      "save it without the password")
FAULT(XML_DTD, ERR_INPUT, "内容里有 DTD 声明，正常的表格没有", "the content declares a DTD",
      "来历不明的文件不要用；自己的文件另存一次", "do not use files of unknown origin")
FAULT(XML, ERR_INPUT, "内容损坏：{}", "the content is damaged: {}", "打开后另存一次",
      "open and save it once more")
FAULT(PART, ERR_INPUT, "缺少一部分：{}", "a part is missing: {}", "打开后另存一次",
      "open and save it once more")
FAULT(CFB, ERR_INPUT, ".xls 文件损坏或不完整（{}）", "the .xls file is damaged or cut off ({})",
      "打开后另存为 .xlsx", "open it and save it as .xlsx")
FAULT(SHEET_MANY, ERR_LIMIT, "超过 256 张工作表", "more than 256 sheets", "分成几个工作簿",
      "split the workbook")
FAULT(ROW_MANY, ERR_LIMIT, "超过 1,048,576 行", "more than 1,048,576 rows", "拆成几个文件",
      "split the file")
FAULT(COLUMN_MANY, ERR_LIMIT, "超过 16,384 列", "more than 16,384 columns", "删去多余的列",
      "take columns out")
FAULT(TEXT_LONG, ERR_LIMIT, "一格里超过 32,767 个字", "more than 32,767 characters in a cell",
      "缩短这一格", "shorten the cell")
FAULT(MERGE_MANY, ERR_LIMIT, "合并单元格超过 100,000 处", "more than 100,000 merged ranges",
      "取消多余的合并", "unmerge some")
FAULT(ORDER, ERR_INPUT, "行或列的次序乱了", "rows or cells are out of order", "打开后另存一次",
      "open and save it once more")
FAULT(BARE, ERR_IO, "不能为读表格建立隔离的进程", "no sandboxed process can be made here",
      "请管理员允许 seccomp（容器的缺省设置即可）", "have the operator allow seccomp")
FAULT(MEMORY, ERR_LIMIT, "读这个文件要用的内存超过上限",
      "reading it takes more memory than allowed", "拆成几个文件，或另存为 CSV",
      "split it, or save it as CSV")
FAULT(TIME, ERR_LIMIT, "读这个文件的时间超过上限", "reading it takes longer than allowed",
      "拆成几个文件，或另存为 CSV", "split it, or save it as CSV")
FAULT(LONG, ERR_LIMIT, "内容太多，读出来超过上限", "it holds more than can be taken",
      "拆成几个文件", "split the file")
FAULT(CRASH, ERR_INPUT, "读表格的进程中止了：文件多半是损坏的或恶意的",
      "the reading process stopped: the file is probably damaged or hostile",
      "来历不明的文件不要用；自己的文件打开后另存一次", "open and save it once more")
FAULT(CANCELLED, ERR_BUSY, "已取消", "cancelled", "", "")
FAULT(NO_TABLE, ERR_INPUT, "没有找到表头和数据", "no header with rows below it was found",
      "表头占一行，每列一个名称，下面是数据", "put a header of column names above the rows")
