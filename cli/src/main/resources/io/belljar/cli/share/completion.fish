# Completion of @program@ for fish. Generated from the program's commands.

# The commands below others, and the options whose value is the next word, each after its command.
set -g @function@_commands \
    @commands@
set -g @function@_valued \
    @valued@

# Prints the command that has been typed, and how many operands.
function @function@_typed
    set -l at @program@
    set -l operands 0
    set -l skip no
    set -l ended no
    for word in (commandline -opc)[2..-1]
        if test $skip = yes
            set skip no
        else if test $ended = no; and string match -q -- '-?*' $word
            test $word = --; and set ended yes
            contains -- "$at $word" $@function@_valued; and set skip yes
        else if test $ended = no; and contains -- "$at $word" $@function@_commands
            set at "$at $word"
        else
            set ended yes
            set operands (math $operands + 1)
        end
    end
    echo $at
    echo $operands
end

# Succeeds when this is the command and so many operands are there; with "on", or more.
function @function@_at
    set -l typed (@function@_typed)
    test "$typed[1]" = $argv[1]; or return
    test $typed[2] -eq $argv[2]; and return
    test "$argv[3]" = on; and test $typed[2] -gt $argv[2]
end

function @function@_containers
    set -l words (commandline -opc)
    command $words[1] @containers@ 2>/dev/null
end

# A program first, then whatever it takes.
function @function@_program
    set -l typed (@function@_typed)
    if test $typed[2] -eq 0
        __fish_complete_command
    else
        __fish_complete_path (commandline -ct)
    end
end

complete -c @program@ -f
@table@
