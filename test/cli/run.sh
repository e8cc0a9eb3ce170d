#!/bin/sh
# The program as its users meet it: exit codes, messages in both languages, files, JSON.
# Usage: run.sh GECI ROOT. The last line is `N passed, N failed, N skipped`.
. "$(dirname "$0")/ask.sh"

tsme=$root/packs/national/科技型中小企业评价.md
hnte=$root/packs/national/高新技术企业认定.md
data=$root/packs/sample/enterprises.csv
firm=91320582MA1MNRTF5K

silent() { # nothing on either
  [ ! -s out ] && [ ! -s err ] && verdict silent yes || verdict 'not silent' no
}
json() { # is standard output JSON?
  if command -v python3 >/dev/null 2>&1; then
    python3 -m json.tool out >/dev/null 2>>err && verdict json yes || verdict 'no JSON' no
  else
    skipped=$((skipped + 1))
  fi
}
same() { # two files
  cmp -s "$1" "$2" && verdict "$1 = $2" yes || verdict "$1 differs from $2" no
}

# ---- usage: 64 ----
run 64; says '用法：geci 命令'
run 64 scroe; complains '是不是 score'
run 64 --lang en scroe; complains 'did you mean score?'
run 64 score; complains '还缺：规则文档'
run 64 score "$tsme"; complains '--data'
run 64 score "$tsme" --dat x; complains '是不是 --data'
run 64 score "$tsme" -d "$data" --format xml; complains 'csv|json|table'
run 64 score "$tsme" -d "$data" --period 25x; complains '年份'
run 64 score "$tsme" -d "$data" --as-of 2026-02-30; complains '日期'
run 64 score "$tsme" -d "$data" --threads 0; complains '--threads'
run 64 whatif "$tsme" -d "$data" --id $firm; complains '--set'
run 64 explain "$tsme" -d "$data"; complains '--id'
run 64 sample --n 0; complains '--n'
run 64 docs poems; complains 'diagnostics|man'
run 64 docs completion tcsh; complains 'bash、zsh'
run 64 help wat

# ---- help ----
run 0 help; says 'whatif'
run 0 --help; says 'whatif'
run 0 score --help; says '--as-of'
run 0 help explain --lang en; says 'usage: geci explain DOC'
run 0 version; says 'geci 0.'
run 0 --version; says 'geci 0.'
run 0 version --json; json
LANG=en_GB.UTF-8; export LANG
run 0 help; says 'usage: geci VERB'
LANG=zh_CN.UTF-8
run 0 help; says '用法'
unset LANG

# ---- no such file, no such subject: 66; not allowed: 77; cannot write: 74 ----
run 66 check nowhere.md; complains '读不了“nowhere.md”：没有这个文件'
run 66 --lang en check nowhere.md; complains 'cannot read “nowhere.md”'
run 66 score "$tsme" -d nowhere.csv; complains 'nowhere.csv'
run 66 explain "$tsme" -d "$data" --id 91320582MA1MNRTF5X -q; complains "是不是 $firm"
run 66 explain "$tsme" -d "$data" --id 江苏 -q; complains '请写全称'
run 66 explain "$tsme" -d "$data" --id $firm --item 评价 -q; complains '是不是 评价得分'
mkdir empty
run 66 check empty; complains '没有规则文档'
run 66 score "$tsme" -d "$data" -q -o no/such/out.csv; complains '先建好'
if [ "$(id -u)" -ne 0 ]; then
  cp "$tsme" secret.md && chmod 000 secret.md
  run 77 check secret.md; complains '没有权限'
else
  skipped=$((skipped + 1)) # root may read everything
fi
if [ -w /dev/full ]; then
  run 74 score "$tsme" -d "$data" -q -o /dev/full
  "$geci" help >/dev/full 2>err; [ $? -eq 74 ] && verdict 'full output' yes || verdict 'full output' no
fi

# ---- documents that concern each other: rules and the kinds they are about ----
run 0 check --quiet "$root/packs"
printf '%s\n' '# 乙' '- 状态: 示例' '- 对象: 科技型企业' '' '## 字段' '| 名称 | 类型 | 单位 |' '|---|---|---|' \
  '| 职工总数 | 数 | 家 |' '' '## 条件 有人' '- 须: 职工总数 > 0家' >kind.md
run 0 check kind.md
run 65 check kind.md "$root/packs/zhangjiagang/kinds/科技型企业.md"; says 'KIND-TYPE'

