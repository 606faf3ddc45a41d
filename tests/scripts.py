"""An article in many scripts, whose letters terminals draw in different numbers of cells."""

SCRIPTS = """
headline: हिन्दी में शीर्षक — தமிழ் செய்தி
subtitle: ខ្មែរ និង မြန်မာ
outlet: समाचार
published: 2024-05-01
body: |
  सीता देवी: राष्ट्रपति ने कहा कि क्षि और श्री की बैठक हुई। हिन्दी में लिखा गया है।

  முருகன் தமிழ்நாட்டில் கொடுக்கப்பட்டது. ഇത് മലയാളം ആണ്. বাংলাদেশে কো ক্ষ।

  ភាសាខ្មែរជាភាសាផ្លូវការ។ မြန်မာစာ၊ မြန်မာစကား။ น้ำดื่ม กี่ ເດີນທາງ

  می‌خواهم به تهران بروم. שָׁלוֹם עוֹלָם 1️⃣

  Families 👨‍👩‍👧 and 👍🏽, ❤️ and 🇰🇷🇫 went. 가나다 각 ｶﾞｷﾞ 漢字かな ☰䷀

people:
  - {id: sita, name: सीता देवी, role: राष्ट्रपति}
  - {id: murugan, name: முருகன், role: கவிஞர்}
quotes:
  - {id: q1, speaker: sita, text: हिन्दी में लिखा, at: p1}
timeline:
  - {id: e1, date: 2024-05-01, what: राष्ट्रपति ने कहा, at: p1}
"""
