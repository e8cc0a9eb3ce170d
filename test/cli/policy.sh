#!/bin/sh
# What policies come to, as an officer asks: the shipped documents, two firms, three years.
# Usage: policy.sh GECI ROOT. The last line is `N passed, N failed, N skipped`.
. "$(dirname "$0")/ask.sh"
pack=$root/packs/zhangjiagang/policy
asks() { # code, words of `geci policy` ...
  code=$1
  shift
  run "$code" policy "$@" --as-of 2026-04-01
}
row() { # words that one line has, in this order
  grep -q -- "$1" out && verdict "$1" yes || verdict "no line: $1" no
}

printf '%s\n%s\n%s\n' '统一社会信用代码,科技副总人数@2023,科技副总人数@2024,科技副总人数@2025,技术合同登记,技术合同成交额' \
  'E1,1,2,3,是,300万元' 'E2,0,0,0,否,0' >firms.csv

# Rows for a file or a pipe, of the documents that the columns are of.
asks 0 "$pack" -d firms.csv
says 'E1,,企业科技政策（张家港）,科技副总资助,二手,可以享受,150000,150000,150000,150000,150000,150000,150000,150000,一次 15万元'
complains '只看“科技型企业”的'

# One firm: what it has, what is open and why.
asks 0 "$pack/企业科技政策.md" -d firms.csv --id E1
says '合计：45万元以上'
row '成果转化资助  30万元'
row '尚缺：张家港市级工程中心'
says '叠加未明确，本项算：就高不重复 0元；补差 0~5万元；可叠加 0~10万元'
asks 0 "$pack/企业科技政策.md" -d firms.csv --id E2
says 不适用
asks 0 "$pack/企业科技政策.md" -d firms.csv --id E1 --json
says '"policy":"科技副总资助","standing":"entitled"'
asks 0 "$pack/企业科技政策.md" -d firms.csv --id E1 --lang en
says '150000 yuan'

# Years behind, and ahead by the least and the most that they grew: 1.5 and 2 times.
asks 0 "$pack/企业科技政策.md" -d firms.csv --past 2
row '^科技副总资助 *5万元 *10万元 *15万元$'
asks 0 "$pack/企业科技政策.md" -d firms.csv --ahead 2
row '^科技副总资助 *5万元 *10万元 *15万元 *22.5~30万元 *33.75~60万元$'
row '^企业科技创新积分资助 .*推不出'
says '不是预算'
asks 0 "$pack/企业科技政策.md" -d firms.csv --past 1 --ahead 1 --lang en
says '2026 forecast'

# What cannot be done says why.
asks 64 "$pack/企业科技政策.md" -d firms.csv --past 0
complains '1 到 10'
asks 64 "$pack/企业科技政策.md" -d firms.csv --ahead 11
complains '1 到 10'
asks 66 "$pack/没有.md" -d firms.csv
asks 64 "$pack"
complains '不止一种'
asks 66 "$pack/企业科技政策.md" -d firms.csv --id E3
complains E3

total
