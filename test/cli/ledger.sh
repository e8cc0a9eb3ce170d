#!/bin/sh
# The ledger as an officer meets it: 2015 of Zhangjiagang from points to the bank and back.
# Usage: ledger.sh GECI ROOT. The last line is `N passed, N failed, N skipped`.
. "$(dirname "$0")/ask.sh"
export GECI_DB=sqlite:x.db
who=张三
does() { run 0 ledger "$@" --actor "$who"; }
id() { id=$(cut -d' ' -f1 out); }

run 0 init --county 320582 张家港市
does open --line 2060404 --year 2016
does budget --line 2060404 --year 2016 --amount 80000000 --decision 张财〔2016〕1号
does open --policy p22 --year 2015 --line 2060404 --budget-year 2016
does allocate --policy p22 --year 2015 --amount 75,385,100
run 65 ledger settle --policy p22 --year 2015 --decision d --actor $who
complains LEDGER-NOTHING
does issue --policy p22 --year 2015 --receipt 1 --rules aa11 --snapshot bb22 --evidence cc33 \
  --client 发放2015 --data "$root/packs/sample/points-2015.csv"
says '发放 1230 家，共 37,692.55 分'
run 65 ledger settle --policy p22 --year 2015 --decision d --actor $who
complains LEDGER-RATE
does rate --policy p22 --year 2015 --amount 1545 --high 2000 --decision 推算
says '定单价 1,545.00~2,000.00 元'
run 65 ledger settle --policy p22 --year 2015 --decision d --actor $who
complains '1,545.00~2,000.00'
does rate --policy p22 --year 2015 --amount 2000 --decision 张政发〔2015〕1号
does settle --policy p22 --year 2015 --decision 张科〔2016〕1号
says '1230 家，37,692.55 分，每分 2,000.00 元，应付 75,385,100.00 元'
run 0 ledger statement 示例0001
says '10,180.00'
due=$(awk '/元  资金池/ { print $2 }' out)

# Another year, decided with terms: what settle simulate says is what is owed.
printf '主体,积分\n示例0001,20\n示例0002,12.5\n示例0003,100\n示例0004,3\n' >2016.csv
does open --policy p22 --year 2016 --line 2060404 --budget-year 2016
does allocate --policy p22 --year 2016 --amount 200000
does issue --policy p22 --year 2016 --receipt 1 --rules aa11 --snapshot bb22 --evidence cc33 --data 2016.csv
does rate --policy p22 --year 2016 --amount 2000 --decision 张科〔2017〕1号
terms='起付=10;封顶=15万元;预算=15万元'
run 0 settle simulate -d 2016.csv --set "单价=2000;$terms"
says '150,000.00'
run 64 ledger settle --policy p22 --year 2016 --decision 张科〔2017〕2号 --set '单价=1;起付=10' --actor "$who"
complains 'ledger rate'
run 64 ledger settle --policy p22 --year 2016 --decision 张科〔2017〕2号 --set '起付=x' --actor "$who"
complains '看不懂'
does settle --policy p22 --year 2016 --decision 张科〔2017〕2号 --set "$terms"
says '3 家，132.5 分，每分 2,000.00 元，应付 150,000.00 元'
says '封顶 1 家，留下积分不兑现 1 家，按 69.7674% 兑现'
run 0 ledger statement 示例0003
says '104,651.16'
says '起付 10 分；封顶 150,000.00 元；预算 150,000.00 元'
run 0 ledger statement 示例0004
says '3'

# Paid by two others than the maker, through the bank's files.
does pay "$due" --payee 示例一公司 --bank 农商行 --account 622201
id
run 77 ledger approve "$id" --actor 张三
complains 经办人
who=李四
does approve "$id"
run 77 ledger approve "$id" --actor 李四
who=王五
does approve "$id"
does batch -o bank.csv
grep -qF "$id,示例一公司,622201,农商行,10180.00,示例0001" bank.csv && verdict 'bank file' yes || verdict 'bank file' no
for total in '批次存证号：' '笔数：1' '合计(元)：10180.00' '开户行 农商行：1 笔，10180.00 元' '：'"$(printf '%s,622201,10180.00\n' "$id" | sha256sum | cut -c1-64)"; do
    grep -qF "$total" bank.csv && verdict "control total $total" yes || verdict "control total $total" no
done
printf '支付号,金额,账号,状态,日期\n%s,10180.01,622201,成功,2016-04-02\n9-9,1.00,1,成功,2016-04-02\n' "$id" >wrong.csv
run 65 ledger reconcile wrong.csv
says 金额不符
says 无此支付
says '银行未回 1'
printf '支付号,金额,账号,状态,日期\n%s,10180.00,622201,成功,2016-04-02\n说明：笔数：1,,,,\n' "$id" >right.csv
does reconcile right.csv --json
says '"verdict": "matched"'
says '"matched_amount": "10180"'
does reconcile right.csv --json
says '"read_before"'
does reconcile right.csv
says 已经对过
run 0 ledger trace "$id"
run 0 ledger trace "$id" --json
says '"step": "decision"'
run 0 ledger trace "$id"
for word in 10,180.00 622201 李四 王五 张科〔2016〕1号 1/示例0001 aa11 bb22 cc33; do says "$word"; done
run 0 ledger trace --all
says '支付 1 笔，缺依据 0 处'
does clawback "$id" --amount 180 --decision 张科〔2017〕1号
id
does recover "$id"
run 0 ledger payments
says 已支付
run 0 ledger balance
says 180.00
run 0 ledger balance --json
says '"reserved"'
run 0 ledger payments --json
says '"state": "paid"'
says '"clawed_back": "180"'
run 0 ledger verify --json
says '"faults": 0'
run 0 ledger verify --lang en
says 'The ledger is sound.'
run 0 audit verify
run 64 ledger approve x
run 64 ledger budget --amount 1.234
run 64 ledger trace
# A receipt of no run here, without hashes, is none.
run 65 ledger issue --subject s --policy p22 --year 2015 --points 1 --receipt 9/s
complains '没有凭证“9/s”'
run 65 ledger joint --subject s --policy p11 --year 2026 --amount 1 --levels 苏州=1,本级=2 --decision d --receipt r \
  --rules aa --snapshot bb
complains LEDGER-ACCOUNT
does open --line 2060404 --year 2016 --level 苏州
does budget --line 2060404 --year 2016 --level 苏州 --amount 3 --decision d
for level in 苏州 本级; do
  does open --policy p11 --year 2026 --line 2060404 --budget-year 2016 --level $level
  does allocate --policy p11 --year 2026 --amount 3 --level $level
done
does joint --subject s --policy p11 --year 2026 --amount 1 --levels 苏州=1,本级=2 --decision d --receipt r --rules aa --snapshot bb
run 0 ledger statement s
says '0.33  元  资金池·苏州 → 应付'
says '0.67  元  资金池'
run 64 ledger joint --levels 苏州
run 0 help ledger

total
