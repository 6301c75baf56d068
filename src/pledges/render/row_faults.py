"""What is wrong with the rows of a file, as a table that is folded if there is little room."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pledges.cell_width import GAP, column_widths, padded, width
from pledges.clean import clean
from pledges.errors import Fault

MOST_SHOWN: Final = 50
"""Faults of rows that are printed at most."""

MOST_ALIKE: Final = 3
"""Faults of one kind in a column that are printed at most, each by itself."""

NARROWEST: Final = 30
"""Cells that the message takes at least if it is printed next to its column."""


def row_fault_lines(faults: Sequence[Fault], room: int | None) -> Iterator[str]:
    """The faults of rows, those of one kind together, with how many more there are."""
    kinds = _kinds(faults)
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


def _kinds(faults: Sequence[Fault]) -> list[tuple[Fault, int]]:
    """The faults to print, each with how many more it stands for.

    If more than a few are mended alike, the first one stands for all: that is, if they have the
    same column, code and hint (without a hint, the same message).  Numbers and dates are alike
    however they are written.
    """
    kinds: dict[tuple[object, ...], list[int]] = {}
    for at, fault in enumerate(faults):
        hint = fault.hint or fault.message
        if fault.code in ("number", "date"):
            hint = re.sub(r"\d+", "0", hint)
        kinds.setdefault((fault.column, fault.text, fault.code, hint), []).append(at)
    shown: list[tuple[int, int]] = []
    for places in kinds.values():
        if len(places) > MOST_ALIKE:
            shown.append((places[0], len(places) - 1))
        else:
            shown += [(at, 0) for at in places]
    return [(faults[at], more) for at, more in sorted(shown)]


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
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width(longer) <= room:
            lines[-1] = longer
            continue
        lines.append("")
        for letter in word:  # a word that is wider than a line goes on in the next one
            if lines[-1] and width(lines[-1] + letter) > room:
                lines.append("")
            lines[-1] += letter
    return [line for line in lines if line]
