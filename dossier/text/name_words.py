"""Words of names that do not name anybody by themselves: titles and offices, months and weekdays, numerals, particles.

Months and weekdays are those of languages that write them with a capital letter; in the others they cannot be taken for
a name.
"""

from functools import lru_cache
from typing import Final

from dossier.text.late_patterns import compile_late

_MONTHS: Final = """
January February March April May June July August September October November December
Januar Jänner Februar Feber März Mai Juni Juli Oktober Dezember
Januari Februari Maret Agustus Desember
Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος Δεκέμβριος
"""
_WEEKDAYS: Final = """
Monday Tuesday Wednesday Thursday Friday Saturday Sunday
Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag
Senin Selasa Rabu Kamis Jumat Sabtu Minggu
Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή Σάββατο Κυριακή
"""
_TITLES: Final = """
President Vice Prime Minister Secretary Chancellor Premier Chairman Chairwoman Chairperson Governor Mayor Senator
Congressman Congresswoman Representative Commissioner Ambassador Attorney Director Deputy Chief Judge Justice Speaker
General Colonel Captain Major Lieutenant Sergeant Corporal Private Admiral Commander Commodore Brigadier Marshal Officer
Inspector Detective Constable Sheriff
Professor Doctor Prof Dr Mr Mrs Ms Miss Mister Madam Madame Mademoiselle Monsieur Sir Dame Lord Lady Hon Honourable
Honorable Esq Esquire Rev Reverend Father Mother Sister Brother Bishop Archbishop Cardinal Pope Rabbi Imam Sheikh Sheik
Shaikh Ayatollah Mullah Hajj Haji Emir Sultan Shah King Queen Prince Princess Emperor Empress Duke Duchess Count
Countess Baron Baroness Earl Viscount Tsar Saint PhD
Präsident Präsidentin Minister Ministerin Kanzler Kanzlerin Bürgermeister Bürgermeisterin Oberbürgermeister
Oberbürgermeisterin Senatorin Botschafter Botschafterin Abgeordneter Abgeordnete Sprecher Sprecherin Sekretär Sekretärin
Staatssekretär Staatssekretärin Vorsitzender Vorsitzende Direktor Direktorin Professorin Doktor Herr Frau Papst Kardinal
Bischof Erzbischof König Königin Prinz Prinzessin Kaiserin Fürst Fürstin Freiherr Gräfin Oberst Hauptmann Leutnant
Kommissar Kommissarin Richter Richterin Staatsanwalt Staatsanwältin Anwalt Pfarrer Pfarrerin Polizeipräsident Leiter
Président Présidente Ministre Chancelier Maire Sénateur Sénatrice Député Députée Général Capitaine Professeur Docteur
Presidente Ministro Ministra Canciller Alcalde Alcaldesa Senador Senadora Diputado Diputada Señor Señora Doña Doctora
Presidenta Signor Signora Onorevole Sindaco Senatore Cardinale Avvocato Dottor Dottoressa Professoressa
Senhor Senhora Presidentschap Meneer Mevrouw Burgemeester Koning Koningin Statsminister Bapak Datuk
Πρόεδρος Υπουργός
Президент Министр Премьер Генерал Господин Госпожа
"""
# These are surnames, too, and no titles behind a name.
_SHORT_TITLES: Final = frozenset(("adm", "capt", "cdr", "col", "gen", "gov", "insp", "maj", "rep", "sen", "sgt"))
# The ends of German compounds such as Außenminister.
_GERMAN_OFFICES: Final = (
    *("präsident", "minister", "kanzler", "sekretär", "direktor", "kommissar", "sprecher", "botschafter"),
    *("bürgermeister", "beauftragter", "general", "inspekteur", "vorsitzender", "bischof"),
)
_ROMAN_DIGITS: Final = "IVXLCDM"
_NUMERAL: Final = compile_late(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_SUFFIXES: Final = frozenset(("jr", "sr", "jnr", "snr", "filho", "neto", "júnior"))
_NEVER_NAMES: Final = frozenset(f"{_MONTHS} {_WEEKDAYS} {_TITLES}".casefold().split())

_PARTICLE_LIST: Final = """
af al av abu bin bint binti ibn ben d da das de degli dei del dela della delle dello den der di do dos du el
het l la las le les lo los op san santa st ste te ten ter tot 't van vom von zu zum zur un ul ould
"""
_PARTICLES: Final = frozenset(_PARTICLE_LIST.split())
# As the first word of a name, these are first names.
_FIRST_NAMES_TOO: Final = frozenset(("ben", "della", "del", "san"))
_JOINED_PARTICLES: Final = {
    "-": frozenset(("al", "el", "ad", "ar", "as", "ash", "at", "az", "an", "ul", "ibn", "bin", "abu")),
    '"': frozenset(("d", "l", "dell", "dall", "nell", "all", "de", "del")),
}
"""The particles that are joined to a word by a hyphen, and by an apostrophe in its normal form."""


@lru_cache(maxsize=4096)
def is_title_or_date(word: str, is_last: bool) -> bool:
    """Return whether a word of a name, its last one or another, is a title, office, month, weekday or Roman numeral."""
    bare = word.rstrip(".")
    small = bare.casefold()
    if not is_last and small in _SHORT_TITLES:
        return True
    return small in _NEVER_NAMES or _is_numeral(bare) or _is_german_office(small)


def _is_german_office(small: str) -> bool:
    """Return whether a word in small letters is a German compound for an office, of men or women."""
    # Without its first letter, so that something stands before the end.
    return small[1:].removesuffix("in").endswith(_GERMAN_OFFICES)


def _is_numeral(word: str) -> bool:
    """Return whether a word is a Roman numeral."""
    # Few words consist of these letters alone, so that the pattern is seldom needed.
    return bool(word) and not word.strip(_ROMAN_DIGITS) and _NUMERAL().fullmatch(word) is not None


def is_suffix(word: str) -> bool:
    """Return whether a word stands behind a surname without being a part of it, such as Jr. or III."""
    bare = word.strip(".,")
    return bare.casefold() in _SUFFIXES or _is_numeral(bare)


def is_particle(word: str, is_first: bool) -> bool:
    """Return whether a word of a name, its first one or another, is a particle: van, de, bin and the like."""
    small = word.casefold()
    return small in _PARTICLES and not (is_first and small in _FIRST_NAMES_TOO)


def split_particle(word: str) -> tuple[str, str]:
    """Return the particle joined to a word by a hyphen or an apostrophe, and the rest: "al-", "Masri".

    The particle is "" if there is none. `word` is in the form in which names are compared.
    """
    for mark, particles in _JOINED_PARTICLES.items():
        before, joined, rest = word.partition(mark)
        # Turkish writes a capital i with a dot.
        if joined and before.casefold().replace("\u0307", "") in particles and rest[:1].isupper():
            return before + mark, rest
    return "", word
