"""Errors as text: for people the way a compiler prints them, for scripts as JSON."""

from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from pledges.cell_width import width
from pledges.clean import clean, encodable, safe_json
from pledges.errors import Fault, FaultyFile, FaultyLedger, FaultyRows, PledgesError
from pledges.render.row_faults import row_fault_lines, wrapped

WIDEST: Final = 100
"""Characters of a user's line that are shown; a longer one is cut around the marked place."""


class FaultRecord(Struct, frozen=True):
    """One fault for scripts."""

    code: str
    message: str
    file: str
    line: int
    column: int
    hint: str | None


class ErrorRecord(Struct, frozen=True):
    """An error for scripts; if there are faults, the first one is repeated at the top level."""

    code: str
    exit: int
    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    hint: str | None = None
    faults: list[FaultRecord] = []
    details: list[str] = []
    schema_version: int = 1
    kind: str = "error"


def error_lines(error: PledgesError, room: int | None = None) -> list[str]:
    """The error for people, as lines that ``notify`` takes.

    ``room`` is how many cells a line can take, None if there is no limit; only the faults of rows
    are folded to it.
    """
    if isinstance(error, FaultyLedger):
        faults = (line for each in error.faults for line in (*_fault_lines(each), ""))
        return [*faults, error.message]
    if isinstance(error, FaultyRows):
        return [*row_fault_lines(error.faults, room), "", *wrapped(clean(error.message), room)]
    lines = [f"pledges: error: {error.message}", *(f"  {each}" for each in error.details)]
    return [*lines, f"  = hint: {error.hint}"] if error.hint else lines


def error_json(error: PledgesError) -> str:
    """The error as one line of JSON."""
    found = error.faults if isinstance(error, FaultyFile) else ()
    faults = [
        FaultRecord(
            each.code,
            encodable(each.message),
            encodable(each.file),
            each.line,
            each.column,
            each.hint and encodable(each.hint),
        )
        for each in found
    ]
    record = ErrorRecord(
        error.code,
        int(error.exit),
        encodable(error.message),
        hint=error.hint and encodable(error.hint),
        faults=faults,
        details=[encodable(each) for each in error.details],
    )
    if faults:
        record = replace(record, **asdict(faults[0]))
    return safe_json(msgspec.json.encode(record).decode())


def _fault_lines(fault: Fault) -> Iterator[str]:
    """Place and message, the user's own line with the place marked, and the hint."""
    yield f"{fault.file}:{fault.line}:{fault.column}: error[{fault.code}]: {fault.message}"
    number = str(fault.line)
    margin = " " * len(number)
    before, marked, after = _excerpt(fault)
    yield f"{margin} |"
    yield f"{number} | {before}{marked}{after}"
    yield f"{margin} | {' ' * width(before)}{'^' * max(1, width(marked))}"
    if fault.hint:
        yield f"{margin} = hint: {fault.hint}"


def _excerpt(fault: Fault) -> tuple[str, str, str]:
    """The user's line before, at and after the marked place, cut if it is very long.

    It is cleaned here, because an escape sequence is wider than what it replaces, and the mark
    below has to be in its place.
    """
    at, end = fault.column - 1, fault.column - 1 + fault.width
    if len(fault.text) <= WIDEST:
        return clean(fault.text[:at]), clean(fault.text[at:end]), clean(fault.text[end:])
    start, stop = max(0, at - WIDEST // 2), min(end, at + WIDEST // 2)
    left, right = "..." if start else "", "..." if stop + WIDEST // 4 < len(fault.text) else ""
    before, after = clean(fault.text[start:at]), clean(fault.text[stop : stop + WIDEST // 4])
    return f"{left}{before}", clean(fault.text[at:stop]), f"{after}{right}"
