/* diag_api.h - diagnostics of requests; read by base/diag_list.h. */

DIAG(API_JSON, "API-JSON", SEV_ERROR, "请求内容不是合格的 JSON (第 {0}): {1}",
     "the body is not well-formed JSON ({0}): {1}", "按接口说明重新组织内容",
     "write it as the description of the API says")
DIAG(API_KEY, "API-KEY", SEV_ERROR, "接口没有“{0}”这一项", "the API knows no “{0}” here",
     "对照 /api/openapi.json 检查名称", "look at the names in /api/openapi.json")
DIAG(API_MISSING, "API-MISSING", SEV_ERROR, "缺少“{0}”", "“{0}” is missing", "补上这一项", "add it")
DIAG(API_TYPE, "API-TYPE", SEV_ERROR, "“{0}”应写成: {1}", "“{0}” should be: {1}", "", "")
DIAG(API_LONG, "API-LONG", SEV_ERROR, "“{0}”超出上限 {1}", "“{0}” is past the limit of {1}",
     "分成几次发送", "send it in several parts")
DIAG(API_NO_COLUMN, "API-NO-COLUMN", SEV_ERROR, "“{0}”不是这一类主体的字段",
     "“{0}” is no field of this kind", "对照字段字典检查名称", "look at the dictionary of the kind")
DIAG(LOGIN_NO, "LOGIN-NO", SEV_ERROR, "账号、密码或动态码不对, 或尝试过于频繁",
     "account, password or code is wrong, or there were too many tries",
     "核对后再试; 忘记密码请联系安全管理员", "check them, or ask the security administrator")
DIAG(API_GOAL, "API-GOAL", SEV_ERROR, "目标“{0}”看不懂: {1}", "cannot read the goal “{0}”: {1}",
     "写成 格次>=A、得分>=70分 或 条件=符合", "write GRADE>=A, SCORE>=70 or GATE=met")
DIAG(API_NO_SUBJECT, "API-NO-SUBJECT", SEV_ERROR, "没有“{0}”", "there is no “{0}”",
     "核对名称或标识", "check the name or the identity")
DIAG(API_JOBS, "API-JOBS", SEV_ERROR, "已有 {0} 个任务未结束", "{0} jobs are unfinished", "", "")
DIAG(API_OUTGOING, "API-OUTGOING", SEV_ERROR, "服务没有被允许访问 {0}",
     "the server is not allowed to ask {0}", "请运维在 geci serve --outgoing 里加上它",
     "have it named in --outgoing of geci serve")
DIAG(API_NO_BASE, "API-NO-BASE", SEV_ERROR, "没有可与“{0}”对照的规则或测算",
     "there is nothing to hold “{0}” against", "用“{1}”指明", "say which with “{1}”")
DIAG(OIDC_FILE, "OIDC-FILE", SEV_ERROR, "统一身份认证的配置不对: {0}",
     "the file of --oidc is wrong: {0}", "见 docs/operate.md", "see docs/operate.md")
DIAG(OIDC_HOUSE, "OIDC-HOUSE", SEV_ERROR, "统一身份认证没有答复: {0}, {1}",
     "the other house does not answer: {0}, {1}", "稍后再试; 运维请看 --outgoing 里有没有它",
     "try again; operators: is it named in --outgoing?")
DIAG(OIDC_STATE, "OIDC-STATE", SEV_ERROR, "这次登录不是从这里开始的, 或已过期",
     "this login did not begin here, or it is too late", "回到登录页重新开始",
     "begin again at the login page")
DIAG(RERANK_FILE, "RERANK-FILE", SEV_ERROR, "外部模型的配置不对: {0}",
     "the file of --model is wrong: {0}", "见 docs/operate.md", "see docs/operate.md")
DIAG(RERANK_NOT, "RERANK-NOT", SEV_ERROR, "没有问外部模型: {0}", "no model outside was asked: {2}",
     "", "")
DIAG(API_JOB_OVER, "API-JOB-OVER", SEV_ERROR, "任务 {0} 已经结束", "job {0} is over", "", "")

/* Imports */
DIAG(IMPORT_ELSEWHERE, "IMPORT-ELSEWHERE", SEV_ERROR, "“{0}”属于“{1}”, 不属于“{2}”",
     "“{0}” is of “{1}”, not of “{2}”", "从表里删去这一行, 由所属区镇填报",
     "leave the row to the town it belongs to")
DIAG(IMPORT_MOVES, "IMPORT-MOVES", SEV_ERROR, "“{0}”的属地写的是“{1}”, 不是“{2}”",
     "“{0}” is said to be in “{1}”, not in “{2}”", "改正属地; 迁出请由业务科室办理",
     "correct the locality; moving away is for the office")
DIAG(IMPORT_NOWHERE, "IMPORT-NOWHERE", SEV_ERROR, "“{0}”还没有登记, 这一行又没有写属地",
     "“{0}” is not known yet, and its row names no locality", "写上属地, 或先由业务科室登记",
     "name the locality, or have the office enter it first")
DIAG(IMPORT_FILE, "IMPORT-FILE", SEV_ERROR, "文件读不进来: {0}", "the file cannot be read: {2}", "",
     "")
DIAG(IMPORT_ROWS, "IMPORT-ROWS", SEV_ERROR, "有 {0} 行读不懂, 什么也没有写",
     "{0} rows cannot be read; nothing was written", "下载退回的行, 改好再导入; 或选择先收好的行",
     "mend the rows that came back, or take the good ones alone")
DIAG(IMPORT_KNOWN, "IMPORT-KNOWN", SEV_ERROR, "这个文件已经导入过(第 {0} 号行为)",
     "this file was imported before (act {0})", "", "")
DIAG(BANK_LINE, "BANK-LINE", SEV_ERROR, "第 {0} 行应有: 支付号,金额,账号,状态,日期",
     "line {0}: expected payment,amount,account,state,day", "", "")
