# Completion of dossier for fish, as printed by: dossier completion fish

set -g __dossier_commands @names@
set -g __dossier_valued @valued@

function __dossier_is_first
    test (count (commandline -opc)) -eq 1
end

function __dossier_is_in --argument-names command
    set -l words (commandline -opc)
    set -e words[1]
    if contains -- "$words[1]" $__dossier_commands
        test "$words[1]" = "$command"
    else
        test -z "$command"
    end
end

function __dossier_is_at --argument-names command place more
    __dossier_is_in "$command"; or return
    set -l words (commandline -opc)
    set -e words[1]
    test -n "$command"; and set -e words[1]
    set -l number 0
    set -l is_value 0
    for word in $words
        if test $is_value = 1
            set is_value 0
        else if contains -- $word $__dossier_valued
            set is_value 1
        else if not string match -qr -- '^-.' $word
            set number (math $number + 1)
        end
    end
    test $number -eq $place; and return
    test -n "$more"; and test $number -gt $place
end

function __dossier_ask --argument-names kind
    set -l words (commandline -opc)
    set -l program (string replace -r '^~' "$HOME" -- $words[1])
    set -e words[1]
    set -l found (command $program __complete $kind (commandline -ct) $words 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else if test $kind = addresses
        __fish_complete_path (commandline -ct)
    end
end

complete -c dossier -f
@lines@