# ---- documents: check, fmt, test ----
run 0 check "$tsme"; says '可以用'
run 0 check "$tsme" -q; silent
sed 's/| \[5%, 6%) | 40 |/| (5%, 6%) | 40 |/' "$tsme" >gap.md
run 65 check gap.md; says 'BAND-GAP'; says 'gap.md:'; says '^~'
run 65 check gap.md --lang en; says 'the bands have a gap'
run 65 check gap.md --json; json; says '"code": "BAND-GAP"'
run 65 score gap.md -d "$data" -q; complains '先改好再算'
sed 's/| 边界5.99% | 100人 | 9人 /| 边界5.99% | 100人 | 30人 /' "$tsme" >wrong.md
run 65 test wrong.md; says '不符：边界5.99%，科技人员 应为 0，实为 20'; says '命中第 1 行 >= 30%'
says 'wrong.md:'
[ "$(tail -n 1 out)" = '30 passed, 1 failed, 0 skipped' ] && verdict total yes || verdict total no
run 65 test wrong.md --json; json; says '"expected": "0"'
run 0 test "$tsme"
[ "$(tail -n 1 out)" = '31 passed, 0 failed, 0 skipped' ] && verdict total yes || verdict total no
printf '# 甲\n- 状态: 示例\n## 参数 乙\n- 值: 1\n' >none.md
run 0 test none.md
[ "$(tail -n 1 out)" = '0 passed, 0 failed, 1 skipped' ] && verdict total yes || verdict total no
printf '# 甲\n-  状态:示例\n## 参数 乙\n- 值: 1\n' >loose.md
run 65 fmt --check loose.md; says loose.md
run 0 fmt --stdout loose.md; cp out tidy.md; says '- 状态: 示例'
run 0 fmt loose.md; same loose.md tidy.md
run 0 fmt --check loose.md; silent
printf '乱写\n' >stray.md; cp stray.md stray.bak
run 65 fmt stray.md; same stray.md stray.bak

# ---- scores ----
run 0 score "$tsme" -d "$data" --as-of 2026-06-01 -q -o a.csv --threads 1
run 0 score "$tsme" -d "$data" --as-of 2026-06-01 -q -o b.csv --threads 7
same a.csv b.csv
[ "$(wc -l <a.csv)" -eq 201 ] && verdict rows yes || verdict rows no
head -n 1 a.csv >out; says '规则状态'; says '缺数'; says '评价得分'
grep $firm a.csv >out; says ',官方,'; says ',52,'
grep -q ',80~100,' a.csv && verdict interval yes || verdict interval no
"$geci" score "$tsme" -d - --as-of 2026-06-01 -q <"$data" >c.csv 2>err; same a.csv c.csv
run 0 score "$tsme" -d "$data" -q --json; json; says '"format":"geci-score-1"'; says '"status":"official"'
run 0 score "$tsme" -d "$data" -q --format table; says '【官方】科技型中小企业评价'; says '评价期 2025'
run 0 score "$tsme" -d "$data" -q --all; says '科技人员'
run 0 score "$root/packs/zhangjiagang/科技型企业.md" -d "$data" -q; says ',示例,'
run 0 --lang en score "$tsme" -d "$data" -q; says ',official,'
run 0 score "$tsme" -d "$data" --as-of 2016-01-01; complains '还没有生效'
printf '编号,职工总数\n1,三个\n2,20\n' >bad.csv
run 65 score "$tsme" -d bad.csv; complains 'DATA-NUMBER'; complains '--lenient'

# ---- column files ----
run 0 convert "$data" -o e.gcol; silent
run 0 convert e.gcol -o e.csv; same e.csv "$data"
run 0 score "$tsme" -d e.gcol --as-of 2026-06-01 -q -o g.csv; same a.csv g.csv
"$geci" convert - <"$data" 2>err | cat >piped.gcol; same e.gcol piped.gcol
run 0 compare "$tsme" "$tsme" -d "$data" --as-of 2026-06-01 --by 所在区镇 -q; mv out by.txt
run 0 compare "$tsme" "$tsme" -d e.gcol --as-of 2026-06-01 --by 所在区镇 -q; same out by.txt
sed '1s/职工总数/职工人数/' "$data" >people.csv
run 0 convert people.csv -o people.gcol
run 0 score "$tsme" -d people.csv --as-of 2026-06-01 -q -o p.csv
run 0 score "$tsme" -d people.gcol --as-of 2026-06-01 -o q.csv; same p.csv q.csv; complains '按字段“职工总数”读'
run 0 convert bad.csv -o bad.gcol
run 65 score "$tsme" -d bad.gcol; complains 'DATA-NUMBER'; complains 'bad.gcol:1:'; complains '上面说的是第 2 行'
run 64 convert "$data" -o other.csv; complains '不要以 .csv 结尾'
run 64 convert e.gcol -o other.gcol; complains '不要以 .gcol 结尾'
printf 'a,b\n1\n' >ragged.csv
run 65 convert ragged.csv -o never.gcol; complains 'DATA-SHAPE'; complains '没有转换'
[ ! -e never.gcol ] && verdict 'nothing is left' yes || verdict 'never.gcol is there' no
head -c 5000 e.gcol >cut.gcol
run 65 score "$tsme" -d cut.gcol; complains 'GCOL-HEAD'
{ head -c 60000 e.gcol; printf x; tail -c +60002 e.gcol; } >flipped.gcol
run 65 convert flipped.gcol -o never.csv; complains 'GCOL-HASH'; complains '校验和'
run 66 convert nowhere.csv -o never.gcol; complains 'nowhere.csv'

