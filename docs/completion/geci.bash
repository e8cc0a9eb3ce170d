# bash completion for geci; made by `geci docs completion bash`
_geci() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
  local verb=${COMP_WORDS[1]} options= operands= files= formats=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W 'check fmt test score policy explain whatif seek compare robust template preview convert sample demo doctor docs help version init kind import export list snapshot history fact evidence twins merge split run verify ledger settle user token audit backup restore migrate serve mcp api search match case' -- "$cur"))
    return
  fi
  case $verb in
    kind) if [ "$COMP_CWORD" -eq 2 ]; then
      COMPREPLY=($(compgen -W 'set list ' -- "$cur"))
      return
    fi
    verb="$verb ${COMP_WORDS[2]}" ;;
    fact) if [ "$COMP_CWORD" -eq 2 ]; then
      COMPREPLY=($(compgen -W 'verify return ' -- "$cur"))
      return
    fi
    verb="$verb ${COMP_WORDS[2]}" ;;
    evidence) if [ "$COMP_CWORD" -eq 2 ]; then
      COMPREPLY=($(compgen -W 'get ' -- "$cur"))
      return
    fi
    verb="$verb ${COMP_WORDS[2]}" ;;
    run) if [ "$COMP_CWORD" -eq 2 ]; then
      COMPREPLY=($(compgen -W 'new compute review publish appeal decide finish withdraw list show results receipt ' -- "$cur"))
      return
    fi
    verb="$verb ${COMP_WORDS[2]}" ;;
    ledger) if [ "$COMP_CWORD" -eq 2 ]; then
      COMPREPLY=($(compgen -W 'open budget lower allocate rate cap life group issue spend expire convert settle reserve joint post void lapse pay amend approve cancel batch reconcile clawback recover reverse balance statement payments verify trace ' -- "$cur"))
      return
    fi
    verb="$verb ${COMP_WORDS[2]}" ;;
    settle) if [ "$COMP_CWORD" -eq 2 ]; then
      COMPREPLY=($(compgen -W 'simulate ' -- "$cur"))
      return
    fi
    verb="$verb ${COMP_WORDS[2]}" ;;
    user) if [ "$COMP_CWORD" -eq 2 ]; then
      COMPREPLY=($(compgen -W 'add passwd role lock unlock close totp-off list ' -- "$cur"))
      return
    fi
    verb="$verb ${COMP_WORDS[2]}" ;;
    token) if [ "$COMP_CWORD" -eq 2 ]; then
      COMPREPLY=($(compgen -W 'new revoke list ' -- "$cur"))
      return
    fi
    verb="$verb ${COMP_WORDS[2]}" ;;
    audit) if [ "$COMP_CWORD" -eq 2 ]; then
      COMPREPLY=($(compgen -W 'verify list show export key sign anchor schema ' -- "$cur"))
      return
    fi
    verb="$verb ${COMP_WORDS[2]}" ;;
    search) if [ "$COMP_CWORD" -eq 2 ]; then
      COMPREPLY=($(compgen -W 'eval ' -- "$cur"))
      return
    fi
    verb="$verb ${COMP_WORDS[2]}" ;;
    match) if [ "$COMP_CWORD" -eq 2 ]; then
      COMPREPLY=($(compgen -W 'eval train for rank assign round plan lock limit propose publish ' -- "$cur"))
      return
    fi
    verb="$verb ${COMP_WORDS[2]}" ;;
    case) if [ "$COMP_CWORD" -eq 2 ]; then
      COMPREPLY=($(compgen -W 'types open do paper list tasks show measures tick ' -- "$cur"))
      return
    fi
    verb="$verb ${COMP_WORDS[2]}" ;;
  esac
  case $verb in
    'check') options='--json --quiet --lang --help' files=yes ;;
    'fmt') options='--check --stdout --quiet --lang --help' files=yes ;;
    'test') options='--json --quiet --lang --help' files=yes ;;
    'score') options='--data --run --db --county --as-of --period --output --format --json --all --lenient --threads --quiet --lang --help' files=yes formats='csv json table' ;;
    'policy') options='--data --db --county --id --past --ahead --as-of --period --output --json --lenient --threads --quiet --lang --help' files=yes ;;
    'explain') options='--data --run --db --county --id --item --format --json --as-of --period --output --lenient --quiet --lang --help' files=yes formats='text json html' ;;
    'whatif') options='--data --run --db --county --id --set --rerank --json --as-of --period --lenient --quiet --lang --help' files=yes ;;
    'seek') options='--data --run --db --county --id --goal --cost --json --as-of --period --lenient --quiet --lang --help' files=yes ;;
    'compare') options='--data --db --county --by --as-of --period --all --json --lenient --threads --quiet --lang --help' files=yes ;;
    'robust') options='--data --run --db --county --item --draws --seed --weights --bounds --top --as-of --period --all --json --output --lenient --threads --quiet --lang --help' files=yes ;;
    'template') options='--output --period --quiet --lang --help' files=yes ;;
    'preview') options='--data --failed --json --quiet --lang --help' files=yes ;;
    'convert') options='--output --quiet --lang --help' files=yes ;;
    'sample') options='--kind --n --seed --period --output --quiet --lang --help' ;;
    'demo') options='--db --seed --scale --threads --access-key --quiet --lang --help' ;;
    'doctor') options='--db --json --quiet --lang --help' ;;
    'docs') options='--lang --help' operands='diagnostics man audit-schema language-tables completion' ;;
    'help') options='--lang --help' files=yes ;;
    'version') options='--json --lang --help' ;;
    'init') options='--db --county --actor --quiet --lang --help' files=yes ;;
    'kind set') options='--db --county --actor --quiet --lang --help' files=yes ;;
    'kind list') options='--db --county --quiet --lang --help' ;;
    'import') options='--good-rows --failed --evidence --as-of --period --source --reporter --db --county --actor --quiet --lang --help' files=yes ;;
    'export') options='--output --as-of --all --db --county --quiet --lang --help' files=yes ;;
    'list') options='--where --find --sort --fields --limit --undecided --by --period --format --json --output --db --county --quiet --lang --help' files=yes formats='csv json table' ;;
    'snapshot') options='--output --as-of --db --county --actor --quiet --lang --help' files=yes ;;
    'history') options='--db --county --quiet --lang --help' files=yes ;;
    'fact verify') options='--act --note --db --county --actor --quiet --lang --help' files=yes ;;
    'fact return') options='--act --note --db --county --actor --quiet --lang --help' files=yes ;;
    'evidence get') options='--output --db --county --quiet --lang --help' files=yes ;;
    'twins') options='--output --all --db --county --quiet --lang --help' files=yes ;;
    'merge') options='--note --actor --db --county --quiet --lang --help' files=yes ;;
    'split') options='--note --actor --db --county --quiet --lang --help' files=yes ;;
    'run new') options='--title --as-of --period --replaces --today --db --county --actor --quiet --lang --help' files=yes ;;
    'run compute') options='--threads --today --db --county --actor --quiet --lang --help' files=yes ;;
    'run review') options='--note --today --db --county --actor --quiet --lang --help' files=yes ;;
    'run publish') options='--days --from --calendar --today --db --county --actor --quiet --lang --help' files=yes ;;
    'run appeal') options='--id --note --today --db --county --actor --quiet --lang --help' files=yes ;;
    'run decide') options='--note --today --db --county --actor --quiet --lang --help' files=yes ;;
    'run finish') options='--today --db --county --actor --quiet --lang --help' files=yes ;;
    'run withdraw') options='--note --today --db --county --actor --quiet --lang --help' files=yes ;;
    'run list') options='--json --db --county --quiet --lang --help' ;;
    'run show') options='--db --county --quiet --lang --help' files=yes ;;
    'run results') options='--output --db --county --quiet --lang --help' files=yes ;;
    'run receipt') options='--id --db --county --quiet --lang --help' files=yes ;;
    'verify') options='--threads --db --county --quiet --lang --help' files=yes ;;
    'ledger open') options='--level --line --policy --year --budget-year --client --today --actor --db --county --quiet --lang --help' ;;
    'ledger budget') options='--level --line --year --amount --decision --client --today --actor --db --county --quiet --lang --help' ;;
    'ledger lower') options='--level --line --year --amount --decision --client --today --actor --db --county --quiet --lang --help' ;;
    'ledger allocate') options='--level --policy --year --amount --client --today --actor --db --county --quiet --lang --help' ;;
    'ledger rate') options='--policy --year --amount --high --decision --client --today --actor --db --county --quiet --lang --help' ;;
    'ledger cap') options='--policy --year --group --amount --client --today --actor --db --county --quiet --lang --help' ;;
    'ledger life') options='--policy --years --decision --client --today --actor --db --county --quiet --lang --help' ;;
    'ledger group') options='--subject --group --client --today --actor --db --county --quiet --lang --help' ;;
    'ledger issue') options='--subject --policy --year --points --data --receipt --item --rules --snapshot --evidence --client --today --actor --db --county --quiet --lang --help' ;;
    'ledger spend') options='--subject --policy --year --points --note --client --today --actor --db --county --quiet --lang --help' ;;
    'ledger expire') options='--subject --policy --year --client --today --actor --db --county --quiet --lang --help' ;;
    'ledger convert') options='--subject --policy --year --level --points --decision --item --client --today --actor --db --county --quiet --lang --help' ;;
    'ledger settle') options='--policy --year --decision --set --client --today --actor --db --county --quiet --lang --help' ;;
    'ledger reserve') options='--subject --policy --year --level --amount --decision --item --stages --until --receipt --rules --snapshot --client --today --actor --db --county --quiet --lang --help' ;;
    'ledger joint') options='--subject --policy --year --amount --decision --item --levels --until --receipt --rules --snapshot --client --today --actor --db --county --quiet --lang --help' ;;
    'ledger post') options='--stage --amount --client --today --actor --db --county --quiet --lang --help' files=yes ;;
    'ledger void') options='--stage --note --client --today --actor --db --county --quiet --lang --help' files=yes ;;
    'ledger lapse') options='--client --today --actor --db --county --quiet --lang --help' files=yes ;;
    'ledger pay') options='--amount --payee --bank --account --client --today --actor --db --county --quiet --lang --help' files=yes ;;
    'ledger amend') options='--version --payee --bank --account --client --today --actor --db --county --quiet --lang --help' files=yes ;;
    'ledger approve') options='--version --client --today --actor --db --county --quiet --lang --help' files=yes ;;
    'ledger cancel') options='--note --client --today --actor --db --county --quiet --lang --help' files=yes ;;
    'ledger batch') options='--output --client --today --actor --db --county --quiet --lang --help' ;;
    'ledger reconcile') options='--json --client --today --actor --db --county --quiet --lang --help' files=yes ;;
    'ledger clawback') options='--amount --decision --client --today --actor --db --county --quiet --lang --help' files=yes ;;
    'ledger recover') options='--amount --client --today --actor --db --county --quiet --lang --help' files=yes ;;
    'ledger reverse') options='--note --client --today --actor --db --county --quiet --lang --help' files=yes ;;
    'ledger balance') options='--json --db --county --quiet --lang --help' ;;
    'ledger statement') options='--db --county --quiet --lang --help' files=yes ;;
    'ledger payments') options='--json --db --county --quiet --lang --help' ;;
    'ledger verify') options='--json --db --county --quiet --lang --help' ;;
    'ledger trace') options='--all --json --db --county --quiet --lang --help' files=yes ;;
    'settle simulate') options='--set --data --run --item --by --against --output --json --db --county --quiet --lang --help' ;;
    'user add') options='--role --title --locality --subject --organisation --password-file --access-key --db --county --actor --quiet --lang --help' files=yes ;;
    'user passwd') options='--password-file --access-key --db --county --actor --quiet --lang --help' files=yes ;;
    'user role') options='--role --no-role --db --county --actor --quiet --lang --help' files=yes ;;
    'user lock') options='--note --db --county --actor --quiet --lang --help' files=yes ;;
    'user unlock') options='--note --db --county --actor --quiet --lang --help' files=yes ;;
    'user close') options='--note --db --county --actor --quiet --lang --help' files=yes ;;
    'user totp-off') options='--access-key --db --county --actor --quiet --lang --help' files=yes ;;
    'user list') options='--db --county --quiet --lang --help' ;;
    'token new') options='--title --scopes --days --access-key --db --county --actor --quiet --lang --help' files=yes ;;
    'token revoke') options='--access-key --db --county --actor --quiet --lang --help' files=yes ;;
    'token list') options='--db --county --quiet --lang --help' ;;
    'audit verify') options='--db --anchor --key --json --quiet --lang --help' ;;
    'audit list') options='--db --county --who --verb --object --since --until --quiet --lang --help' ;;
    'audit show') options='--db --county --json --quiet --lang --help' files=yes ;;
    'audit export') options='--db --county --who --verb --object --since --until --output --quiet --lang --help' ;;
    'audit key') options='--key --output --quiet --lang --help' ;;
    'audit sign') options='--db --county --actor --key --quiet --lang --help' ;;
    'audit anchor') options='--db --county --key --output --json --quiet --lang --help' ;;
    'audit schema') options='--quiet --lang --help' ;;
    'backup') options='--db --output --quiet --lang --help' ;;
    'restore') options='--db --quiet --lang --help' files=yes ;;
    'migrate') options='--db --dry-run --quiet --lang --help' ;;
    'serve') options='--listen --trusted --origin --oidc --outgoing --outgoing-ca --model --access-key --access-log --db --county --quiet --lang --help' ;;
    'mcp') options='--actor --model --db --county --quiet --lang --help' ;;
    'api') options='--output --lang --help' operands='openapi typescript matrix' ;;
    'search eval') options='--output --quiet --lang --help' files=yes ;;
    'match eval') options='--train --output --quiet --lang --help' files=yes ;;
    'match train') options='--actor --db --county --quiet --lang --help' files=yes ;;
    'match for') options='--with --limit --db --county --output --quiet --lang --help' files=yes ;;
    'match rank') options='--each --reasons --threads --output --quiet --lang --help' files=yes ;;
    'match assign') options='--each --places --floor --output --quiet --lang --help' files=yes ;;
    'match round') options='--with --where --title --each --places --split --floor --floors --actor --db --county --quiet --lang --help' files=yes ;;
    'match plan') options='--each --places --split --floor --floors --output --db --county --quiet --lang --help' files=yes ;;
    'match lock') options='--note --actor --db --county --quiet --lang --help' files=yes ;;
    'match limit') options='--each --places --split --floor --floors --actor --db --county --quiet --lang --help' files=yes ;;
    'match propose') options='--note --actor --db --county --quiet --lang --help' files=yes ;;
    'match publish') options='--note --actor --db --county --quiet --lang --help' files=yes ;;
    'case types') options='--today --db --county --quiet --lang --help' ;;
    'case open') options='--set --title --parent --note --role --actor --today --db --county --quiet --lang --help' files=yes ;;
    'case do') options='--set --note --role --actor --today --db --county --quiet --lang --help' files=yes ;;
    'case paper') options='--role --actor --today --db --county --quiet --lang --help' files=yes ;;
    'case list') options='--all --subject --today --db --county --quiet --lang --help' files=yes ;;
    'case tasks') options='--role --today --db --county --quiet --lang --help' ;;
    'case show') options='--today --db --county --quiet --lang --help' files=yes ;;
    'case measures') options='--by --today --db --county --quiet --lang --help' files=yes ;;
    'case tick') options='--actor --today --db --county --quiet --lang --help' ;;
  esac
  case $prev in
    --lang) COMPREPLY=($(compgen -W 'zh en' -- "$cur")); return ;;
    --data|-d) COMPREPLY=($(compgen -f -X '!*.csv' -- "$cur") $(compgen -f -X '!*.gcol' -- "$cur") $(compgen -d -- "$cur")); return ;;
    --id) return ;;
    --item) return ;;
    --set) return ;;
    --goal) return ;;
    --cost) COMPREPLY=($(compgen -f -X '!*.csv' -- "$cur") $(compgen -d -- "$cur")); return ;;
    --as-of) return ;;
    --period) return ;;
    --threads) return ;;
    --output|-o) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --failed|-o) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --format) COMPREPLY=($(compgen -W "$formats" -- "$cur")); return ;;
    --kind) COMPREPLY=($(compgen -W 'enterprise' -- "$cur")); return ;;
    --n) return ;;
    --seed) return ;;
    --scale) return ;;
    --draws) return ;;
    --weights) return ;;
    --bounds) return ;;
    --top) return ;;
    --by) return ;;
    --db) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --county) return ;;
    --actor) return ;;
    --run) return ;;
    --title) return ;;
    --note) return ;;
    --days) return ;;
    --from) return ;;
    --calendar) COMPREPLY=($(compgen -f -X '!*.csv' -- "$cur") $(compgen -d -- "$cur")); return ;;
    --replaces) return ;;
    --today) return ;;
    --source) return ;;
    --reporter) return ;;
    --evidence) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --act) return ;;
    --anchor) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --key) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --who) return ;;
    --verb) return ;;
    --object) return ;;
    --since) return ;;
    --until) return ;;
    --subject) return ;;
    --policy) return ;;
    --year) return ;;
    --level) return ;;
    --line) return ;;
    --item) return ;;
    --group) return ;;
    --amount) return ;;
    --points) return ;;
    --high) return ;;
    --decision) return ;;
    --receipt) return ;;
    --rules) return ;;
    --snapshot) return ;;
    --evidence) return ;;
    --levels) return ;;
    --stages) return ;;
    --stage) return ;;
    --version) return ;;
    --until) return ;;
    --years) return ;;
    --budget-year) return ;;
    --payee) return ;;
    --account) return ;;
    --bank) return ;;
    --client) return ;;
    --where) return ;;
    --find) return ;;
    --sort) return ;;
    --fields) return ;;
    --limit) return ;;
    --role) return ;;
    --no-role) return ;;
    --locality) return ;;
    --organisation) return ;;
    --password-file) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --access-key) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --scopes) return ;;
    --listen) return ;;
    --trusted) return ;;
    --origin) return ;;
    --oidc) return ;;
    --outgoing) return ;;
    --outgoing-ca) return ;;
    --model) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --past) return ;;
    --ahead) return ;;
    --train) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --against) return ;;
    --each) return ;;
    --places) return ;;
    --floor) return ;;
    --with) return ;;
    --split) COMPREPLY=($(compgen -W 'whole place chain' -- "$cur")); return ;;
    --floors) return ;;
    --parent) return ;;
    completion) COMPREPLY=($(compgen -W 'bash zsh fish' -- "$cur")); return ;;
  esac
  case $cur in
  -*) COMPREPLY=($(compgen -W "$options" -- "$cur")) ;;
  *)
    [ -z "$operands" ] || COMPREPLY=($(compgen -W "$operands" -- "$cur"))
    [ -z "$files" ] || COMPREPLY=($(compgen -f -- "$cur"))
    [ "$verb" != help ] || COMPREPLY=($(compgen -W 'check fmt test score policy explain whatif seek compare robust template preview convert sample demo doctor docs help version init kind import export list snapshot history fact evidence twins merge split run verify ledger settle user token audit backup restore migrate serve mcp api search match case' -- "$cur"))
    ;;
  esac
}
complete -o filenames -F _geci geci
