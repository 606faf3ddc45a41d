#compdef dossier
# Completion of dossier for zsh, as printed by: dossier completion zsh

_dossier_ask() {
    local -a found
    local line
    local program=${dossier_words[1]/#\~/$HOME}
    for line in ${(f)"$($program __complete $1 "${(Q)PREFIX}" "${(@Q)dossier_words[2,-1]}" 2>/dev/null)"}; do
        found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    done
    if (( $#found )); then
        _describe -t $1 $1 found
    elif [[ $1 == addresses ]]; then
        _files
    fi
}

@functions@

_dossier_first() {
    local -a names=(
@names@
    )
    (( CURRENT == 2 )) && _describe -t commands command names
    _files
}

_dossier() {
    local -a dossier_words=("${words[@]}")
    local command=${words[2]}
    if (( CURRENT > 2 && $+functions[_dossier_command_$command] )); then
        words=("${words[1]}" "${(@)words[3,-1]}")
        (( CURRENT-- ))
        _dossier_command_$command
    else
        _arguments -S \
@plain@ \
        '1:command or PATH:_dossier_first'
    fi
}

if [[ $funcstack[1] == _dossier ]]; then
    _dossier "$@"
else
    compdef _dossier dossier
fi