run 0 score "$tsme" -d bad.csv --lenient -q; says '1,'
printf '编号,职工总数\n1,\377\377\n' >bytes.csv
run 65 score "$tsme" -d bytes.csv; complains 'ENC-BAD'
printf '编号,职工总数\n' >nobody.csv
run 0 score "$tsme" -d nobody.csv -q

# ---- one subject ----
run 0 explain "$tsme" -d "$data" --as-of 2026-06-01 --id $firm -q
says '【官方】'; says '评价得分：52 / 100'; says '再进一步'; says '研发费用再增 76.5984万元'
run 0 explain "$tsme" -d "$data" --id 苏州沙源医疗 -q --item 科技人员; says '命中第 4 行 [15%, 20%)'
run 0 explain "$tsme" -d "$data" --id $firm -q --json; json; says '"format": "geci-explain-1"'
run 0 explain "$tsme" -d "$data" --id $firm -q --format html; says '<section class="geci-explain"'
run 0 explain "$tsme" -d "$data" --id $firm -q --lang en; says '[official]'; says 'row 4 matches'
run 0 explain "$tsme" -d "$data" --id $firm -q -o why.txt; [ -s why.txt ] && verdict file yes || verdict file no
run 0 whatif "$tsme" -d "$data" --id $firm -q --set 研发费用=315万元; says '评价得分：52 → 62'
run 0 whatif "$tsme" -d "$data" --id $firm -q --set 研发费用=236.48; says '没有一项会变'
run 0 whatif "$tsme" -d "$data" --id $firm -q --json --set 科技人员数=50 --set 职工总数=100; json
run 65 whatif "$tsme" -d "$data" --id $firm -q --set 研发费用; complains '--set'
run 65 whatif "$tsme" -d "$data" --id $firm -q --set 研发=3; complains 'DATA-FIELD'
run 0 whatif "$hnte" -d "$data" --id $firm -q --set 科技成果转化数@2023=9 --rerank

# ---- the way to a goal ----
seek() { # code, document, words...
  code=$1 doc=$2
  shift 2
  run "$code" seek "$doc" -d "$data" --as-of 2026-06-01 --id $firm "$@"
}
seek 0 "$tsme" --goal '评价得分>=50'; says '已经达到'
seek 0 "$hnte" --goal '研发强度达标'
says '研发费用 再增 182.452万元（236.48万元 → 418.932万元）：研发强度达标 不符 → 符合'
says '其他企业不变'
seek 0 "$hnte" --goal '创新能力 >= 60分' -q; says '创新能力：49~84 → 61~96'
seek 0 "$hnte" --goal '研发强度达标=met' --lang en -q; says '[official]'; says '研发费用 up by 182.452 wan yuan'
seek 0 "$hnte" --goal '研发强度达标' --json; json; says '"to": "418.932"'; says '"format": "geci-seek-1"'
seek 65 "$hnte" --goal '高新技术企业=符合'; says '达不到'; says '核心知识产权'; says '还缺：'
seek 0 "$hnte" -q; says '销售收入 再增 396.640375万元'; says '到 >= 35% 一档'
seek 0 "$hnte" --json; json; says '"gain": "2"'
seek 65 "$tsme" --goal '评价得>=60' -q; complains '是不是 评价得分'; complains '^~'
seek 65 "$tsme" --goal '研发费用>=60' -q; complains '“研发费用”是字段'
seek 65 "$tsme" --goal '规模>=60' -q; complains '规模 = 符合'
seek 65 "$tsme" --goal '评价得分>=' -q; complains '后面缺要达到的值'
seek 65 "$tsme" --goal '评价得分>=很多' -q; complains '很多'
seek 65 "$tsme" --goal '评价得分' --lang en -q; complains 'write it as 评价得分 >= 70'
printf '字段,单位成本,最多\n研发费用,2.5,500万元\n销售收入,,\n' >cost.csv
seek 0 "$hnte" --goal '研发强度达标' --cost cost.csv; says '总成本 456.13'; says '没有列出的事实不动'
printf '字段,单位成本,最多\n研发费用,2.5,100\n' >cost.csv
seek 65 "$hnte" --goal '研发强度达标' --cost cost.csv -q; says '达不到'
printf 'field,cost,most\n研发费,2.5,\n' >cost.csv
seek 65 "$hnte" --goal '研发强度达标' --cost cost.csv -q; complains 'cost.csv:2:1：没有字段“研发费”，是不是 研发费用'
printf 'field,cost\n研发费用,便宜\n' >cost.csv
seek 65 "$hnte" --goal '研发强度达标' --cost cost.csv -q; complains '留空表示不能动'
printf '字段,价钱\n' >cost.csv
seek 65 "$hnte" --goal '研发强度达标' --cost cost.csv -q; complains '表头“价钱”'
seek 66 "$hnte" --goal '研发强度达标' --cost nowhere.csv -q; complains 'nowhere.csv'

