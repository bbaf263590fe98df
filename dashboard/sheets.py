"""Exhibits as documents that the drawing component fetches, and the files made of their tables.

A document of one period is addressed by the hash of its content. A film (all periods of a question) and the files of
a table are made when they are asked for; what they hold follows from the warehouse's version, this release and the
question, and the hash of these three is their address. So nothing behind an address ever changes, and any server of
the same figures can answer it.
"""

import dataclasses
import functools
import hashlib
import json
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dashboard import exports, markup, questions
from dashboard.domain.filter_words import filters
from dashboard.domain.kinds import Format
from dashboard.domain.periods import Period
from dashboard.domain.roc import period_code
from dashboard.domain.settings import HOUSE
from dashboard.exhibits import Exhibit
from dashboard.questions import NoQuestion, Question
from dashboard.warehouse import Warehouse
from dashboard.web import errors
from dashboard.web.bodies import PRIVATE, Body, digest_of
from dashboard.web.house import base_path

_HERE = Path(__file__).parent

ROUTE = "exhibits"
"""First segment of all addresses here."""

_LENGTH = 16
_PARTS, _FRAMES = "parts.json", "frames.json"


@dataclasses.dataclass(frozen=True)
class Film:
    """A question over time: the same exhibits of each period. `choices` are its periods, oldest first."""

    question: Question
    choices: tuple[Period, ...]

    def at(self, choice: Period) -> Question:
        return self.question.of(choice, *self.question.arguments)

    @classmethod
    def read(cls, question: Question) -> Self:
        """Take the film out of a question whose first argument is all its periods; 404 for any other."""
        choices, *arguments = question.arguments or (None,)
        if not isinstance(choices, tuple) or not all(isinstance(one, Period) for one in choices):
            raise HTTPException(404)
        return cls(question.of(*arguments), choices)

    @functools.cached_property
    def text(self) -> str:
        return self.question.of(self.choices, *self.question.arguments).text


def parts_url(question: Question) -> str:
    """Answer a question in the warehouse in service and return where its document is."""
    db = questions.warehouse()
    return _url(_document(db, question).digest[:_LENGTH], question.text, _PARTS)


def film_url(film: Film) -> str:
    return _url(_stamp(questions.warehouse(), film.text), film.text, _FRAMES)


def _url(stamp: str, text: str, name: str) -> str:
    return f"{base_path()}/{ROUTE}/{stamp}/{quote(text, safe='~!@._-')}/{quote(name)}"


def _stamp(db: Warehouse, text: str) -> str:
    return hashlib.sha256(f"{db.version}|{_release()}|{text}".encode()).hexdigest()[:_LENGTH]


@functools.cache
def _release() -> str:
    """Return the hash of what turns figures into documents: our code and our settings."""
    digest = hashlib.sha256()
    for folder, pattern in ((HOUSE / "data", "*.toml"), (HOUSE / "queries", "*.sql"), (_HERE, "*.py")):
        for file in sorted(folder.rglob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _document(db: Warehouse, question: Question) -> Body:
    def compute() -> Body:
        return _body({"parts": _parts(db, question)})

    made: Body = questions.kept(("document", db.version, question.text), compute)
    return made


def _film(db: Warehouse, film: Film) -> Body:
    def compute() -> Body:
        return _body({"frames": {period_code(choice): _parts(db, film.at(choice)) for choice in film.choices}})

    made: Body = questions.kept_film((db.version, film.text), compute)
    return made


def _body(document: dict[str, Any]) -> Body:
    return Body.quick(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(), "application/json")


def _parts(db: Warehouse, question: Question) -> list[dict[str, Any]]:
    """Return what the component draws of each exhibit; one that cannot be had is a sentence in its place."""
    parts = []
    for function in question.functions:
        one = dataclasses.replace(question, functions=(function,))
        try:
            (shown,) = one.exhibits(db)
        except Exception as failure:  # noqa: BLE001 -- a page with one exhibit missing is better than no page
            parts.append({"key": function.__name__, "html": markup.failure(errors.sentence(failure, one.text))})
        else:
            parts.append(_part(shown, _url(_stamp(db, one.text), one.text, shown.key)))
    return parts


def _part(shown: Exhibit, files: str) -> dict[str, Any]:
    part: dict[str, Any] = {"key": shown.key, "html": markup.exhibit(shown, files)}
    if shown.chart is None:
        return part
    drawing = shown.chart.drawing
    figure = {"data": list(drawing.data), "layout": drawing.layout}
    return part | {
        "figure": figure,
        "narrow": drawing.narrow or {},
        "printed": drawing.printed,
        "file_name": drawing.file_name,
    }


# --- what is asked of these addresses


def routes() -> list[BaseRoute]:
    return [Route(f"{base_path()}/{ROUTE}/{{stamp}}/{{text}}/{{name}}", _serve)]


async def _serve(request: Request) -> Response:
    asked = request.path_params
    body, headers = await run_in_threadpool(_answered, asked["stamp"], asked["text"], asked["name"])
    answer = body.answer(request.headers, body.encoding_for(request.headers) or "identity", PRIVATE)
    answer.headers.update(headers)
    return answer


def _answered(stamp: str, text: str, name: str) -> tuple[Body, dict[str, str]]:
    """Return what an address stands for and its own headers; 404 for no address of ours, 410 for older figures."""
    db = questions.warehouse()
    try:
        question = Question.read(text)
    except NoQuestion:
        raise HTTPException(404) from None
    if name == _PARTS:
        body = _document(db, question)
        _require(body.digest[:_LENGTH] == stamp)
        return body, {}
    _require(_stamp(db, text) == stamp)
    if name == _FRAMES:
        return _film(db, Film.read(question)), {}
    return _file(db, question, name)


def _require(is_current: bool) -> None:
    if not is_current:
        raise HTTPException(410)


def _file(db: Warehouse, question: Question, name: str) -> tuple[Body, dict[str, str]]:
    key, _, ending = name.rpartition(".")
    shown = next((one for one in question.exhibits(db) if one.key == key), None)
    if shown is None or ending not in list(Format):
        raise HTTPException(404)
    wanted = Format(ending)
    content = exports.table_file(shown, wanted, filters(question.named_arguments))
    named = f"attachment; filename*=UTF-8''{quote(exports.file_name(shown, wanted))}"
    return Body({"identity": content}, exports.media_type(wanted), digest_of(content)), {"content-disposition": named}
