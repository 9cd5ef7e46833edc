#compdef @program@
# Completion of @program@ for zsh. Generated from the program's commands.

# Completes what is of these kinds; other words are meant literally.
@function@_value() {
  local kind
  local -a found
  for kind; do
    case $kind in
    file) _files ;;
    directory) _files -/ ;;
    program) _command_names -e ;;
    container)
      found=(${(f)"$(_call_program containers $service @containers@ 2>/dev/null)"})
      compadd -a found
      ;;
    pid) found=(/proc/<->(N:t)); compadd -a found ;;
    user) _users ;;
    signal) compadd -- ${signals[1,-3]} ;;
    command) found=(@commands@); _describe -t commands command found ;;
    topic) compadd -X topic -- @topics@ ;;
    *:) compadd -S '' -- $kind ;;
    *) compadd -- $kind ;;
    esac
  done
}

@table@
@function@ "$@"