# ---- two sets of rules ----
sed 's/| >= 30% | 20 |/| >= 25% | 20 |/; s/| \[25%, 30%) | 16 |/| [22%, 25%) | 16 |/
  s/| \[20%, 25%) | 12 |/| [20%, 22%) | 12 |/' "$tsme" >new.md
run 0 compare "$tsme" new.md -d "$data" --as-of 2026-06-01 -q; says '96 → 100'; says '共 200 个主体：29 个有变化'
run 0 compare "$tsme" "$tsme" -d "$data" -q; says '没有一个主体'; says '升 0、降 0'
run 0 compare "$tsme" new.md -d "$data" -q --json; json; says '"format": "geci-compare-1"'
run 0 compare "$tsme" new.md -d "$data" --as-of 2026-06-01 -q; says '得分上升 29 个，平均 +4'; says '科技人员 16 → 20'
says '评价得分通过'; says '名次变动'
cat >old.md <<'EOF'
# 例
- 版本: 1
- 状态: 示例
- 生效: 2026-01-01

## 字段
| 名称 | 类型 | 单位 | 范围 |
|---|---|---|---|
| x | 数 | | |
| 投入 | 数 | 元 | >= 0 |
| 区 | 文本 | | |

## 分组 规模
| x | 规模 |
|---|---|
| < 30 | 小 |
| >= 30 | 大 |

## 条件 达标
- 须: x >= 20

## 评分 分
- 汇总: 加权

### 甲
- 权重: 0.6
- 式: x

### 乙
- 权重: 0.4
- 式: 10

## 格次 等
- 依据: 分

| 分 | 等 |
|---|---|
| >= 20 | 优 |
| < 20 | 平 |

## 政策 奖
- 条件: 等 = "优"
- 金额: 投入 × 10%
- 叠加组: 一
- 叠加: 就高不重复

## 政策 补
- 条件: x >= 10
- 金额: 1000元
- 叠加组: 一
- 叠加: 就高不重复
EOF
printf 'id,x,投入,区,链\na,10,50000,东,甲\nb,20,3000.55,东,乙\nc,30,90000.99,西,\nd,40,,西,甲\n' >small.csv
sed 's/权重: 0.6/权重: 0.7/; s/权重: 0.4/权重: 0.3/; s/x >= 20/x >= 25/; s/10%/20%/; s/1000元/900元/
  s/| >= 20 |/| >= 17 |/; s/| < 20 |/| < 17 |/' old.md >new2.md
run 0 compare old.md new2.md -d small.csv -q --by 区,规模,链 --as-of 2026-06-01
says '得分上升 3 个，平均 +2'; says '甲 权重 0.6 → 0.7'; says '平        1   1     0'; says '达标       3       2       0         1'
says '奖     9000.1~  18600.31~           1 → 2'; says '补        4000       3600  -400         4'
says '合计  12000.1~   20700.2~'; says '按规模'; says '（未知）     1   1   0   22.0000   24.0000      9000.1     18000.2   +9000.1'
run 0 compare old.md new2.md -d small.csv -q --json --by 区; json; says '"before": "平"'; says '"low": "20700.2"'
run 0 compare old.md new2.md -d small.csv -q --lang en --all; says 'rise, by +2 on average'
run 66 compare old.md new2.md -d small.csv -q --by 天气; complains '--by'
# Nothing can be told of the whole: then the parts are compared.
cat >part.md <<'EOF'
# 部分
- 版本: 1
- 生效: 2025-01-01
- 状态: 示例

## 字段
| 名称 | 类型 | 单位 | 范围 |
|---|---|---|---|
| x | 数 | | |
| y | 数 | | |

## 评分 分

### 甲
- 式: x

