"""What values of FollowTheMoney may be, so that reading a file changes none of them.

FollowTheMoney cleans every value when it reads it: it removes invisible characters, drops a reference with a `#` or a
`/`, cuts the zone off a time. So each value is written as it is after that, or is left out and counted.
"""

import hashlib
import re
import unicodedata
from itertools import chain
from urllib.parse import urlsplit

from dossier.core.dates.edtf import Date, DatePoint, IntervalShape
from dossier.core.ref import Ref
from dossier.export.certain_dates import convert_to_utc, explain_vagueness, split_clock
from dossier.export.export import Omissions
from dossier.text.messages import abbreviate

NAME_LENGTH, STRING_LENGTH, TEXT_LENGTH, URL_LENGTH = 384, 1024, 65_000, 4096
"""The most code points of a value, by its type."""
_SPACES = re.compile("[\u2000-\u200a\u2028\u2029\u0a00\u1680\u202f\u205f\u3000]")
_REMOVED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u061c\u2060-\u2064\xad\ufeff\ud800-\udfff]")
_QUOTED = re.compile(r"""["'](.*)["']""")
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}(?::(?:[0-9]{1,4}|[1-5][0-9]{4}))?")
_URL = re.compile("[!-~\xa1-\U0010ffff]+")
_WIKIDATA = re.compile("Q[0-9]{1,31}")
# The languages of FollowTheMoney that have a code of two letters, with that of three. It has none for Bokmål.
_CODES = """
    af=afr am=amh ar=ara az=aze be=bel bn=ben bs=bos bg=bul ca=cat cs=ces da=dan de=deu el=ell en=eng et=est fa=fas
    fi=fin fr=fra ga=gle he=heb hi=hin hr=hrv hu=hun hy=hye id=ind is=isl it=ita ja=jpn kn=kan ka=kat kk=kaz km=khm
    ky=kir ko=kor lo=lao lv=lav lt=lit lb=ltz mk=mkd mt=mlt mn=mon ms=msa my=mya ne=nep nl=nld no=nor pl=pol pt=por
    ps=pus ro=ron ru=rus si=sin sk=slk sl=slv es=spa sq=sqi sr=srp sw=swa sv=swe ta=tam te=tel tg=tgk tl=tgl th=tha
    tk=tuk tr=tur uk=ukr ur=urd uz=uzb vi=vie zh=zho
"""
_LANGUAGES = dict(pair.split("=") for pair in _CODES.split())
_LONG_CODES = frozenset((*_LANGUAGES.values(), "cnr", "fil", "mul"))


