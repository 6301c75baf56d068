"""A ledger's text with exactly an intended change: nothing else in it moves, and that is proven.

What is to change is put as steps on the tables.  The steps are done twice: on the text, by putting
new lines and values where they belong, and on the tables that the old text holds.  The new text is
good only if it is read as those tables.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Any, Final, assert_never

import msgspec
import rtoml
from msgspec import Struct

from pledges.domain.edits import Append, Edit, NewPledge, Put, RegisterEntry
from pledges.domain.pledge import Ask, Claim, Ledger, Update
from pledges.errors import CannotWrite
from pledges.ledger.editing.insertion_points import Layout, Lost, guessed, whole
from pledges.ledger.editing.splice import Splice, Splicer, spliced
from pledges.ledger.editing.toml_writing import table, tables
from pledges.ledger.reading.record_types import Table
from pledges.ledger.text.finding import Path

RECORDS: Final = {Update: "update", Claim: "claim", Ask: "ask"}


class Set(Struct, frozen=True):
    """The value at a path, set or added."""

    path: Path
    value: Any


class Add(Struct, frozen=True):
    """One more table at the end of the list at a path."""

    path: Path
    record: Table


class Insert(Struct, frozen=True):
    """One more pledge, behind the one of this number; -1 is before all."""

    after: int
    pledge: Table


Step = Set | Add | Insert


def amended(text: str, content: Table, ledger: Ledger, edits: Sequence[Edit]) -> tuple[str, Table]:
    """The text with the edits done, and the tables that it holds.

    ``content`` are the tables of ``text``, ``ledger`` is what they were read as.

    Raises: ``CannotWrite`` where the text is so written that the change would not be exact.
    """
    steps = _steps(content, ledger, edits)
    intended = _with_pledges(reduce(_done, steps, content), steps)
    for layout in _layouts(text, len(ledger.pledges)):
        try:
            candidate = _spliced(layout, steps, content)
            if is_same(rtoml.loads(candidate), intended):
                return candidate, intended
        except (Lost, rtoml.TomlParsingError):
            continue
    message = "this can't be written without touching other lines of the ledger"
    raise CannotWrite(message, "write it by hand: pledges edit opens the ledger in your editor")


def is_same(one: Any, other: Any) -> bool:
    """Whether two values of TOML are the same: 1 is not 1.0, and nan is nan."""
    if one == other:
        return _kinds(one) == _kinds(other)
    return _is_same_in_parts(one, other)


def _kinds(value: Any) -> bytes:
    """A text in which 1, 1.0 and true differ, which are equal to Python."""
    return msgspec.json.encode(value, order="deterministic")


def _is_same_in_parts(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        same_keys = one.keys() == other.keys()
        return same_keys and all(_is_same_in_parts(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_is_same_in_parts, one, other))
    is_nan = isinstance(one, float) and math.isnan(one) and math.isnan(other)
    return is_nan or bool(one == other)


def _layouts(text: str, pledges: int) -> Iterator[Layout]:
    """The ways to find things in the text: a guess that is quick, then the walk through it."""
    if quick := guessed(text, pledges):
        yield quick
    yield whole(text)


def _steps(content: Table, ledger: Ledger, edits: Sequence[Edit]) -> list[Step]:
    """The edits as steps; what is so already is none."""
    numbers = {each.id: number for number, each in enumerate(ledger.pledges)}
    ends = _ends(ledger)
    steps = [_step(edit, numbers, ends) for edit in edits]
    return _together([step for step in steps if not _is_done(step, content)], content)


def _ends(ledger: Ledger) -> Mapping[str, int]:
    """Behind which pledge a new one stands, by its pillar: the last one of it, or before it."""
    last = {pledge.pillar: at for at, pledge in enumerate(ledger.pledges)}
    ends: dict[str, int] = {}
    nearest = len(ledger.pledges) - 1
    for pillar in ledger.pillars:
        nearest = ends[pillar] = last.get(pillar, nearest)
    return ends


def _is_done(step: Step, content: Table) -> bool:
    old = _at(content, step.path) if isinstance(step, Set) else None
    return old is not None and isinstance(step, Set) and is_same(old, step.value)


def _together(steps: Sequence[Step], content: Table) -> list[Step]:
    """The steps; the plain entries of a register that is not there yet are one."""
    new: dict[Path, Table] = {}
    rest: list[Step] = []
    for step in steps:
        if isinstance(step, Set) and _is_entry_of_none(step, content):
            new.setdefault(step.path[:1], {})[str(step.path[1])] = step.value
        else:
            rest.append(step)
    return [*(Set(path, entries) for path, entries in new.items()), *rest]


def _is_entry_of_none(step: Set, content: Table) -> bool:
    is_in_register = step.path[0] != "pledge" and not isinstance(step.value, dict)
    return is_in_register and step.path[0] not in content


def _step(edit: Edit, numbers: Mapping[str, int], ends: Mapping[str, int]) -> Step:
    match edit:
        case Append():
            path = ("pledge", numbers[edit.pledge], RECORDS[type(edit.record)])
            return Add(path, table(edit.record))
        case Put():
            return Set(("pledge", numbers[edit.pledge], *edit.path), tables(edit.value))
        case NewPledge():
            return Insert(ends.get(edit.pledge.pillar, len(numbers) - 1), table(edit.pledge))
        case RegisterEntry():
            return Set((edit.register, edit.key), tables(edit.entry))
        case _:
            assert_never(edit)


def _done(content: Table, step: Step) -> Table:
    """The tables with a step done that puts no new pledge among them."""
    match step:
        case Set():
            return _changed(content, step.path, step.value)
        case Add():
            return _changed(content, step.path, [*(_at(content, step.path) or []), step.record])
        case _:
            return content


def _changed(content: Table, path: Path, value: Any) -> Table:
    changed: Table = _with(content, path, value)
    return changed


def _with(content: Any, path: Path, value: Any) -> Any:
    """New tables with a value at a path; all others are those of the old ones."""
    if not path:
        return value
    if isinstance(content, list):
        at = int(path[0])
        return [*content[:at], _with(content[at], path[1:], value), *content[at + 1 :]]
    return {**content, path[0]: _with(content.get(path[0], {}), path[1:], value)}


def _with_pledges(content: Table, steps: Sequence[Step]) -> Table:
    new: dict[int, list[Table]] = {}
    for step in steps:
        if isinstance(step, Insert):
            new.setdefault(step.after, []).append(step.pledge)
    if not new:
        return content
    pledges = list(new.get(-1, []))
    for at, pledge in enumerate(content.get("pledge", [])):
        pledges += [pledge, *new.get(at, [])]
    return {**content, "pledge": pledges}


def _at(content: Any, path: Path) -> Any:
    """What stands at a path; None where nothing does."""
    for key in path:
        found = isinstance(content, list) or key in content
        content = content[key] if found else None
        if content is None:
            return None
    return content


def _spliced(layout: Layout, steps: Sequence[Step], content: Table) -> str:
    splicer = Splicer(layout)
    splices: list[Splice] = []
    for step in steps:
        match step:
            case Set():
                has_others = bool(_at(content, step.path[:-1]))
                splices += splicer.set(step.path, step.value, has_others=has_others)
            case Add():
                count = len(_at(content, step.path) or [])
                splices += splicer.add(step.path, step.record, count)
            case Insert():
                splices += splicer.insert(step.after, step.pledge)
    return spliced(layout.text, splices)
