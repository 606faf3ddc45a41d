"""How long something takes is put into words here: as exactly as one waits for it, and no more."""

_MINUTE = 60


def duration(seconds: float) -> str:
    """`0.4 s`, `38 s`, `3 min`, `2 h 5 min`."""
    if round(seconds, 1) < 10:
        return f"{seconds:.1f} s"
    if seconds < 2 * _MINUTE:
        return f"{seconds:.0f} s"
    minutes = round(seconds / _MINUTE)
    return f"{minutes} min" if minutes < _MINUTE else f"{minutes // 60} h {minutes % 60} min"
