"""What all tests share: this folder is where they find `articles` and `rooms`, and no test is held to a time."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