### 乙
- 式: y
EOF
sed 's/- 式: x/- 式: x × 2/' part.md >part2.md
printf 'id,x,y\na,10,\nb,0,\n' >part.csv
run 0 compare part.md part2.md -d part.csv -q --as-of 2026-06-01; says '甲 10→20'; says '1 个有变化'
run 64 compare old.md new2.md -d small.csv -q --by 区,区,区,区,区,区,区,区,区; complains '--by'

# ---- other weights ----
firms=$root/packs/zhangjiagang/科技型企业.md
run 0 robust "$firms" -d "$data" --as-of 2026-06-01 -q --draws 100 --threads 1; says '抽样 100 次'; says '研发@成长期'
cp out one
run 0 robust "$firms" -d "$data" --as-of 2026-06-01 -q --draws 100 --threads 3; same one out
run 0 robust "$firms" -d "$data" --as-of 2026-06-01 -q --draws 9 --weights 0%; says '名次平均变动 0.00 位'
run 0 robust "$firms" -d "$data" -q --draws 20 --json --seed 4 -o robust.json; cp robust.json out; json; says '"format": "geci-robust-1"'
run 0 robust "$tsme" -d "$data" -q --draws 20 --lang en --all --item 评价得分; says 'ranks shift by'
run 64 robust "$firms" -d "$data" -q --weights 120%; complains '--weights'
run 64 robust "$firms" -d "$data" -q --draws 0; complains '--draws'
run 64 robust "$firms" -d "$data" -q --top x; complains '--top'
run 64 robust "$firms" -d "$data" -q --seed x; complains '--seed'
run 65 robust "$firms" -d "$data" -q --item 区镇内; complains '--item'
run 65 robust "$root/packs/zhangjiagang/新型研发机构.md" -d "$data" -q; complains '没有可以浮动的权重'

# ---- spreadsheets ----
run 0 score "$tsme" -d "$data" --as-of 2026-06-01 -q; cp out plain
{ printf '附件1\n2025年企业表（单位：万元）\n\n'; cat "$data"; printf '注：示例\n'; } >dressed.csv
run 0 score "$tsme" -d dressed.csv --as-of 2026-06-01 -q; same plain out
run 0 score "$tsme" -d dressed.csv --as-of 2026-06-01; complains '表头在第 4 行，数据 200 行'
run 0 preview "$tsme" -d dressed.csv; says '第 1 行 标题：附件1'; says '好的 200 行，有错的 0 行'
run 0 preview "$tsme" -d dressed.csv --json; json
run 0 template "$tsme" --period 2024 -o form.xlsx; silent
run 0 preview "$tsme" -d form.xlsx; says '研发费用(万元)@2024'; says '例子'
run 0 template "$tsme" -o form.csv; grep -q '研发费用(万元)' form.csv && verdict form yes || verdict form no
printf '信用代码,名称,研发经费（元）,首次参评\n91320582MA1MNHK16N,甲,3.5百,是\n91320582MA1MNRTF5K,乙,9,否\n' >bad.csv
run 65 preview "$tsme" -d bad.csv --failed failed.xlsx; says '第 2 行 C 列「研发经费（元）」：“3.5百”'
says '好的 1 行，有错的 1 行'
run 65 preview "$tsme" -d failed.xlsx; says '数据 1 行'; says '“3.5百”'
run 65 preview "$tsme" -d bad.csv --lang en; says '1 rows are good, 1 are not'
run 65 score "$tsme" -d bad.csv -q; complains 'DATA-UNIT'
{ printf '附件1\n\n'; head -n 4 "$data" | sed '1s/$/,2022年研发费月,2023年研发费月/; 2,$s/$/,1,2/'; } >years.csv
run 0 score "$tsme" -d years.csv; complains '列“2022年研发费月（2022、2023）”不是字段'
[ "$(grep -c 研发费月 err)" -eq 1 ] && verdict 'years once' yes || verdict 'years once' no
printf 'PK\003\004junk' >junk.xlsx
run 65 score "$tsme" -d junk.xlsx; complains '压缩包损坏或不完整'
run 65 preview "$tsme" -d junk.xlsx --lang en; complains 'damaged or cut off'
run 64 preview "$tsme"; complains '--data'
run 66 preview "$tsme" -d none.xlsx

