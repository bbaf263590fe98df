"""How a reading comes back from the process that read it: JSON and Arrow, never anything that could run.

The process handled hostile bytes, so what it says is checked like any input: lengths, types, columns.
"""

import dataclasses
import io
import struct
from collections.abc import Sequence
from typing import IO, Any, get_type_hints

import pandas as pd
import pyarrow as pa
from pydantic import BaseModel, ConfigDict, TypeAdapter, create_model

from dashboard.domain import findings
from dashboard.domain.findings import Finding, FindingKind
from dashboard.readers import NOTHING_READ, Reading
from dashboard.readers.region import Region

READING, REGIONS, OUT_OF_MEMORY, FAULT, READY = b"R", b"G", b"M", b"F", b"!"
"""What a head begins with: what kind of answer it is."""

_LENGTHS = struct.Struct("!QQ")
_LONGEST_HEAD, _LONGEST_BODY = (
    32_000_000,
    1_000_000_000,
)  # bytes; 200 findings, and a million figures, are below a tenth
_KINDS = {kind.code: kind for kind in vars(findings).values() if isinstance(kind, FindingKind)}


class Garbled(Exception):
    """The other side said something that no reading looks like."""


# --- frames: a head and a body, with their lengths before them


def put(stream: IO[bytes], head: bytes, body: bytes = b"") -> None:
    """Write a frame."""
    stream.write(_LENGTHS.pack(len(head), len(body)))
    stream.write(head)
    stream.write(body)
    stream.flush()


def take(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """Read a frame; EOFError where the other side is gone, Garbled where it claims what nothing needs."""
    head, body = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if head > _LONGEST_HEAD or body > _LONGEST_BODY:
        raise Garbled("a frame too long")
    return _exactly(stream, head), _exactly(stream, body)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content


# --- readings


def _model(of: type[Any], **other: Any) -> type[BaseModel]:
    """Return a model with the fields of a dataclass, those of `other` as stated there; None leaves one out."""
    types = {**get_type_hints(of), **other}
    fields: dict[str, Any] = {field.name: (types[field.name], ...) for field in dataclasses.fields(of)}
    told = {name: field for name, field in fields.items() if field[0] is not None}
    return create_model(f"Said{of.__name__}", __config__=ConfigDict(extra="forbid"), **told)


_SaidFinding = _model(Finding, kind=str)
_Said = _model(Reading, findings=tuple[_SaidFinding, ...], figures=None)  # type: ignore[valid-type]  # made above


def packed(reading: Reading) -> tuple[bytes, bytes]:
    """Return a reading as a frame's head and body; a finding's kind goes by its code."""
    said = {name: getattr(reading, name) for name in _Said.model_fields}
    said["findings"] = [{**vars(finding), "kind": finding.kind.code} for finding in reading.findings]
    head = _Said.model_validate(said).model_dump_json().encode()
    return head, b"" if reading.figures.empty else _as_arrow(reading.figures)


def unpacked(head: bytes, body: bytes) -> Reading:
    """Return the reading of a frame; Garbled where it is none."""
    try:
        said = _Said.model_validate_json(head)
        told = {name: getattr(said, name) for name in _Said.model_fields}
        told["findings"] = tuple(_finding(one) for one in told["findings"])
        return Reading(**told, figures=_as_frame(body) if body else NOTHING_READ.figures)
    except (ValueError, KeyError, pa.ArrowException) as problem:
        raise Garbled(str(problem)) from problem


# --- parts of sheets

_REGIONS = TypeAdapter(list[Region])
_PLACES = TypeAdapter(list[tuple[str, str, str]])


def places(wanted: Sequence[Finding]) -> list[tuple[str, str, str]]:
    """Return where findings are, for a request: code, sheet, cell."""
    return [(one.kind.code, one.sheet, one.cell) for one in wanted]


def findings_at(asked: object) -> list[Finding]:
    """Return the findings of a request."""
    return [Finding(_KINDS[code], sheet, cell) for code, sheet, cell in _PLACES.validate_python(asked)]


def packed_regions(regions: Sequence[Region]) -> bytes:
    return _REGIONS.dump_json(list(regions))


def unpacked_regions(head: bytes) -> list[Region]:
    """Return the parts of sheets that a frame's head holds; Garbled where it holds none."""
    try:
        return _REGIONS.validate_json(head)
    except ValueError as problem:
        raise Garbled(str(problem)) from problem


def _finding(said: BaseModel) -> Finding:
    told = {name: getattr(said, name) for name in _SaidFinding.model_fields}
    return Finding(**{**told, "kind": _KINDS[told["kind"]]})


def _as_arrow(figures: pd.DataFrame) -> bytes:
    table = pa.Table.from_pandas(figures, preserve_index=False).replace_schema_metadata()
    into = io.BytesIO()
    with pa.ipc.new_stream(into, table.schema) as writer:
        writer.write_table(table)
    return into.getvalue()


def _as_frame(body: bytes) -> pd.DataFrame:
    with pa.ipc.open_stream(body) as stream:
        table = stream.read_all()
    table.validate(full=True)
    expected = NOTHING_READ.figures.dtypes
    frame: pd.DataFrame = table.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get, ignore_metadata=True)
    if list(frame.columns) != list(expected.index) or not (frame.dtypes == expected).all():
        raise Garbled("figures of another shape")
    return frame
