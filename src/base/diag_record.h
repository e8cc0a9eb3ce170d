/* diag_record.h - diagnostics of records in a store. */

DIAG(RECORD_NO_KIND, "RECORD-NO-KIND", SEV_ERROR, "“{0}”不是种类文档",
     "“{0}” is no document of a kind", "在文档头写上 “- 类: 主体” 或 “- 类: 资料”",
     "write “- class: subject” or “- class: record” in its head")
DIAG(RECORD_KIND_FIELD, "RECORD-KIND-FIELD", SEV_ERROR,
     "字段“{0}”在库里是 {1}, 不能删去或改成别的类型、量纲、期间",
     "the field “{0}” is kept as {1}; it cannot go, or change type, dimension or period",
     "留着它, 另起一个名字放新的数据; 单位、选项、范围可以改",
     "leave it and give the new facts a name of their own; unit, options and range may change")
DIAG(RECORD_ODD, "RECORD-ODD", SEV_WARN, "库里有 {0} 个值“{1}”读不出来, 当作缺数",
     "{0} values of the store cannot be read by “{1}” and count as missing",
     "多半是选项改了名; 在字段表里补上旧的选项",
     "most likely an option was renamed; list the old one too")
