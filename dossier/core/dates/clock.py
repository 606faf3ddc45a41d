"""Times of day and zones, as EDTF writes them, in numbers."""

import re

SECOND = 1_000_000_000
"""Nanoseconds of a second; times of day are counted in nanoseconds, since EDTF has fractions of seconds."""
DAY_LENGTH = 86_400 * SECOND
CLOCK = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
"""A regular expression for a time of day."""
ZONE = r"Z|[+-][0-9]{2}(?::[0-9]{2})?"
"""A regular expression for a zone."""


def read_clock(time: str) -> int:
    """Return the time of day, such as 09:30 or 09:30:15.5, in nanoseconds since midnight."""
    hours, minutes, seconds = ([*time[:8].split(":"), "0"])[:3]
    fraction = time[9:].ljust(9, "0")
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * SECOND + int(fraction)


def read_zone(zone: str) -> int | None:
    """Return how far a zone, such as +02:00, +02 or Z, is ahead of UTC, in nanoseconds; None for ""."""
    if zone in ("", "Z"):
        return 0 if zone else None
    hours, minutes = int(zone[1:3]), int(zone[4:6] or 0)
    return (1 if zone[0] == "+" else -1) * (hours * 60 + minutes) * 60 * SECOND


def find_clock_fault(time: str, zone: str) -> str:
    """Return what is wrong with a time or a zone of the right form; "" if nothing is."""
    for name, clock in (("time", time), ("zone", zone)):
        hours, *rest = (int(number) for number in re.findall(r"[0-9]{2}", clock[:9]) or "0")
        if hours > 23 or max(rest, default=0) > 59:
            return f"{name} {clock}: hours run 00 to 23, minutes and seconds 00 to 59"
    return ""
