import gzip

import brotli
import pytest
from starlette.datastructures import Headers

from dashboard.web.bodies import REVALIDATE, Body

PLAIN = b"const rate = 48.89;" * 100


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),  # what a browser sends over plain HTTP
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br; q=0.0", "identity"),
        ("", "identity"),
    ],
)
def test_the_best_encoding_that_the_browser_accepts_is_chosen(accepted: str, chosen: str) -> None:
    assert Body.of(PLAIN, "text/javascript").encoding_for(Headers({"accept-encoding": accepted})) == chosen


def test_every_encoding_unpacks_to_the_same_bytes() -> None:
    forms = Body.of(PLAIN, "text/javascript").forms
    assert brotli.decompress(forms["br"]) == gzip.decompress(forms["gzip"]) == forms["identity"] == PLAIN


def test_what_the_browser_already_has_is_not_sent_again() -> None:
    body = Body.of(PLAIN, "text/javascript")
    etag = body.answer(Headers(), "br", REVALIDATE).headers["etag"]
    again = body.answer(Headers({"if-none-match": etag}), "br", REVALIDATE)
    assert (again.status_code, again.body) == (304, b"")
    assert again.headers["vary"] == "Accept-Encoding"
