#!/usr/bin/env bash
# sort -u with the locale en_US.UTF-8: of three Korean names one is left; of three Chinese or Greek ones, all three.
#
# Version    GNU C library 2.36 and later with GNU coreutils (seen with 2.36 and 9.1, and with 2.43 and 9.10,
#            30 November 2026). de_DE, fr_FR and zh_CN are like en_US; ko_KR and C.UTF-8 keep all three.
# Behaviour  One expects that two texts are equal in a locale only if they are the same, or at least look much alike:
#            German or French letters are so, and so are emoji. To the common table of collation all Hangul syllables
#            are one and the same, as are 67,000 of the rarer Chinese characters and some newer scripts. strcoll says 0
#            and strxfrm gives one key for them, so that "sort -u" drops lines, and a list that is sorted by
#            locale.strxfrm leaves Korean names in the order in which they came. uniq, which compares bytes, is right.
# So         lists of names are made unique, and joined, by code points (LC_ALL=C), never by a locale.
# Output     en_US.UTF-8  Korean 1 of 3   Chinese 3 of 3   Greek 3 of 3   emoji 3 of 3
#            C.UTF-8      Korean 3 of 3   Chinese 3 of 3   Greek 3 of 3   emoji 3 of 3
# Needs      sort of GNU coreutils, and localedef with the source of en_US (Debian: locales).
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
if ! sort --version 2>/dev/null | grep -q GNU || ! localedef -i en_US -f UTF-8 "$room/en_US.UTF-8" 2>/dev/null; then
    echo "skipped: sort of GNU coreutils, or localedef with the source of en_US, is not there"
    exit 77
fi

left() { # locale, its three names
    printf '%s\n' "${@:2}" | LOCPATH="$room" LC_ALL="$1" sort -u | wc -l
}
getconf GNU_LIBC_VERSION
sort --version | head -n 1
seen=$(for locale in en_US.UTF-8 C.UTF-8; do
    echo "$locale: Korean $(left $locale 김 박 이), Chinese $(left $locale 金 朴 李)," \
        "Greek $(left $locale Άννα Βάσω Γιώργος), emoji $(left $locale 😀 😁 😂) of 3"
done)
echo "$seen"
if [ "$seen" != "en_US.UTF-8: Korean 1, Chinese 3, Greek 3, emoji 3 of 3
C.UTF-8: Korean 3, Chinese 3, Greek 3, emoji 3 of 3" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
