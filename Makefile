# A thin front for meson and ninja. Everything is built under build/, nothing elsewhere.
#   make run PORT=9000   from this port on; RUN_ONCE=1 asks the server a few questions and ends
#   make test T=uscc     only tests whose name contains uscc
#   make fuzz FUZZ_S=60  seconds for each target
#   make trust FULL=1    as before a release; SEED=N for others
#   make mutate N=50     defects to try; FULL=1 for all, FILES="pay.c" for some, SEED=N for others
#   make bench N=100000  rows, or several: N=10000,100000
#   make scale N=...     the same, 10,000 to 10,000,000 unless told
export CLANG ?= clang-14
export CLANG_FORMAT ?= clang-format-14
export CLANG_TIDY ?= clang-tidy-14
export T FUZZ_S N PEERS SEED FULL FILES FRESH
.DEFAULT_GOAL := help
#   make browser J=officer  one journey; GECI=http://… against a server that runs already
.PHONY: web web-dev browser help setup run test check lint fmt fuzz bench scale whatif cover mcdc mutate trust batteries san wasm deb docs clean accept build clang

help: ## 列出这些目标 / list these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: ## 安装缺少的软件包（Debian 12）/ install what is missing
	@tools/setup.sh all

run: ## 构建、演示，并在本机开通示范县 / build, show, serve the demonstration county on loopback
	@tools/setup.sh run
	@[ "$${WEB:-1}" = 0 ] || { tools/setup.sh web && tools/web.sh; }
	@tools/build.sh gcc geci
	@tools/run.sh

web: ## 构建网页，随程序走（WEB=0 make run 不要）/ build the web client, which the program carries
	@tools/setup.sh web
	@tools/web.sh
	@tools/build.sh gcc geci

web-dev: ## 改网页：边改边看；GECI=http://… 为服务 / work on the web client: a server that reloads
	@tools/setup.sh web
	@tools/web.sh prepare
	@cd web/app && PATH="$$(../../tools/node.sh):$$PATH" npm run dev

browser: web ## 在浏览器里走一遍；J=名字 / journeys in a real browser; J=NAME one of them
	@tools/setup.sh browser
	@tools/browser.sh $(J)

test: ## 全部测试 / every test; T=NAME runs some
	@tools/setup.sh test
	@tools/test.sh gcc

check: lint san test ## 提交之前须通过 / what a commit must pass

lint: ## 层次、格式、静态分析 / layers, formatting, static analysis
	@tools/setup.sh all
	@tools/lint.sh

fmt: ## 排版源代码 / reformat the sources in place
	@tools/setup.sh all
	@tools/sources.sh | xargs $(CLANG_FORMAT) -i

fuzz: ## 模糊测试，每个目标 FUZZ_S 秒 / libFuzzer, FUZZ_S seconds a target
	@tools/setup.sh all
	@tools/fuzz.sh

bench: ## 与 C、DuckDB 等比快慢；N=行数 / measure beside C, DuckDB and others; N=ROWS
	@tools/bench.sh

scale: ## 一万至一千万行，耗时按行数的几次方增长 / 10^4 to 10^7 rows: how CPU time grows with them
	@N=$${N:-10000,100000,1000000,10000000} PEERS=$${PEERS:-geci} tools/bench.sh

whatif: ## 一个假设要多久；N=主体数 / how long a what-if takes; N=SUBJECTS
	@tools/bench_whatif.sh

cover: ## 分支覆盖率，引擎和账须达 95% / branch coverage, 95 % for the engine and the ledger
	@tools/setup.sh all
	@tools/cover.sh

mcdc: ## 账的 MC/DC（要 clang-19）/ MC/DC of the ledger; wants clang-19, installs nothing
	@tools/setup.sh test
	@tools/mcdc.sh

mutate: ## 账的变异测试；N=个数 SEED= FULL=1 / do the tests notice small defects in the ledger
	@tools/setup.sh test
	@tools/mutate.sh

trust: ## 可靠性：杀进程、断电、坏盘、缺内存、篡改；FULL=1 为长的 / kills, power cuts, faults, tampering
	@tools/setup.sh test
	@tools/build.sh gcc geci trust
	@test/trust/run.sh build/gcc $(FULL:1=full)

batteries: ## 攻击工具：sqlmap、wapiti、ffuf、SSRF、炸弹；FULL=1 为长的 / attack tools against a running server
	@tools/setup.sh test
	@tools/build.sh gcc geci test/trust/serve_world
	@test/batteries/run.sh build/gcc/geci build/gcc/test/trust/serve_world $(FULL:1=--full)

san: ## 在 ASan、UBSan 之下全部测试 / every test under ASan and UBSan
	@tools/setup.sh all
	@tools/test.sh san

wasm: ## 编成 WebAssembly：build/wasm/geci.wasm / the engine for browsers
	@tools/setup.sh wasm
	@tools/wasm.sh

deb: ## 做成 Debian 包：build/geci_*.deb / a Debian package
	@tools/deb.sh

docs: ## 重写由程序生成的文档 / rewrite the documents that the program makes
	@tools/setup.sh run
	@tools/build.sh gcc geci
	@tools/docs.sh build/gcc/geci .

accept: ## 以现有结果为准，改写黄金用例 / take today's results as the golden ones
	@tools/setup.sh test
	@GECI_ACCEPT=1 tools/test.sh gcc golden

clean: ## 删去 build/ / remove build/
	@rm -rf build

build: # for working: the program and every test binary, gcc
	@tools/setup.sh test
	@tools/build.sh gcc
clang: # the same with clang
	@tools/setup.sh all
	@tools/build.sh clang
