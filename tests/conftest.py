"""What all tests share: this folder is where they find `articles`, `rooms` and `shell`; no test is held to a time."""

from hypothesis import settings

pytest_plugins = ("shell",)

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
