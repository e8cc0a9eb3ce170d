#!/bin/sh
# Makes build/geci_VERSION_ARCH.deb of the program, its manual and what an operator copies.
# Usage: tools/deb.sh; the same sources and compiler give the same bytes.
set -eu
cd "$(dirname "$0")/.."
tools/setup.sh deb
[ "${WEB:-1}" = 0 ] || { tools/setup.sh web && tools/web.sh; }
tools/build.sh gcc geci
umask 022
root=$PWD/build/deb/root
rm -rf build/deb
mkdir -p build/deb/debian "$root/DEBIAN"
put() { # mode, from, to
  mkdir -p "$root/$(dirname "$3")"
  install -m "$1" "$2" "$root/$3"
}
put 755 build/gcc/geci usr/bin/geci
strip "$root/usr/bin/geci"
put 644 packaging/systemd/geci.service lib/systemd/system/geci.service
put 644 packaging/systemd/geci.socket lib/systemd/system/geci.socket
put 644 docs/completion/geci.bash usr/share/bash-completion/completions/geci
put 644 docs/completion/_geci usr/share/zsh/vendor-completions/_geci
put 644 docs/completion/geci.fish usr/share/fish/vendor_completions.d/geci.fish
put 644 LICENSE usr/share/doc/geci/copyright
for doc in operate audit language ledger spreadsheets diagnostics controls; do
  put 644 docs/$doc.md usr/share/doc/geci/$doc.md
done
put 644 packaging/nginx/geci.conf usr/share/doc/geci/examples/nginx.conf
put 644 packaging/grafana/geci.json usr/share/doc/geci/examples/grafana.json
mkdir -p "$root/usr/share/man/man1"
gzip -9n <docs/geci.1 >"$root/usr/share/man/man1/geci.1.gz"
cp -R packs "$root/usr/share/doc/geci/examples/packs"
install -m 755 packaging/deb/postinst packaging/deb/prerm "$root/DEBIAN"

cp packaging/deb/control build/deb/debian/control
version=$(build/gcc/geci --version | grep -o '[0-9][0-9.]*' | head -n 1)
depends=$(cd build/deb && dpkg-shlibdeps -O -eroot/usr/bin/geci 2>/dev/null | sed 's/^shlibs:Depends=//')
[ -n "$depends" ] || { echo 'dpkg-shlibdeps does not know the libraries' >&2; exit 1; }
arch=$(dpkg --print-architecture)
awk -v version="$version" -v arch="$arch" -v depends="$depends" '
  /^Package:/ { on = 1 }
  !on { if (/^(Section|Priority|Maintainer):/) head = head $0 "\n"; next }
  /^Package:/ { print; print "Version: " version; printf "%s", head; next }
  { sub(/^Architecture: any/, "Architecture: " arch); sub(/\$\{shlibs:Depends\}/, depends); print }
' packaging/deb/control >"$root/DEBIAN/control"
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH
dpkg-deb --root-owner-group -Zxz --build "$root" "build/geci_${version}_$arch.deb" >/dev/null
echo "build/geci_${version}_$arch.deb"
