# Completion of dossier for bash, as printed by: dossier completion bash

_dossier() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command='' kind='' number=0 i=1
    local options='' places=() rest='' valued=' @valued@ '
    COMPREPLY=()
    if ((COMP_CWORD > 1)); then
        command=${COMP_WORDS[1]}
    fi
    case $command in
@cases@
    esac
    # bash takes --format=json for three words.
    if [[ $word == '=' ]]; then
        word=''
    elif [[ $before == '=' ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    if [[ $valued == *" $before "* ]]; then
        case "$command $before" in
@values@
        esac
    elif [[ $word == -* ]]; then
        kind="words $options"
    elif ((COMP_CWORD == 1)); then
        mapfile -t COMPREPLY < <(compgen -W '@names@' -- "$word"; compgen -f -- "$word")
        compopt -o filenames
    else
        [[ $command ]] && i=2
        for (( ; i < COMP_CWORD; i++)); do
            if [[ $valued == *" ${COMP_WORDS[i]} "* ]]; then
                ((i++))
                [[ ${COMP_WORDS[i]} == '=' ]] && ((i++))
            elif [[ ${COMP_WORDS[i]} != -?* ]]; then
                ((number++))
            fi
        done
        kind=${places[number]:-$rest}
    fi
    case $kind in
        words\ *) mapfile -t COMPREPLY < <(compgen -W "${kind#words }" -- "$word") ;;
        files) compopt -o default ;;
        folders) compopt -o dirnames ;;
        addresses | themes)
            mapfile -t COMPREPLY < <(
                "${COMP_WORDS[0]/#\~/$HOME}" __complete "$kind" "$word" "${COMP_WORDS[@]:1}" 2>/dev/null | cut -f 1
            )
            [[ $kind == addresses && ${#COMPREPLY[@]} == 0 ]] && compopt -o default
            ;;
    esac
    return 0
}

complete -F _dossier dossier