# ---- the rest ----
run 0 sample --n 3 --seed 9; [ "$(wc -l <out)" -eq 4 ] && verdict rows yes || verdict rows no
run 0 sample; same out "$data"
(cd / && "$geci" demo >"$work/out" 2>"$work/err" </dev/null); says '演示'; says '【官方】'
run 0 demo --lang en; says 'demo'
run 0 demo --db "sqlite:$work/county.db" --scale 1%; says '示范县已建好'; says '示例账号，口令都是'
run 0 user list --db "sqlite:$work/county.db"; says '示例·杨舍镇科技办'; says '示例银行'
run 65 demo --db "sqlite:$work/county.db"; complains '已经有县'
run 64 demo --db "sqlite:$work/other.db" --scale 0%; complains '1% 到 100%'
run 0 run list --db "sqlite:$work/county.db"; says '已被取代'
run 0 run show 3 --db "sqlite:$work/county.db"; says '由第 4 号取代'
export TZ=America/New_York # times and days are China's wherever the machine stands
run 0 audit show 1 --db "sqlite:$work/county.db"; says ' 09:00:00'
run 0 audit list --db "sqlite:$work/county.db" --since 2024-01-08; says county.set
unset TZ
run 0 verify 4 --db "sqlite:$work/county.db"; says '逐字节相同'
run 0 audit verify --db "sqlite:$work/county.db"; says '没有发现改动'
run 0 doctor; says '一切正常'
run 0 doctor --json; json
run 0 docs man; says '.TH GECI 1'
run 0 docs completion bash; sh -c 'command -v bash >/dev/null && bash -n out' && verdict bash yes || verdict bash no
NO_COLOR=1 "$geci" demo >out 2>err; grep -q "$(printf '\033')" out && verdict colour no || verdict colour yes

