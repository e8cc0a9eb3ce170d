/* diag_list.h - every diagnostic of the engine: DIAG(id, mnemonic, severity, message, fix).
 *
 * Read by base/diag.h and base/diag.c, once for each thing they make of it, hence no include guard.
 * A message says what is wrong and where, the fix what to do next, both to a county officer; no
 * full stop, {0} {1} {2} for arguments. A mnemonic is stable: translations, documents and people's
 * mail refer to it. Codes of the rule and data layers are in base/diag_rule.h.
 */

/* Files as they come in */
DIAG(ENC_BAD, "ENC-BAD", SEV_ERROR, "第 {0} 个字节既不是 UTF-8 编码, 也不是 GB18030 编码",
     "byte {0} is neither UTF-8 nor GB18030",
     "用 Excel 或 WPS 打开原表, 另存为“CSV UTF-8(逗号分隔)”后再上传",
     "open the original in Excel or WPS, save it as “CSV UTF-8” and upload that")
DIAG(CSV_QUOTE, "CSV-QUOTE", SEV_ERROR, "第 {0} 行的双引号不配对, 或右引号后面还有文字",
     "line {0}: a quote is not closed, or text follows a closing quote",
     "单元格内的双引号要写两遍, 并用一对双引号把整格括起来; 或用表格软件重新另存为 CSV",
     "double each quote in a cell and quote all of it, or save the sheet as CSV again")
DIAG(CSV_LIMIT, "CSV-LIMIT", SEV_ERROR,
     "第 {0} 行超出上限: 一行最多 {1} 列, 一个文件最大 4 GB (GB18030 编码的 512 MB)",
     "line {0} is past the limit of {1} cells a line, 4 GB a file (GB18030: 512 MB)",
     "检查分隔符是否用错; 数据确实这么多时, 拆成几个文件分别上传",
     "check the separator; if there is so much data, split it into several files")
#ifndef __wasm__
#    include "base/diag_gcol.h"
#endif

/* Unified social credit identifiers, GB 32100-2015 */
DIAG(USCC_LENGTH, "USCC-LENGTH", SEV_ERROR, "统一社会信用代码应为 18 位, 这里是 {0} 位",
     "a unified social credit identifier has 18 characters, this has {0}",
     "对照营业执照重新填写; 15 位的是旧注册号, 不能代替",
     "copy it from the business licence; the old 15-digit registration number will not do")
DIAG(USCC_CHAR, "USCC-CHAR", SEV_ERROR, "统一社会信用代码第 {0} 位不能是“{1}”",
     "character {0} of the identifier cannot be “{1}”",
     "代码只用数字和大写字母, 且不用 I O S V Z; 检查是否把 0 写成 O, 1 写成 I, 2 写成 Z",
     "only digits and letters other than I O S V Z; look for O instead of 0, I for 1, Z for 2")
DIAG(USCC_REGION, "USCC-REGION", SEV_ERROR,
     "统一社会信用代码第 {0} 位是“{1}”, 但第 3 至 8 位是登记机关区划码, 只能是数字",
     "character {0} is “{1}”, but characters 3 to 8 are the registrar's region, digits only",
     "对照营业执照核对第 3 至 8 位", "check characters 3 to 8 against the business licence")
DIAG(USCC_CHECK, "USCC-CHECK", SEV_ERROR,
     "统一社会信用代码校验不符: 按前 17 位推算, 末位应为“{0}”, 这里是“{1}”",
     "the identifier fails its check: the 17 before it call for “{0}”, not “{1}”",
     "对照营业执照逐位核对, 多半是抄错一位或相邻两位颠倒",
     "compare it with the business licence; most often one is miscopied or two are swapped")
DIAG(USCC_ORG, "USCC-ORG", SEV_WARN, "主体标识码“{0}”校验不符, 末位应为“{1}”",
     "the organisation code “{0}” inside fails its own check, which calls for “{1}”",
     "可以继续使用, 但请向登记机关核实这个统一社会信用代码",
     "it may be used, but confirm the identifier with the registrar")

/* Regions, GB/T 2260; industries, GB/T 4754-2017 */
DIAG(REGION_SHAPE, "REGION-SHAPE", SEV_ERROR, "区划代码“{0}”不对, 应为 2, 4, 6, 9 或 12 位数字",
     "region code “{0}” should be 2, 4, 6, 9 or 12 digits",
     "县级填 6 位, 例如 320582; 镇级填 9 位, 例如 320582100",
     "a county has 6 digits, such as 320582; a town has 9, such as 320582100")
DIAG(REGION_PROVINCE, "REGION-PROVINCE", SEV_ERROR, "区划代码“{0}”的前两位“{1}”不是省级代码",
     "region code “{0}” starts with “{1}”, which is no province",
     "查对前两位, 例如江苏是 32, 浙江是 33",
     "check the first two digits; Jiangsu is 32, Zhejiang is 33")
DIAG(INDUSTRY_SHAPE, "INDUSTRY-SHAPE", SEV_ERROR,
     "行业代码“{0}”不对, 应为门类字母 A 至 T, 或大类 01 至 97 起头的 2 至 4 位数字",
     "industry code “{0}” should be a letter A to T, or 2 to 4 digits from division 01 to 97",
     "按 GB/T 4754-2017 填写, 例如 C, 39, 397, 3972 或 C3972",
     "follow GB/T 4754-2017, for example C, 39, 397, 3972 or C3972")
DIAG(INDUSTRY_SECTION, "INDUSTRY-SECTION", SEV_ERROR, "行业代码“{0}”的门类不对: 该大类属于 {1}",
     "industry code “{0}” has the wrong letter: its division is in section {1}",
     "把字母改为 {1}, 或只填数字; 若数字有误则改数字",
     "change the letter to {1} or leave it out; or correct the digits")

#include "base/diag_rule.h"
#ifndef __wasm__
#    include "base/diag_api.h"
#    include "base/diag_case.h"
#    include "base/diag_record.h"
#    include "base/diag_store.h"
#endif
