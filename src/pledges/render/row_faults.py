"""What is wrong with a file's rows, as a table that folds where there is little room."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pledges.errors import Fault
from pledges.render.cell_width import padded, width
from pledges.render.clean import clean

MOST_SHOWN: Final = 50
"""Faults of rows that are told at most."""

MOST_ALIKE: Final = 3
"""Faults of one kind in a column that are told at most, each by itself."""

NARROWEST: Final = 30
"""Cells that what is wrong takes at least where it stands beside its column."""

GAP: Final = "  "


def problems(faults: Sequence[Fault], room: int | None) -> Iterator[str]:
    """The faults of rows, those of one kind together, with how many more there are."""
    kinds = _kinds(faults)
    shown = [_cells(each, more) for each, more in kinds[:MOST_SHOWN]]
    table = [("row", "column", "what is wrong", "what to do"), *shown]
    widths = [max(map(width, column)) for column in zip(*table, strict=True)]
    is_wide = room is not None and sum(widths) + len(GAP) * (len(widths) - 1) > room
    for row in table:
        cells = [padded(cell, widths[at], at == 0) for at, cell in enumerate(row)]
        yield from _folded(row, cells, room) if is_wide and room else [GAP.join(cells).rstrip()]
    if left := sum(1 + more for _, more in kinds[MOST_SHOWN:]):
        yield f"... and {left:,} more"


def _cells(fault: Fault, more: int) -> tuple[str, str, str, str]:
    """What is told of a fault, and of how many more there are of its kind."""
    others = f" (and {more:,} more in this column)" if more else ""
    what = f"{clean(fault.message)}{others}"
    return str(fault.line), clean(fault.text), what, clean(fault.hint or "")


def _kinds(faults: Sequence[Fault]) -> list[tuple[Fault, int]]:
    """The faults that are told, each with how many more it stands for.

    Where more than a few have one column, code and hint, the first one stands for all.
    """
    kinds: dict[tuple[object, ...], list[Fault]] = {}
    for each in faults:
        kinds.setdefault(_kind(each), []).append(each)
    many = {kind for kind, found in kinds.items() if len(found) > MOST_ALIKE}
    told: list[tuple[Fault, int]] = []
    for each in faults:
        kind = _kind(each)
        if kind not in many:
            told.append((each, 0))
        elif each is kinds[kind][0]:
            told.append((each, len(kinds[kind]) - 1))
    return told


def _kind(fault: Fault) -> tuple[object, ...]:
    """What faults share that are mended alike; how a number or a date is written, whichever it is.

    Without a hint they are alike that say the same.
    """
    hint = fault.hint or fault.message
    if fault.code in ("number", "date"):
        hint = re.sub(r"\d+", "0", hint)
    return fault.column, fault.text, fault.code, hint


def _folded(row: Sequence[str], cells: Sequence[str], room: int) -> Iterator[str]:
    """A row with what to do below what is wrong, each as wide as there is room."""
    head = f"{cells[0]}{GAP}{cells[1]}{GAP}"
    if room - width(head) < NARROWEST:
        head = f"{cells[0]}{GAP}{row[1]}: " if row[1] else f"{cells[0]}{GAP}"
        yield from _indented(f"{head}{row[2]}", " " * (width(cells[0]) + len(GAP)), room)
    else:
        lines = wrapped(row[2], room - width(head))
        yield f"{head}{lines[0]}".rstrip()
        yield from (" " * width(head) + line for line in lines[1:])
    indent = " " * (width(cells[0]) + 2 * len(GAP))
    yield from (f"{indent}{line}" for line in wrapped(row[3], room - len(indent)) if line)


def _indented(text: str, indent: str, room: int) -> Iterator[str]:
    """A text whose lines behind the first are indented."""
    first, *rest = wrapped(text[len(indent) :], room - len(indent))
    yield f"{text[: len(indent)]}{first}"
    yield from (f"{indent}{line}" for line in rest)


def wrapped(text: str, room: int | None) -> list[str]:
    """The lines of a text that are no wider than ``room`` cells; one where there is no end."""
    if room is None or width(text) <= room:
        return [text]
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width(longer) <= room:
            lines[-1] = longer
        else:
            lines += _cut(word, room)
    return [line for line in lines if line]


def _cut(word: str, room: int) -> Iterator[str]:
    """A word in parts that are no wider than ``room`` cells."""
    part = ""
    for letter in word:
        if part and width(part + letter) > room:
            yield part
            part = ""
        part += letter
    yield part