# ---- records ----
store=sqlite:$work/records.db
kinds=$root/packs/zhangjiagang/kinds
run 0 init --db "$store" --county 320582 张家港市
run 66 import --db "$store" 科技型企业 "$data"; complains '先用 geci kind set'
run 65 kind set --db "$store" "$tsme"; complains 'RECORD-NO-KIND'
run 0 kind set --db "$store" "$kinds"; says '科技型企业: 已登记'
run 0 kind set --db "$store" "$kinds"; says '科技型企业: 没有变化'
run 0 import --db "$store" 科技型企业 "$data" --period 2024 --reporter 甲局; says '收下 200 行'
run 0 import --db "$store" 科技型企业 "$data" --period 2024; says '已经导入过'
run 0 kind list --db "$store"; says '科技型企业: 200 个'
run 0 history --db "$store" 科技型企业 $firm 研发人员数; says '* 研发人员数 = 12人'; says '甲局'; says '第 3 行'
run 66 history --db "$store" 科技型企业 91320582; complains '里没有'
printf '%s\n' '统一社会信用代码,企业名称' '91320582MA1W9P5P17,沙源（張家港）醫療科技有限責任公司' >twin.csv
run 0 import --db "$store" 科技型企业 twin.csv
run 0 twins --db "$store" 科技型企业 --all; says ',91320582MA1MNRTF5K,苏州沙源医疗科技有限公司,91320582MA1W9P5P17,'
run 66 twins --db "$store" 甲; complains '没有种类'
run 0 list --db "$store" 科技型企业 --find 沙源 --format table; says '苏州沙源医疗科技有限公司'
run 0 list --db "$store" 科技型企业 --where '开头(企业名称, "苏州沙源")' --json; says '"undecided": 0'
run 0 list --db "$store" 科技型企业 --where '职工总数 > 0' --by 所在区镇 -q; says '字段,值,个数'; says '所在区镇,'
run 0 list --db "$store" 科技型企业 --where '职工总数 > 0' --limit 3 -o l.csv; cp l.csv out
says "说明：查询：geci list 科技型企业 --county 320582 --where '职工总数 > 0' --limit '3'"; says '说明：行数：3'; says '说明：种类文档哈希：'
run 0 list --db "$store" 科技型企业 --where '职工总数 > 0' --limit 3 -o l.jsonl; cp l.jsonl out; says '"截至行为":"'; says '{"rows":3}'
run 0 list --db "$store" 科技型企业 --limit 3 -o l.xlsx; [ "$(head -c 2 l.xlsx)" = PK ] && verdict 'list as a workbook' yes || verdict 'list as a workbook' no
run 65 list --db "$store" 科技型企业 --where '职工总数 > 5万元'; complains '--where:1:12: 错误 UNIT-MISMATCH'
run 65 list --db "$store" 科技型企业 --sort 无此; complains 'QUERY-FIELD'
run 64 list --db "$store" 科技型企业 --limit 0; complains '--limit'
run 66 list --db "$store" 甲; complains '没有种类'
printf '%s\n' '统一社会信用代码,研发人员数,职工总数' "$firm,13,12" '91320582MA1MNHK16N,abc,3' >rows.csv
run 65 import --db "$store" 科技型企业 rows.csv; complains 'DATA-NUMBER'; complains '什么也没有写'
run 0 history --db "$store" 科技型企业 $firm 研发人员数; says '* 研发人员数 = 12人'
run 0 import --db "$store" 科技型企业 rows.csv --good-rows --failed failed.csv
says '收下 1 行'; says '退回 1 行'; complains '“研发人员不多于职工”不符 1 行'
run 0 history --db "$store" 科技型企业 $firm 研发人员数; says '* 研发人员数 = 13人'; says '  研发人员数 = 12人'
cp failed.csv out; says '91320582MA1MNHK16N,abc,3,研发人员数: “abc”不是数'
[ "$(wc -l <failed.csv)" -eq 2 ] && verdict 'failed rows' yes || verdict 'failed rows' no
printf '%s\n' '统一社会信用代码,研发人员数' "$firm,abc" >none.csv; rm -f failed.csv
run 65 import --db "$store" 科技型企业 none.csv --good-rows --failed failed.csv; complains '的 1 行都读不懂'
[ -s failed.csv ] && verdict 'failed rows of none' yes || verdict 'failed rows of none' no
run 0 snapshot --db "$store" 科技型企业 -o snap.csv
[ "$(cut -d' ' -f1 <out)" = "$(sha256sum snap.csv | cut -d' ' -f1)" ] && verdict 'snapshot hash' yes || verdict 'snapshot hash' no
run 0 score "$tsme" -d snap.csv --period 2024 --as-of 2025-06-01 -q -o from_store.csv
run 0 export --db "$store" 科技型企业 -o export.csv; cp export.csv out; says '说明：查询：geci export 科技型企业 --county 320582'
run 0 score "$tsme" -d export.csv --period 2024 --as-of 2025-06-01 -q -o from_export.csv
same from_store.csv from_export.csv
run 0 export --db "$store" 科技型企业 -o export.xlsx
run 0 score "$tsme" -d export.xlsx --period 2024 --as-of 2025-06-01 -q -o from_xlsx.csv; same from_store.csv from_xlsx.csv
run 0 export --db "$store" 科技型企业 --all -o export.jsonl; cp export.jsonl out
says '"查询":"geci export 科技型企业 --county 320582 --as-of '; says '"种类文档哈希":"'; says '{"rows":'
run 0 convert rows.csv -o rows.gcol
printf 'paper\n' >paper.pdf; paper=$(sha256sum paper.pdf | cut -d' ' -f1)
sed -i 's/abc/4/; s/,13,/,14,/' rows.csv
run 0 convert rows.csv -o rows.gcol
run 0 import --db "$store" 科技型企业 rows.gcol --evidence paper.pdf -q
run 66 import --db "$store" 科技型企业 rows.csv --evidence nowhere.pdf; complains 'nowhere.pdf'
run 0 history --db "$store" 科技型企业 $firm 研发人员数; says '* 研发人员数 = 14人'; says "佐证 $paper"
run 0 fact return --db "$store" 科技型企业 $firm 研发人员数 --note 名册不符 --actor 甲; says '研发人员数：退回了'
run 0 history --db "$store" 科技型企业 $firm 研发人员数; says '* 研发人员数 = 13人'; says '甲 退回 名册不符'
run 0 fact verify --db "$store" 科技型企业 $firm 研发人员数; run 0 history --db "$store" 科技型企业 $firm 研发人员数
says '* 研发人员数 = 13人'; says '核实'
run 64 fact return --db "$store" 科技型企业 $firm 研发人员数; complains '--note'
run 64 fact verify --db "$store" 科技型企业 $firm; complains '--act'
run 66 fact verify --db "$store" 科技型企业 $firm 没有的列; complains '没有报过这样的数'
run 66 fact verify --db "$store" 科技型企业 9132 研发人员数; complains '不在库里'
run 0 score "$tsme" -d "$data" --as-of 2026-06-01 -q -o scores.jsonl; cp scores.jsonl out
says '"规则哈希":"'; says '"评价日":"2026-06-01"'; says '{"rows":200}'
run 0 score "$tsme" -d "$data" --as-of 2026-06-01 -q -o scores.xlsx
if command -v python3 >/dev/null 2>&1; then
  python3 -c "
import zipfile
book = zipfile.ZipFile('scores.xlsx')
print(*(book.read(n).decode() for n in book.namelist() if n.endswith('.xml')))" >out
  says '规则哈希'; says '<v>'
  grep -q '<f>' out && verdict 'no formula in a workbook' no || verdict 'no formula in a workbook' yes
fi

