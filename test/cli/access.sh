#!/bin/sh
# Accounts and tokens as their administrator meets them, and where secrets must not turn up.
# Usage: access.sh GECI ROOT. The last line is `N passed, N failed, N skipped`.
. "$(dirname "$0")/ask.sh"
export GECI_DB=sqlite:x.db

canary='Kanarie-97 zingt bij dageraad'
printf '%s\n' "$canary" >p
run 0 init --county 320582 张家港市
run 0 user add li.wei --role officer --title 李伟 --password-file p
complains 'x.db.access-key'
[ "$(stat -c %a x.db.access-key)" = 600 ] && verdict 'key is its owner'"'"'s alone' yes || verdict 'mode of the key' no
run 65 user add li.wei --role officer --password-file p
complains ACCESS-TAKEN
run 0 user add town1 --role 区镇 --locality 金港街道 --password-file p
run 65 user add town2 --role town --password-file p
complains ACCESS-PLACE
run 64 user add nobody --password-file p
complains system_admin
printf 'password1234\n' >weak
run 65 user add weak --role officer --password-file weak
complains ACCESS-PASSWORD
run 64 user add silent --role officer
run 0 user role li.wei --role reviewer
run 77 user role li.wei --role system_admin
complains 三员互斥
run 0 user role li.wei --no-role officer
run 0 user passwd li.wei --password-file p
run 0 user lock town1 --note 借调
run 0 user list
says 复核
says 停用
says 金港街道
run 66 user lock nobody
run 0 user close town1
run 77 user unlock town1
run 66 user totp-off li.wei
complains ACCESS-NO-TOTP
run 64 token new li.wei --title 报表 --scopes all
run 65 token new li.wei --title 报表 --days 1000
complains ACCESS-TOKEN-DAYS
run 0 token new li.wei --title 报表 --scopes read,export --days 30
token=$(cat out)
case $token in geci_*) verdict token yes ;; *) verdict 'a token' no ;; esac
: >all # there it had to be shown
run 0 token list
says read,export
number=$(sed -n 's/^ *\([0-9][0-9]*\).*/\1/p' out)
run 0 token revoke "$number"
run 66 token revoke "$number"
complains ACCESS-ENDED
mv x.db.access-key elsewhere
printf 'rubbish\n' >x.db.access-key
run 65 user passwd li.wei --password-file p
complains ACCESS-KEY
rm x.db.access-key
GECI_ACCESS_KEY=elsewhere run 0 user passwd li.wei --password-file p
run 0 audit verify
run 0 audit export -o acts.jsonl
run 0 backup -o copy.db

# Of the secrets nothing is in what was said, in the acts, in a backup, in the store.
key=$(cat elsewhere)
for secret in "$canary" "$token" "${token#geci_}" "$key"; do
  for file in all acts.jsonl copy.db copy.db.manifest x.db x.db-wal; do
    [ -e "$file" ] || continue
    if grep -qaF -- "$secret" "$file"; then verdict "a secret in $file" no; else verdict "$file" yes; fi
  done
done
# A password's hash is in the store, and not in what leaves it.
grep -qaF '$1$' x.db copy.db && verdict 'hashes are where they belong' yes || verdict 'no hash at all' no
grep -qF '$1$' acts.jsonl && verdict 'a hash among the acts' no || verdict acts yes

total
