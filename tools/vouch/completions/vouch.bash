# bash completion of vouch; made by 'vouch completion bash'
_vouch() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W 'run resume batch merge compare report plot check show keys inspect completion man -h --help --version' -- "$current"))
    return
  fi
  case $previous in
    --log-format) COMPREPLY=($(compgen -W 'text json' -- "$current")); return ;;
    --log-format) COMPREPLY=($(compgen -W 'text json' -- "$current")); return ;;
    --log-format) COMPREPLY=($(compgen -W 'text json' -- "$current")); return ;;
    --log-format) COMPREPLY=($(compgen -W 'text json' -- "$current")); return ;;
    --adjust) COMPREPLY=($(compgen -W 'best bonferroni holm none' -- "$current")); return ;;
    --by) COMPREPLY=($(compgen -W 'segment cohort source' -- "$current")); return ;;
    --theme) COMPREPLY=($(compgen -W 'light dark' -- "$current")); return ;;
    *) ;;
  esac
  case ${COMP_WORDS[1]} in
    run) words='-h --help --set --sweep --no-sweep --allow-outside -o --output --replications --until --shard --seed --strategies --force --append --report --threads --time-limit --json -q --quiet --log-format' ;;
    resume) words='-h --help --report --threads --time-limit --json -q --quiet --log-format' ;;
    batch) words='-h --help -o --output --log --threads --time-limit --force --report --json -q --quiet --log-format' ;;
    merge) words='-h --help -o --output --partial --force --json -q --quiet --log-format' ;;
    compare) words='-h --help -m --metric --baseline --confidence --adjust --pairs --quantiles --controls --by --point --all-points --list --series --json' ;;
    report) words='-h --help -o --output -m --metric --baseline --confidence --point --interactive --figures --force' ;;
    plot) words='-h --help -o --output -m --metric --baseline --confidence --point --width --theme --force' ;;
    check) words='-h --help --set --sweep --no-sweep --allow-outside --json' ;;
    show) words='-h --help --set --sweep --no-sweep --allow-outside --json' ;;
    keys) words='-h --help --markdown --schema' ;;
    inspect) words='-h --help --scenario --json' ;;
    completion) words='-h --help bash zsh fish' ;;
    man) words='-h --help' ;;
    *) return ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _vouch vouch
