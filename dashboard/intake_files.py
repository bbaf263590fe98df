"""Files that receiving hands out: originals byte for byte, notes and findings of the journal's records, empty forms."""

from datetime import date
from html import escape
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dashboard import questions
from dashboard.domain import intake_words as words
from dashboard.domain.kinds import Format
from dashboard.domain.settings import TAIPEI
from dashboard.exports import media_type, review, templates
from dashboard.ledger import Submission
from dashboard.web.bodies import REVALIDATE
from dashboard.web.house import base_path

ROUTE = "received"
"""First segment of all addresses here."""
_ORIGINAL, _NOTE, _FINDINGS = "original", "note.html", "findings.ods"
_NOTE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; frame-ancestors 'none'"
"""A note quotes what a sender wrote: it may load nothing."""


def routes() -> list[BaseRoute]:
    here = f"{base_path()}/{ROUTE}"
    return [
        Route(f"{here}/forms/{{layout}}.{{format}}", _form),
        Route(f"{here}/{{number}}/{{name:path}}", _of_record),
    ]


# --- links


def links(number: int, *, has_original: bool, has_findings: bool) -> str:
    """Return links to the files of a record as HTML; nothing is kept of a file that was refused."""
    here = f"{base_path()}/{ROUTE}/{number}"
    found = [f'<a href="{escape(here)}/{_ORIGINAL}" download>{words.ORIGINAL}</a>'] if has_original else []
    found.append(f'<a href="{escape(here)}/{_NOTE}" target="_blank">{words.NOTE_FILE}</a>')
    if has_findings:
        found.append(f'<a href="{escape(here)}/{_FINDINGS}" download>{words.FINDINGS_FILE}</a>')
    return "　".join(found)


def form_link(layout: str, format: Format) -> str:  # noqa: A002 - the word for it
    address = f"{base_path()}/{ROUTE}/forms/{quote(layout)}.{format.value}"
    return f'<a href="{escape(address)}" download>{format.value.upper()}</a>'


# --- what is asked of these addresses


async def _form(request: Request) -> Response:
    return await run_in_threadpool(_empty_form, request.path_params["layout"], request.path_params["format"])


def _empty_form(layout: str, ending: str) -> Response:
    if ending not in (Format.ODS, Format.XLSX) or layout not in {one.layout for one in templates.offered()}:
        raise HTTPException(404)
    wanted = Format(ending)
    content = templates.template_file(layout, wanted)
    return _download(content, templates.file_name(layout, wanted), media_type(wanted))


async def _of_record(request: Request) -> Response:
    return await run_in_threadpool(_file, request.path_params["number"], request.path_params["name"])


def _file(number: str, name: str) -> Response:
    """Return a file of a record; 404 where there is no such record or file."""
    submission = next((one for one in questions.ledger().submissions() if str(one.seq) == number), None)
    if submission is None:
        raise HTTPException(404)
    if name == _ORIGINAL and submission.is_accepted:
        content = questions.office().archive.original(submission.sha256)
        return _download(content, submission.file_name, "application/octet-stream")
    if name == _NOTE:
        headers = {"cache-control": REVALIDATE, "content-security-policy": _NOTE_POLICY}
        return Response(review.note(_reviewed(submission)), headers=headers, media_type="text/html; charset=utf-8")
    if name == _FINDINGS:
        reviewed = _reviewed(submission)
        return _download(review.findings_file(reviewed), f"{reviewed.stem}.ods", media_type(Format.ODS))
    raise HTTPException(404)


def _reviewed(submission: Submission) -> review.Review:
    return review.of_submission(submission, recorded_on(submission))


def recorded_on(submission: Submission) -> date:
    """Return the day in Taipei on which a record was written."""
    return submission.recorded_at.astimezone(TAIPEI).date()


def _download(content: bytes, file_name: str, type_: str) -> Response:
    disposition = f"attachment; filename*=UTF-8''{quote(file_name, safe='')}"
    return Response(
        content, headers={"content-disposition": disposition, "cache-control": REVALIDATE}, media_type=type_
    )
