"""Twenty lines in many scripts, and what must be the same of them on the screens of a terminal.

The lines are those of an article. No line is wider than a pane, even where ambiguous characters take two cells, and
none has a link, so that each stands in one row.
"""

import json
import re
import unicodedata
from collections.abc import Sequence

LINES = (
    # Latin, as macOS writes it: each letter is followed by its marks.
    unicodedata.normalize("NFD", "Le maire de Besançon a été réélu à l’unanimité."),
    unicodedata.normalize("NFD", "Thị trưởng nói: “Cầu sẽ mở lại vào tháng sáu.”"),
    "Ὁ δήμαρχος εἶπε· «ἡ γέφυρα ἀνοίγει τὸν Ἰούνιο».",
    "Мэр: «Ещё й и ї — мост откроют в июне».",
    "אָמַר רֹאשׁ הָעִיר: הַגֶּשֶׁר יִפָּתַח בְּיוּנִי.",
    "قَالَ العُمْدَةُ إِنَّ الجِسْرَ سَيُفْتَحُ قَرِيبًا.",
    "شهردار می‌گوید که پل‌ها را نمی‌بندند.",
    "महापौर ने कहा कि क्षतिग्रस्त पुल जून में खुलेगा।",
    "श्री शर्मा ने हिन्दी में उत्तर दिया: “द्वितीय पुल।”",
    "মেয়র বললেন, ক্ষতিগ্রস্ত সেতু জুন মাসে খুলবে।",
    "பாலம் மீண்டும் திறக்கும் என்று மேயர் கூறினார்.",
    "പാലം വീണ്ടും തുറക്കുമെന്ന് മേയർ പറഞ്ഞു.",
    "អភិបាលក្រុងនិយាយថា ស្ពាននឹងបើកឡើងវិញ។",
    "မြို့တော်ဝန်က တံတား ပြန်ဖွင့်မည်ဟု ပြောသည်။",
    "นายกเทศมนตรีกล่าวว่า น้ำท่วมสะพานที่นี่",
    "市长说：“大桥六月重新开放。”葛城市的人笑了。",
    unicodedata.normalize("NFD", "市長は「がぎぐげご、パピプペポ」と言った。") + "ﾊﾞﾌﾞﾙ ﾊﾟ",
    unicodedata.normalize("NFD", "시장은 다리가 유월에 다시 열린다고 말했다."),
    "👍🏽 yes, ❤️ love, 🇰🇷 flag, 1️⃣ key, 👨‍👩‍👧 family 🏳️‍🌈 ☂️ 🎉 end.",
    "All: हिन्दी שָׁלוֹם தமிழ் 한국 👍🏽 ខ្មែរ مُحَمَّد မြန်မာ น้ำ, end.",
)
_LATER_SIGNS = dict.fromkeys(map(ord, "\U0001f3fd\U0001f1f7\u20e3👩👧🌈"))
"""The signs that only stand behind another in an emoji of these lines. The first one of each is enough."""
_CODE = re.compile("<[0-9a-f]{2,5}>|\ufffd")
"""What terminals show in place of a character that they do not draw: its number, or a sign for any of them."""
_SHAPED = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
"""The forms that an Arabic letter has in a word. Neovim shows them instead of the letters."""
_NUMBER = re.compile(r"\D{0,6}?(\d+) (.*)")


def keep_letters(text: str) -> str:
    """Return the letters of a text in their order: composed, without blanks and what is never drawn."""
    drawn = "".join(
        character
        for character in _CODE.sub("", text).translate(_LATER_SIGNS)
        if not character.isspace() and unicodedata.category(character) != "Cf" and not "\ufe00" <= character <= "\ufe0f"
    )
    letters = _SHAPED.sub(lambda letter: unicodedata.normalize("NFKC", letter[0]), drawn)
    return unicodedata.normalize("NFC", letters)


def find_lines(rows: Sequence[str]) -> dict[int, str]:
    """Return the letters of the article's lines on the program's screen, each by its paragraph's number."""
    numbered = (_NUMBER.match(row) for row in rows)
    return {int(found[1]): keep_letters(found[2]) for found in numbered if found}


def write_article(lines: Sequence[str]) -> str:
    """Return the file of an article with these lines, one in each paragraph."""
    body = "".join(f"- {json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    return f"id: scripts\nheadline: Scripts\npublished: 2024-01-29\nbody:\n{body}"
