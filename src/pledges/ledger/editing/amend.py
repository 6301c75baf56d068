"""A ledger's text with exactly an intended change: nothing else in it moves, and that is proven.

The edits are put as steps on the tables.  The steps are done twice: on the text, by putting new
lines and values where they belong, and on the tables that the old text contains.  The new text is
good only if it is read as those tables.
"""

import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, assert_never

import msgspec
import rtoml
from msgspec import Struct

from pledges.domain.edits import Append, Edit, NewPledge, Put, RegisterEntry
from pledges.domain.pledge import Ask, Claim, Ledger, Update
from pledges.errors import CannotWrite
from pledges.ledger.editing.insertion_points import (
    Layout,
    UnexpectedLayout,
    full_layout,
    guessed_layout,
)
from pledges.ledger.editing.splice import Splice, SplicePlanner, apply_splices
from pledges.ledger.editing.toml_writing import record_table, toml_value
from pledges.ledger.reading.decode import Table
from pledges.ledger.text.finding import Path

RECORDS: Final = {Update: "update", Claim: "claim", Ask: "ask"}


class SetValue(Struct, frozen=True):
    """The value at a path, set or added."""

    path: Path
    value: Any


class AppendRecord(Struct, frozen=True):
    """One more table at the end of the list at a path."""

    path: Path
    record: Table


class InsertPledge(Struct, frozen=True):
    """One more pledge, after the one of this number; -1 is before all."""

    after: int
    pledge: Table


Step = SetValue | AppendRecord | InsertPledge


def apply_edits(
    text: str, content: Table, ledger: Ledger, edits: Sequence[Edit]
) -> tuple[str, Table]:
    """Return the text with the edits done, and the tables that it contains.

    ``content`` are the tables of ``text``, ``ledger`` is what they were read as.

    Raises: ``CannotWrite`` if the text is so written that the change would not be exact.
    """
    steps = _steps(content, ledger, edits)
    intended = _intended_content(content, steps)
    # The guess is right for nearly every ledger, and much quicker than the scan of all of it.
    for find_layout in (
        partial(guessed_layout, text, len(ledger.pledges)),
        partial(full_layout, text),
    ):
        try:
            candidate = _candidate(find_layout(), steps, content)
            if is_same(rtoml.loads(candidate), intended):
                return candidate, intended
        except (UnexpectedLayout, rtoml.TomlParsingError):
            continue
    message = "this can't be written without touching other lines of the ledger"
    raise CannotWrite(message, "write it by hand: pledges edit opens the ledger in your editor")


def is_same(one: Any, other: Any) -> bool:
    """Whether two values of TOML are the same: 1 is not 1.0, and nan is nan."""
    # Both comparisons are done in C.  As text 1, 1.0 and true differ, which are equal to Python.
    if one == other:
        first, second = (msgspec.json.encode(each, order="deterministic") for each in (one, other))
        return first == second
    return _is_same_in_parts(one, other)


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


def _steps(content: Table, ledger: Ledger, edits: Sequence[Edit]) -> list[Step]:
    """The edits as steps; what the ledger says already is none."""
    numbers = {each.id: number for number, each in enumerate(ledger.pledges)}
    predecessors = _predecessors(ledger)
    registers: dict[str, Table] = {}
    steps: list[Step] = []
    for edit in edits:
        step = _step(edit, numbers, predecessors)
        if isinstance(step, SetValue):
            old = _value_at(content, step.path)
            if old is not None and is_same(old, step.value):
                continue
            register, key = str(step.path[0]), str(step.path[1])
            # The plain entries of a register that is not there yet are one table, under one header.
            if register not in ("pledge", *content) and not isinstance(step.value, dict):
                registers.setdefault(register, {})[key] = step.value
                continue
        steps.append(step)
    return [*(SetValue((each,), entries) for each, entries in registers.items()), *steps]


def _predecessors(ledger: Ledger) -> Mapping[str, int]:
    """The number of the pledge after which a new one of each pillar belongs.

    It is the last one of its pillar; for a pillar without pledges, that of the pillar before it.
    """
    last = {pledge.pillar: at for at, pledge in enumerate(ledger.pledges)}
    predecessors: dict[str, int] = {}
    nearest = len(ledger.pledges) - 1
    for pillar in ledger.pillars:
        nearest = predecessors[pillar] = last.get(pillar, nearest)
    return predecessors


def _step(edit: Edit, numbers: Mapping[str, int], predecessors: Mapping[str, int]) -> Step:
    match edit:
        case Append():
            path = ("pledge", numbers[edit.pledge], RECORDS[type(edit.record)])
            return AppendRecord(path, record_table(edit.record))
        case Put():
            return SetValue(("pledge", numbers[edit.pledge], *edit.path), toml_value(edit.value))
        case NewPledge():
            after = predecessors.get(edit.pledge.pillar, len(numbers) - 1)
            return InsertPledge(after, record_table(edit.pledge))
        case RegisterEntry():
            return SetValue((edit.register, edit.key), toml_value(edit.entry))
        case _:
            assert_never(edit)


def _intended_content(content: Table, steps: Sequence[Step]) -> Table:
    """The tables with the steps done."""
    inserted: dict[int, list[Table]] = {}
    for step in steps:
        match step:
            case SetValue():
                content = _with_value(content, step.path, step.value)
            case AppendRecord():
                records = _value_at(content, step.path) or []
                content = _with_value(content, step.path, [*records, step.record])
            case InsertPledge():  # last, because the other steps go by the old numbers
                inserted.setdefault(step.after, []).append(step.pledge)
    if not inserted:
        return content
    pledges = list(inserted.get(-1, []))
    for at, pledge in enumerate(content.get("pledge", [])):
        pledges += [pledge, *inserted.get(at, [])]
    return {**content, "pledge": pledges}


def _with_value(content: Any, path: Path, value: Any) -> Any:
    """New tables with a value at a path; all that is not on the way there is shared."""
    if not path:
        return value
    if isinstance(content, list):
        at = int(path[0])
        return [*content[:at], _with_value(content[at], path[1:], value), *content[at + 1 :]]
    return {**content, path[0]: _with_value(content.get(path[0], {}), path[1:], value)}


def _value_at(content: Any, path: Path) -> Any:
    """What is at a path; None if there is nothing."""
    for key in path:
        is_there = isinstance(content, list) or key in content
        content = content[key] if is_there else None
        if content is None:
            return None
    return content


def _candidate(layout: Layout, steps: Sequence[Step], content: Table) -> str:
    """The text with the steps done, if the layout is right."""
    planner = SplicePlanner(layout)
    splices: list[Splice] = []
    for step in steps:
        match step:
            case SetValue():
                has_others = bool(_value_at(content, step.path[:-1]))
                splices += planner.set_value(step.path, step.value, has_others=has_others)
            case AppendRecord():
                count = len(_value_at(content, step.path) or [])
                splices += planner.append_record(step.path, step.record, count)
            case InsertPledge():
                splices += planner.insert_pledge(step.after, step.pledge)
    return apply_splices(layout.text, splices)