# ---- auditing and looking after a store ----
run 0 audit verify --db "$store"; says '没有发现改动'; says '没有给锚点'
run 0 audit key -o key.pem; says '公钥'
[ "$(stat -c %a key.pem)" = 600 ] && verdict 'key is 0600' yes || verdict 'key is not 0600' no
run 0 audit sign --db "$store" --key key.pem; says 'geci-anchor-1 320582'
run 0 audit anchor --db "$store" --key key.pem -o anchor.txt; silent
run 0 audit anchor --db "$store" --json; json
run 0 audit key --key key.pem
public=$(cat out)
run 0 audit verify --db "$store" --anchor anchor.txt --key "$public"; says '锚点证明到'
run 0 audit verify --db "$store" --json; json
run 65 audit verify --db "$store" --anchor "$data"; complains AUDIT-NO-ANCHOR
run 65 audit verify --db "$store" --key 123; complains AUDIT-KEY-FILE
run 0 audit list --db "$store" --verb audit; says audit.sign
run 0 audit list --db "$store" --since 2999-01-01
run 64 audit list --db "$store" --since soon; complains '2026-11-01'
run 0 audit show 1 --db "$store"; says county.set
run 0 audit show 1 --db "$store" --json; json
run 66 audit show 99999 --db "$store"; complains 99999
run 0 audit export --db "$store"; says '"verb":"county.set"'
run 0 audit schema; json
run 0 doctor --db "$store"; says '行为链'
GECI_DB=$store run 0 doctor; says '行为链'
run 0 migrate --db "$store"; says '不用升级'
run 64 backup --db "$store"; complains '-o'
run 0 backup --db "$store" -o copy.db; says copy.db.manifest
run 65 backup --db "$store" -o copy.db; complains STORE-BACKUP
run 0 restore copy.db --db sqlite:again.db; says '都相符'
run 65 restore copy.db --db sqlite:again.db; complains STORE-BACKUP
run 0 audit verify --db sqlite:again.db --anchor anchor.txt --anchor copy.db.manifest
printf x >>copy.db
run 65 restore copy.db --db sqlite:third.db; complains '摘要不符'
[ ! -e third.db ] && verdict 'nothing was restored' yes || verdict 'third.db is there' no
if command -v sqlite3 >/dev/null 2>&1; then
  sqlite3 again.db "DROP TRIGGER act_no_update; UPDATE act SET actor = 'x' WHERE act = 1"
  run 65 audit verify --db sqlite:again.db; complains AUDIT-HASH; says '从第 1 号'
  run 74 doctor --db sqlite:again.db; says '✗'
fi

# Texts against texts, with reasons that add up; what comes out goes on to the plan.
printf '编号,名称,说明\n需1,激光焊接视觉引导,机器人焊缝跟踪\n需2,印染废水回用,\n' >needs.csv
printf '编号,名称\n甲,焊接机器人视觉跟踪技术\n乙,废水深度处理与回用\n丙,水稻育苗\n' >experts.csv
run 0 match rank needs.csv experts.csv --each 1 --reasons; says '需1,甲,'; says '需2,乙,'; says '废水'
awk -F, 'NR > 1 { sum = 0; n = split($4, part, "、"); for (i = 1; i <= n; i++) { k = split(part[i], w, " "); sum += w[k] }
  if (sum != $3) exit 1 }' out && verdict 'reasons add up' yes || verdict 'reasons do not add up' no
run 0 match rank needs.csv experts.csv --threads 2 -o ranked.csv
run 0 match assign ranked.csv; says '需1,甲'; says '需2,乙'
run 64 match rank needs.csv experts.csv --each 0; complains '--each'
run 65 match rank "$data" experts.csv; complains '编号'
run 66 match rank needs.csv nowhere.csv

# Who gets whom: places, locks, promises to groups.
printf '需求,供给,得分,组,锁定,名额\n焊接,张三,900,杨舍,,\n焊接,李四,850,杨舍,,\n废水,张三,800,锦丰,,\n轴承,张三,950,杨舍,,\n' >pairs.csv
run 0 match assign pairs.csv; says '焊接,李四,850'; says '轴承,张三,950'; complains '2 对，得分合计 1800'
run 0 match assign pairs.csv --floor 1; says '废水,张三,800'; complains '得分合计 1650'
run 0 match assign pairs.csv --places 2 --each 2; complains '得分合计 2700'
run 0 match assign pairs.csv --lang en; complains 'one more place, at most 1 pairs'
printf 'need,supply,score,locked\na,x,1,in\nb,x,9,\na,y,5,out\n' >locks.csv
run 0 match assign locks.csv; says 'a,x,1,定'; complains '1 对，得分合计 1；1 个需求没有配上'
run 65 match assign locks.csv --places 0; complains '超过了名额'
printf 'need,supply\na,x\n' >bad.csv
run 65 match assign bad.csv; complains '得分'
printf 'need,supply,score\na,x,much\n' >bad.csv
run 65 match assign bad.csv; complains '第 2 行'
run 64 match assign pairs.csv --each 0; complains '--each'
run 66 match assign nowhere.csv

total
