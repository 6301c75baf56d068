"""How an error is told: to people the way a compiler does, to scripts as JSON."""

from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec import Struct

from pledges.errors import Fault, FaultyLedger, FaultyRows, PledgesError, encodable
from pledges.render.cell_width import width
from pledges.render.clean import clean, json_safe
from pledges.render.row_faults import problems, wrapped

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
    """An error for scripts; of several faults the first stands beside the list of all."""

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


def told(error: PledgesError, room: int | None = None) -> str:
    """The error for people, ready to be written; faults of rows folded where there is little room.

    ``room`` is how many cells a line can take, None where there is no end to it.
    """
    if isinstance(error, FaultyLedger):
        return "".join(f"{_fault(each)}\n" for each in error.faults) + f"{clean(error.message)}\n"
    if isinstance(error, FaultyRows):
        lines = [*problems(error.faults, room), "", *wrapped(clean(error.message), room)]
        return "".join(f"{line}\n" for line in lines)
    details = "".join(f"  {clean(each)}\n" for each in error.details)
    hint = f"  = hint: {clean(error.hint)}\n" if error.hint else ""
    return f"pledges: error: {clean(error.message)}\n{details}{hint}"


def as_json(error: PledgesError) -> str:
    """The error as one line of JSON, ready to be written."""
    found = error.faults if isinstance(error, FaultyLedger | FaultyRows) else ()
    faults = [_record(each) for each in found]
    message, hint = encodable(error.message), error.hint and encodable(error.hint)
    details = [encodable(each) for each in error.details]
    record = ErrorRecord(
        error.code, int(error.exit), message, hint=hint, faults=faults, details=details
    )
    if faults:
        first = faults[0]
        record = ErrorRecord(
            first.code,
            int(error.exit),
            first.message,
            first.file,
            first.line,
            first.column,
            first.hint,
            faults,
        )
    return json_safe(msgspec.json.encode(record).decode()) + "\n"


def _record(fault: Fault) -> FaultRecord:
    file = encodable(fault.file)
    message, hint = encodable(fault.message), fault.hint and encodable(fault.hint)
    return FaultRecord(fault.code, message, file, fault.line, fault.column, hint)


def _fault(fault: Fault) -> str:
    return "\n".join(_lines(fault)) + "\n"


def _lines(fault: Fault) -> Iterator[str]:
    place = f"{clean(fault.file)}:{fault.line}:{fault.column}"
    yield f"{place}: error[{fault.code}]: {clean(fault.message)}"
    number = str(fault.line)
    margin = " " * len(number)
    before, marked, after = _excerpt(fault)
    yield f"{margin} |"
    yield f"{number} | {before}{marked}{after}"
    yield f"{margin} | {' ' * width(before)}{'^' * max(1, width(marked))}"
    if fault.hint:
        yield f"{margin} = hint: {clean(fault.hint)}"


def _excerpt(fault: Fault) -> tuple[str, str, str]:
    """The user's line before, at and behind the marked place, cut where it is very long."""
    at, end = fault.column - 1, fault.column - 1 + fault.width
    if len(fault.text) <= WIDEST:
        return clean(fault.text[:at]), clean(fault.text[at:end]), clean(fault.text[end:])
    start, stop = max(0, at - WIDEST // 2), min(end, at + WIDEST // 2)
    left, right = "..." if start else "", "..." if stop + WIDEST // 4 < len(fault.text) else ""
    before, behind = clean(fault.text[start:at]), clean(fault.text[stop : stop + WIDEST // 4])
    return f"{left}{before}", clean(fault.text[at:stop]), f"{behind}{right}"
