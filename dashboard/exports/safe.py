"""Text that cannot act: nothing a spreadsheet would compute, nothing XML forbids."""

import re
import unicodedata

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = re.compile("[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*")
_DASHES = frozenset("-－")
_IN_PLACE = "□"


def cleaned(text: str) -> str:
    """Put □ in place of what no XML may contain, and one kind of line break for all."""
    return _FORBIDDEN.sub(_IN_PLACE, text.replace("\r\n", "\n").replace("\r", "\n"))


def acts(text: str) -> bool:
    """Say whether a spreadsheet might take a text for a formula: = + - @ in any width, first or behind blanks.

    The official marks, dashes and nothing else, are none.
    """
    if not text or set(text) <= _DASHES:
        return False
    begin = _UNSEEN.sub("", text, count=1)[:1]
    return text[0] in "\t\r\n" or unicodedata.normalize("NFKC", begin) in {"=", "+", "-", "@"}


def defused(text: str) -> str:
    """Return a text for a file that knows no types: behind an apostrophe where it might act."""
    plain = cleaned(text)
    return f"'{plain}" if acts(plain) else plain
