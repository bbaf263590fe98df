"""File names as the outside world sends them: kept to be shown and searched, never used as a path."""

import unicodedata

LONGEST = 200
_LONGEST_SUFFIX = 10
_IN_PLACE = "□"
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def plain(name: str) -> str:
    """Return a name without directories and without what cannot be seen or would turn the text around it (□).

    A name too long loses the end of its stem, never a suffix that could be one.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    if len(last) > LONGEST:
        stem, dot, suffix = last.rpartition(".")
        kept = f"{dot}{suffix}" if stem and len(suffix) <= _LONGEST_SUFFIX else ""
        last = f"{last[: LONGEST - len(kept) - 1]}…{kept}"
    return "".join(_IN_PLACE if unicodedata.category(letter) in _UNSEEN else letter for letter in last) or _IN_PLACE