def make_entity_id(*parts: str | Ref) -> str:
    """Return the id of an entity: the same in every export, and of letters and digits alone."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:40]


def find_wikidata(same_as: tuple[tuple[str, str], ...]) -> str:
    """Return the Wikidata number among the keys with their texts; "" if there is none."""
    return next((text for key, text in same_as if key == "wikidata" and _WIKIDATA.fullmatch(text)), "")


class ValueMaker:
    """Makes values of texts and dates; what cannot be held is counted in `omissions`."""

    def __init__(self, omissions: Omissions) -> None:
        self._omissions = omissions

    def _clean(self, text: str) -> str:
        """Return a text without the invisible characters that FollowTheMoney removes."""
        cleaned = _REMOVED.sub("", _SPACES.sub(" ", unicodedata.normalize("NFC", text)))
        if _REMOVED.search(text):
            self._omissions.count("text", "written without invisible characters")
        # Without the removed characters, others may be composed.
        return unicodedata.normalize("NFC", cleaned).strip()

    def make_name(self, text: str) -> str:
        """Return a text as a name: without runs of blanks, and without straight quote marks around the whole."""
        name = " ".join(self._clean(text).split())
        while quoted := _QUOTED.fullmatch(name):
            self._omissions.count("name", "written without straight quote marks around the whole")
            name = quoted[1].strip()
        return self._cut(name, NAME_LENGTH)

    def make_string(self, text: str) -> str:
        """Return a text as a value of type string."""
        return self._cut(self._clean(text), STRING_LENGTH)

    def _cut(self, text: str, length: int) -> str:
        """Return a text, cut off with an ellipsis if it is longer than `length`."""
        if len(text) <= length:
            return text
        self._omissions.count("text", f"cut off after {length - 1:,} characters")
        return abbreviate(text, length)

    def make_text(self, text: str) -> list[str]:
        """Return a text as values of type text: a long one in several pieces, one after another."""
        cleaned = self._clean(text)
        pieces = (cleaned[at : at + TEXT_LENGTH].strip() for at in range(0, len(cleaned), TEXT_LENGTH))
        return list(dict.fromkeys(filter(None, pieces)))

    def make_url(self, text: str) -> str:
        """Return a web address; "" for any other text."""
        try:
            parts = urlsplit(text)
        except ValueError:
            parts = urlsplit("")
        is_held = parts.scheme in ("http", "https") and _HOST.fullmatch(parts.netloc) and _URL.fullmatch(text)
        made = (parts if parts.path else parts._replace(path="/")).geturl() if is_held else ""
        is_clean = unicodedata.is_normalized("NFC", made) and not (_REMOVED.search(made) or _SPACES.search(made))
        if not made or not is_clean or len(made) > URL_LENGTH:
            if text:
                self._omissions.count("web address", "left out: it is not http or https with a full host")
            return ""
        return made

    def find_language(self, tag: str) -> str:
        """Return the code of a language tag, such as eng for en-GB; "" where FollowTheMoney has none."""
        main = tag.partition("-")[0].lower()
        code = _LANGUAGES.get(main) or (main if main in _LONG_CODES else "")
        if tag and not code:
            self._omissions.count("language", "left out: FollowTheMoney has no code for it")
        return code

    def format_ends(self, date: Date, home: int | None) -> tuple[str, str, str]:
        """Return a date as date, start date and end date, each "" where it is not held, which is then counted.

        `home` is the zone of times that have none, in nanoseconds ahead of UTC; None if it is not known.
        """
        if fault := explain_vagueness(date):
            self._omissions.count("date", f"written in words only: {fault}")
            return "", "", ""
        made = [_format_point(point, home) for point in date.points]
        ends = [text for text, _ in made]
        # Of a date that stands in words only, nothing else is lost.
        failed = [lost[0] for text, lost in made if not text][:1]
        for reason in failed or dict.fromkeys(chain.from_iterable(lost for _, lost in made)):
            self._omissions.count("date", reason)
        if failed:
            return "", "", ""
        if date.shape is IntervalShape.DATE:
            return ends[0], "", ""
        is_end = date.shape in (IntervalShape.OPEN_BEGINNING, IntervalShape.UNKNOWN_BEGINNING)
        if len(ends) == 1:
            return ("", "", ends[0]) if is_end else ("", ends[0], "")
        return "", ends[0], ends[1]


def _format_point(point: DatePoint, home: int | None) -> tuple[str, tuple[str, ...]]:
    """Return a date in the precision that it has, and what is lost of it; "" if FollowTheMoney does not have it."""
    day, time = point.earliest, ""
    lost: tuple[str, ...] = ()
    if point.month and int(point.month) > 12:
        return "", ("written in words only: FollowTheMoney has no seasons, quarters and halves",)
    if point.time and (found := convert_to_utc(point, home)):
        day, clock = found
        hour, minute, second, nanosecond = split_clock(clock)
        time = f"T{hour:02}:{minute:02}" + (f":{second:02}" if len(point.time) > len("00:00") else "")
        lost = ("written without fractions of a second",) if nanosecond else ()
    elif point.time:
        lost = ("written without the time: its zone is not known",)
    if not 1000 <= day.year <= 2999:
        return "", ("written in words only: FollowTheMoney has the years 1000 to 2999 only",)
    return f"{day}"[: 10 if point.day else 7 if point.month else 4] + time, lost
