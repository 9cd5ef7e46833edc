# Completion of @program@ for bash. Generated from the program's commands.

# What may follow a command: commands, options, the kinds of options' values and of operands.
@function@_describe() {
  case $1 in
@table@  esac
}

# Asks the program itself; the word is as it was typed, with a tilde or a variable in it.
@function@_ask() {
  local program=${COMP_WORDS[0]}
  [[ $program == '~/'* ]] && program=$HOME/${program:2}
  [[ $program =~ ^\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?(/.*)?$ ]] && program=${!BASH_REMATCH[1]}${BASH_REMATCH[2]}
  "$program" "$@"
}

# Adds what begins with $current and is of these kinds, separated by commas.
@function@_add() {
  local kind found wanted
  IFS=, read -ra wanted <<<"$1"
  for kind in "${wanted[@]}"; do
    found=()
    case $kind in
    file)
      compopt -o filenames 2>/dev/null
      mapfile -t found < <(compgen -f -- "$current")
      ;;
    directory)
      compopt -o filenames 2>/dev/null
      mapfile -t found < <(compgen -d -- "$current")
      ;;
    program) mapfile -t found < <(compgen -c -- "$current" | sort -u) ;;
    container) mapfile -t found < <(compgen -W "$(@function@_ask @containers@ 2>/dev/null)" -- "$current") ;;
    pid) mapfile -t found < <(compgen -W "$(cd /proc && echo [0-9]*)" -- "$current") ;;
    user) mapfile -t found < <(compgen -u -- "$current") ;;
    signal) mapfile -t found < <(compgen -W "$(kill -l | grep -o 'SIG[A-Z0-9]*' | sed s/SIG//)" -- "$current") ;;
    command)
      local commands options values operands
      @function@_describe @program@
      mapfile -t found < <(compgen -W "$commands" -- "$current")
      ;;
    topic) mapfile -t found < <(compgen -W '@topics@' -- "$current") ;;
    =*)
      mapfile -t found < <(compgen -W "${kind#=}" -- "$current")
      [[ $kind == *: ]] && compopt -o nospace 2>/dev/null
      ;;
    esac
    COMPREPLY+=("${found[@]}")
  done
}

# Sets kinds to those of an option's value; fails when it has none.
@function@_value() {
  local entry entries
  read -ra entries <<<"$values"
  for entry in "${entries[@]}"; do
    if [[ $entry == "$1="* ]]; then
      kinds=${entry#*=}
      return
    fi
  done
  return 1
}

@function@() {
  local commands='' options='' values='' operands='' at=@program@ kinds='' word
  local current=${COMP_WORDS[COMP_CWORD]} i place=0 ended='' first=0
  COMPREPLY=()
  @function@_describe "$at"
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ -n $ended || $word != -?* ]]; then
      if [[ -z $ended && " $commands " == *" $word "* ]]; then
        at="$at $word"
        @function@_describe "$at"
      else
        # Options come before the first operand.
        ended=1
        ((place++ == 0)) && first=$i
      fi
    elif [[ $word == -- ]]; then
      ended=1
    elif @function@_value "$word"; then
      # Bash splits --option=value at the equals sign.
      if [[ ${COMP_WORDS[i + 1]} == = ]]; then
        ((i + 1 == COMP_CWORD)) && current=''
        ((i + 2 >= COMP_CWORD)) && { @function@_add "${kinds#\?}"; return; }
        ((i += 2))
      elif [[ $kinds != \?* ]]; then
        ((i + 1 == COMP_CWORD)) && { @function@_add "$kinds"; return; }
        ((i++))
      fi
    fi
  done
  if [[ -z $ended && $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
  elif [[ -n $commands ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
  else
    @function@_operand
  fi
}

# Completes the operand number $place.
@function@_operand() {
  local wanted at
  read -ra wanted <<<"$operands"
  # The last of them goes on, if it has a plus.
  for ((at = 0; at < place && at + 1 < ${#wanted[@]}; at++)); do
    [[ ${wanted[at]} == program+ ]] && break
  done
  if ((at == place)); then
    @function@_add "${wanted[at]%+}"
  elif [[ ${wanted[at]} == program+ ]]; then
    # What follows a program is its business.
    if declare -F _command_offset >/dev/null; then
      _command_offset $((first + at))
    else
      @function@_add file
    fi
  elif [[ ${wanted[at]} == *+ ]]; then
    @function@_add "${wanted[at]%+}"
  fi
}

complete -F @function@ @program@
