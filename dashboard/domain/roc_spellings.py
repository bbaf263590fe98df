"""What stands around and within a spelled date and says nothing of its own: 截至…止, weekday, time of day, numerals."""

import re
import unicodedata

_DASHES = re.compile("[‐‑‒–—―─~～至]")
_NOISE = re.compile(r"\s|(?:中華)?民國|份")
_NUMERALS = re.compile("[〇○零一二三四五六七八九十百]+(?=[年月日])")
_DIGITS = {"〇": 0, "○": 0, "零": 0, **{digit: n for n, digit in enumerate("一二三四五六七八九", 1)}}
_TIME = re.compile(r"(?:\s+|T|(?<=日))\s*(?:[上下]午)?\s*\d{1,2}[:時點]\d{1,2}(?:[:分]\d{0,2}秒?|分)?(?:\.\d+)?\s*$")
_WEEKDAY = re.compile(r"\s*(?:\((?:星期|週|周)?[一二三四五六日天]\)|(?:星期|週|周)[一二三四五六日天])\s*")
_BEFORE = re.compile(r"^(?:(?:統計|資料|計算)?(?:截-?|截止-?|-))")
_AFTER = re.compile(r"(?:為止|止)$")


def folded(text: str) -> str:
    """Fold full-width forms and dashes (至 too), and write numerals before 年月日 as digits; blanks stay."""
    return _NUMERALS.sub(_in_digits, _DASHES.sub("-", unicodedata.normalize("NFKC", text)))


def plain(text: str) -> str:
    """Fold full-width forms, dashes, numerals, blanks and 民國 away, so that one pattern reads all spellings."""
    return _NOISE.sub("", folded(text))


def bare(text: str) -> str:
    """Return a date or period as `plain` does, without weekday, time of day and what says only until when it holds."""
    without = _WEEKDAY.sub(" ", _TIME.sub("", unicodedata.normalize("NFKC", text)))
    return _AFTER.sub("", _BEFORE.sub("", plain(without)))


def bare_span(text: str) -> str:
    """Return a span as `plain` does, without 自…止."""
    return _AFTER.sub("", plain(text).removeprefix("自"))


def _in_digits(found: re.Match[str]) -> str:
    """Write 一一五 as 115, 三十一 as 31 and 一百一十五 as 115."""
    text = found[0]
    if not re.search("[十百]", text):
        return "".join(str(_DIGITS[letter]) for letter in text)
    total, digit = 0, None
    for letter in text:
        if letter in "十百":
            total += (1 if digit is None else digit) * (10 if letter == "十" else 100)
            digit = None
        else:
            digit = _DIGITS[letter]
    return str(total + (digit or 0))
