"""Errors as text: for people the way a compiler prints them, for scripts as JSON."""

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from pledges.cell_width import GAP, column_widths, filled_lines, padded, pieces, width
from pledges.clean import clean, encodable, safe_json
from pledges.errors import Fault, FaultyFile, FaultyLedger, FaultyRows, PledgesError

WIDEST: Final = 100
"""Characters of a user's line that are shown; a longer one is cut around the marked place."""


class FaultRecord(Struct, frozen=True):
    """What is wrong, and where in a file: an error that is no fault of a file has no place."""

    code: str
    message: str
    file: str | None
    line: int | None
    column: int | None
    hint: str | None


class ErrorDocument(Struct, frozen=True, kw_only=True):
    """An error that stopped a command, and all faults of the file if that is what stopped it."""

    code: str
    exit: int
    message: str
    file: str | None
    line: int | None
    column: int | None
    hint: str | None
    faults: Sequence[FaultRecord]
    details: Sequence[str]
    schema_version: int = 1
    kind: str = "error"


def error_lines(error: PledgesError, room: int | None = None) -> list[str]:
    """The error for people, as lines that ``notify`` takes.

    ``room`` is how many cells a line can take, None if there is no limit; only the faults of rows
    are folded to it.
    """
    if isinstance(error, FaultyLedger):
        faults = (line for each in error.faults for line in (*fault_lines(each), ""))
        return [*faults, *error.details, error.message]
    if isinstance(error, FaultyRows):
        note = [*wrapped(clean(error.note), room), ""] if error.note else []
        message = wrapped(clean(error.message), room)
        return [*row_fault_lines(error.faults, room), "", *note, *message]
    lines = [f"pledges: error: {error.message}", *(f"  {each}" for each in error.details)]
    return [*lines, f"  = hint: {error.hint}"] if error.hint else lines


def error_json(error: PledgesError) -> str:
    """The error as one line of JSON; the first of its faults is repeated at the top level."""
    faults = list(map(_record, error.faults)) if isinstance(error, FaultyFile) else []
    first = faults[0] if faults else _record(error)
    details = list(map(encodable, error.details))
    document = ErrorDocument(**asdict(first), exit=error.exit, faults=faults, details=details)
    return safe_json(msgspec.json.encode(document).decode())


def _record(wrong: PledgesError | Fault) -> FaultRecord:
    values: dict[str, Any] = {}
    for name in FaultRecord.__struct_fields__:
        value = getattr(wrong, name, None)
        values[name] = encodable(value) if isinstance(value, str) else value
    return FaultRecord(**values)


def fault_lines(fault: Fault) -> Iterator[str]:
    """Place and message, the user's own line with the place marked, and the hint."""
    place = f"{fault.file}:{fault.line}:{fault.column}"
    yield f"{place}: {fault.severity}[{fault.code}]: {fault.message}"
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


MOST_SHOWN: Final = 50  # faults of rows that are printed at most
MOST_ALIKE: Final = 3  # faults of one kind in a column that are printed at most, each by itself
WORDS: Final = ("word", "reference")  # the faults of words that are not known
NARROWEST: Final = 30  # cells that the message takes at least if it is printed next to its column


def row_fault_lines(faults: Sequence[Fault], room: int | None) -> Iterator[str]:
    """The faults of rows, those of one kind together, with how many more there are."""
    kinds = list(_kinds(faults))
    table = [("row", "column", "what is wrong", "what to do")]
    for fault, more in kinds[:MOST_SHOWN]:
        others = f" (and {more:,} more in this column)" if more else ""
        message = f"{clean(fault.message)}{others}"
        table.append((str(fault.line), clean(fault.text), message, clean(fault.hint or "")))
    widths = column_widths(table)
    is_folded = room is not None and sum(widths) + len(GAP) * (len(widths) - 1) > room
    for row in table:
        cells = [padded(cell, widths[at], at == 0) for at, cell in enumerate(row)]
        yield from _folded(row, cells, room) if is_folded and room else [GAP.join(cells).rstrip()]
    if left := sum(1 + more for _, more in kinds[MOST_SHOWN:]):
        yield f"... and {left:,} more"


def _kinds(faults: Sequence[Fault]) -> Iterator[tuple[Fault, int]]:
    """The faults to print, each with how many more it stands for.

    If more than a few are mended alike, the first one stands for all: these have the same column,
    code and hint, or else message.  Numbers and dates are alike however they are written.  An
    unknown word stands for all of its rows, and for no other word.
    """
    kinds: list[Hashable] = []
    for each in faults:
        hint, word = each.hint or each.message, each.message if each.code in WORDS else ""
        hint = re.sub(r"\d+", "0", hint) if each.code in ("number", "date") else hint
        kinds.append((each.column, each.text, each.code, hint, word))
    left = Counter(kinds)
    for fault, kind in zip(faults, kinds, strict=True):
        if left[kind] > (1 if fault.code in WORDS else MOST_ALIKE):
            yield fault, left.pop(kind) - 1
        elif kind in left:
            yield fault, 0


def _folded(row: Sequence[str], cells: Sequence[str], room: int) -> Iterator[str]:
    """A row with the hint below the message, each as wide as there is room.

    If even the message has too little room next to the column, it follows its name.
    """
    start, message = f"{cells[0]}{GAP}{cells[1]}{GAP}", row[2]
    if room - width(start) < NARROWEST:
        start = f"{cells[0]}{GAP}"
        message = f"{row[1]}: {message}" if row[1] else message
    first, *rest = wrapped(message, room - width(start))
    yield f"{start}{first}".rstrip()
    yield from (" " * width(start) + line for line in rest)
    indent = " " * (width(cells[0]) + 2 * len(GAP))
    yield from (f"{indent}{line}" for line in wrapped(row[3], room - len(indent)) if line)


def wrapped(text: str, room: int | None) -> list[str]:
    """The lines of a text that are no wider than ``room`` cells; one line if there is no limit."""
    if room is None or width(text) <= room:
        return [text]
    words = (piece for word in text.split(" ") for piece in pieces(word, room))
    return [line for line in filled_lines(words, room) if line]
