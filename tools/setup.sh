#!/bin/sh
# Installs what is missing on Debian 12. Usage: tools/setup.sh run|web|browser|deb|test|wasm|all|bench
#   run   what builds and shows the program   test   what also builds and runs the tests
#   web   what also builds the web client, which the program carries
#   browser what also runs its journeys
#   deb   what also makes a Debian package
#   wasm  what builds the engine as WebAssembly and tries it
#   all   what also checks, fuzzes and measures coverage
#   bench what the tests need, and the programs that are measured beside this one
# Silent when nothing is missing. Each need is a probe and the package that answers it, so that a
# tool installed by other means counts as present.
set -eu

NEEDS_run='
command -v gcc          | gcc
test -e /usr/include/stdio.h | libc6-dev
command -v make         | make
command -v meson        | meson
command -v ninja        | ninja-build
command -v pkg-config   | pkg-config
pkg-config --exists sqlite3  | libsqlite3-dev
pkg-config --exists libpq    | libpq-dev
pkg-config --exists libcrypto | libssl-dev
pkg-config --exists expat      | libexpat1-dev
pkg-config --exists zlib       | zlib1g-dev
pkg-config --exists libseccomp | libseccomp-dev
pkg-config --exists xlsxwriter | libxlsxwriter-dev
pkg-config --exists opencc     | libopencc-dev
test -e /usr/include/bzlib.h   | libbz2-dev
test -e /usr/share/unicode/Unihan_Readings.txt.bz2 | unicode-data
pkg-config --exists libevent   | libevent-dev
pkg-config --exists jansson    | libjansson-dev
pkg-config --exists libsodium  | libsodium-dev
pkg-config --exists pangocairo | libpango1.0-dev
fc-list :lang=zh | grep -q .   | fonts-wqy-microhei
pkg-config --exists libcurl    | libcurl4-openssl-dev
command -v curl         | curl'

NEEDS_deb="$NEEDS_run
command -v dpkg-shlibdeps | dpkg-dev
command -v strip          | binutils"

NEEDS_test="$NEEDS_run
pkg-config --exists cmocka       | libcmocka-dev
command -v pdftotext             | poppler-utils
pkg-config --exists libcmark-gfm | libcmark-gfm-dev
test -e /usr/include/cmark-gfm-core-extensions.h | libcmark-gfm-extensions-dev
ls /usr/lib/postgresql/*/bin/initdb     | postgresql-15
test -x /usr/sbin/nginx          | nginx-light
command -v openssl               | openssl
command -v node                  | nodejs
command -v npm                   | npm"

NEEDS_wasm="$NEEDS_run
command -v clang-14        | clang-14
command -v wasm-ld-14      | lld-14
test -e /usr/include/wasm32-wasi/stdio.h | wasi-libc
ls /usr/lib/llvm-14/lib/clang/14*/lib/wasi/libclang_rt.builtins-wasm32.a | libclang-rt-14-dev-wasm32
command -v wasm-opt        | binaryen
command -v node            | nodejs"

NEEDS_web="$NEEDS_wasm
command -v npm             | npm"

NEEDS_browser="$NEEDS_web
command -v chromium        | chromium
fc-list :lang=zh | grep -q . | fonts-noto-cjk"

NEEDS_all="$NEEDS_test
${NEEDS_wasm#"$NEEDS_run"}
command -v clang-format-14 | clang-format-14
command -v clang-tidy-14   | clang-tidy-14
command -v llvm-symbolizer-14 | llvm-14
ls /usr/lib/llvm-14/lib/clang/14*/lib/linux/libclang_rt.fuzzer-*.a | libclang-rt-14-dev
command -v cppcheck        | cppcheck
command -v gcovr           | gcovr"

# The peers run under Debian's own python3, which is where these packages go.
NEEDS_bench="$NEEDS_test
test -x /usr/bin/python3                | python3
/usr/bin/python3 -c 'import numpy, pandas' | python3-numpy python3-pandas
/usr/bin/python3 -c 'import psycopg2'      | python3-psycopg2
command -v node                         | nodejs
command -v npm                          | npm"

say() { # Chinese, then English
  printf '==> %s\n    %s\n' "$1" "$2" >&2
}

missing() {
  printf '%s\n' "$1" | while IFS='|' read -r probe package; do
    [ -n "$probe" ] || continue
    sh -c "$probe" >/dev/null 2>&1 || printf ' %s' "${package# }"
  done
}

case "${1:-all}" in
run) need=$(missing "$NEEDS_run") ;;
deb) need=$(missing "$NEEDS_deb") ;;
test) need=$(missing "$NEEDS_test") ;;
web) need=$(missing "$NEEDS_web") ;;
browser) need=$(missing "$NEEDS_browser") ;;
wasm) need=$(missing "$NEEDS_wasm") ;;
all) need=$(missing "$NEEDS_all") ;;
bench) need=$(missing "$NEEDS_bench") ;;
*) sed -n '2,9s/^# //p' "$0" >&2; exit 64 ;;
esac
[ -n "$need" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  say "缺少：$need(本脚本只会用 Debian 的 apt-get 安装)" \
    "Missing:$need (this script installs with Debian's apt-get only)"
  exit 69
fi
install="apt-get install -y --no-install-recommends$need"
if [ "$(id -u)" -ne 0 ]; then
  say "缺少：$need。请以 root 运行下面的命令，再重试：" \
    "Missing:$need. Run this as root, then try again:"
  printf '    sudo %s\n' "$install" >&2
  exit 77
fi

export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
step() { # Chinese, English, command...
  say "$1" "$2"
  shift 2
  "$@" </dev/null >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    say "这一步失败：$*" "This step failed: $*"
    exit 69
  }
}
step "更新软件包目录" "Updating the package lists" apt-get update -q
# shellcheck disable=SC2086 -- the list of packages is meant to be split
step "安装：$need" "Installing:$need" $install
say "安装完毕" "Installed"
