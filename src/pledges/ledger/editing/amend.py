"""A ledger's text with the intended edits and no other change, which is proven.

The edits are put as steps on the tables.  The steps are done twice: on the text, by putting new
lines and values where they belong, and on the tables that the old text contains.  The new text is
good only if it is read as those tables.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial, reduce
from itertools import chain
from operator import getitem
from typing import Any, Final, assert_never

import msgspec
import rtoml
from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.edits import Append, Clear, Edit, Move, NewPledge, Put, RegisterEntry, Remove
from pledges.domain.pledge import Ask, Claim, Ledger, Update
from pledges.errors import CannotWrite, FaultyLedger, WrongUse
from pledges.ledger.editing.insertion_points import UnexpectedLayout, full_layout, guessed_layout
from pledges.ledger.editing.splice import (
    InsertRecord,
    RemoveKey,
    RemoveRecord,
    SetValue,
    SplicePlanner,
    Step,
)
from pledges.ledger.editing.toml_writing import record_table, toml_value
from pledges.ledger.reading.decode import Table, decode, sound_ledger, to_ledger
from pledges.ledger.reading.rules import broken_rules
from pledges.ledger.text.finding import Path

RECORDS: Final = {Update: "update", Claim: "claim", Ask: "ask"}
_json: Final = partial(msgspec.json.encode, order="deterministic")


class UnsoundEdit(WrongUse):
    """An edit that would break a rule of the ledger; the hint is for an editor of the file."""


class Revision(Struct, frozen=True):
    """A ledger's text before and after."""

    old: str
    new: str


class Amendment(Revision, frozen=True):
    """A revision by edits, with the ledger before and after."""

    before: Ledger
    after: Ledger


Plan = Callable[[Ledger], Sequence[Edit]]  # what is to be done, depending on what the ledger says


def amendment(text: str, name: str, plan: Plan) -> Amendment:
    """The text with the planned edits, or the same text if there are none.

    Raises: ``FaultyLedger`` if the text is not a sound ledger, ``UnsoundEdit`` if the new one would
    not be, ``CannotWrite`` if it can't be written exactly; and what ``plan`` raises.
    """
    try:
        # Its rules are not tried: the new text contains the old one, and is tried by all of them.
        tables = rtoml.loads(text)
        before = to_ledger(tables)
    except (rtoml.TomlParsingError, msgspec.ValidationError):
        decode(text, name)  # which raises every fault with its place
        raise
    edits = plan(before)
    if not edits:
        return Amendment(text, text, before, before)
    steps = _steps(tables, before, edits)
    _take_steps(tables, steps)
    new = _proven(text, len(before.pledges), lambda planner: planner.text_after(steps), tables)
    ids = {
        each.pledge: each.value for each in edits if isinstance(each, Put) and each.path == ("id",)
    }
    for edit in edits:
        if isinstance(edit, Move):
            new = _with_moved(new, tables, str(ids.get(edit.pledge, edit.pledge)))
    try:
        after = sound_ledger(tables) or decode(new, name)
    except FaultyLedger as error:
        decode(text, name)  # if the fault was there before, it is the ledger's, not the edit's
        first = error.faults[0]
        raise UnsoundEdit(f"{_broken_pledge(tables, before)}{first.message}", first.hint) from None
    return Amendment(text, new, before, after)


def _broken_pledge(tables: Table, before: Ledger) -> str:
    """The id of the first pledge that breaks a rule, before a message; nothing of a new one."""
    after = to_ledger(tables)
    path = next((each.path for each in broken_rules(after)), ())
    number = path[1] if len(path) > 1 and path[0] == "pledge" else None
    if not isinstance(number, int):
        return ""
    name = after.pledges[number].id
    return f"{name}: " if any(each.id == name for each in before.pledges) else ""


def _steps(tables: Table, ledger: Ledger, edits: Sequence[Edit]) -> list[Step]:
    """The edits as steps, without those that would change nothing."""
    numbers = {each.id: number for number, each in enumerate(ledger.pledges)}
    predecessors = _predecessors(ledger)
    registers: dict[str, Table] = {}
    steps: list[Step] = []
    for edit in edits:
        match edit:
            case Append(pledge, record):
                path: Path = ("pledge", numbers[pledge], RECORDS[type(record)])
                last = len(value_at(tables, path) or ()) - 1
                steps.append(InsertRecord(path, last, record_table(record)))
            case NewPledge(pledge):
                after = predecessors.get(pledge.pillar, len(numbers) - 1)
                steps.append(InsertRecord(("pledge",), after, record_table(pledge)))
            case RegisterEntry(register, key, str(entry)) if register not in tables:
                # The plain entries of a new register are one table, under one header.
                registers.setdefault(register, {})[key] = entry
            case RegisterEntry(register, key, entry):
                steps += _change(tables, (register, key), toml_value(entry))
            case Put(pledge, path, value):
                steps += _change(tables, ("pledge", numbers[pledge], *path), toml_value(value))
            case Clear(pledge, path):
                whole = ("pledge", numbers[pledge], *path)
                steps += [RemoveKey(whole)] if value_at(tables, whole) is not None else []
            case Remove(pledge, path):
                steps.append(RemoveRecord(("pledge", numbers[pledge], *path)))
            case Move():
                pass  # once all else is done: then it is known where the last of its pillar is
            case _:
                assert_never(edit)
    new = (SetValue((each,), entries, has_others=True) for each, entries in registers.items())
    return [*new, *steps]


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


def _change(tables: Table, path: Path, value: Any) -> list[Step]:
    """The step that sets a value; none if it is set already."""
    old = value_at(tables, path)
    if old is not None and is_same(old, value):
        return []
    return [SetValue(path, value, has_others=bool(value_at(tables, path[:-1])))]


def value_at(tables: Any, path: Path) -> Any:
    """The value at a path; None if there is none."""
    try:
        return reduce(getitem, path, tables)
    except KeyError:
        return None


def is_same(one: Any, other: Any) -> bool:
    """Whether two values of TOML are the same: 1 is not 1.0, and nan is nan."""
    # Both comparisons are done in C.  As JSON 1, 1.0 and true differ, which are equal to Python.
    if one == other:
        # Most often their keys are in the same order, which takes less time to see.
        return msgspec.json.encode(one) == msgspec.json.encode(other) or _json(one) == _json(other)
    # Tables with nan in them are not equal to themselves.  Their ``repr`` is, but takes longer.
    dates = (dt.datetime, dt.date, dt.time)
    sorted_keys = partial(msgspec.to_builtins, order="deterministic", builtin_types=dates)
    return repr(sorted_keys(one)) == repr(sorted_keys(other))


def _take_steps(tables: Table, steps: Sequence[Step]) -> None:
    for step in steps:
        if isinstance(step, SetValue):
            owner: Any = tables
            for key in step.path[:-1]:
                owner = owner.setdefault(key, {}) if isinstance(owner, dict) else owner[key]
            owner[step.path[-1]] = step.value
    for step in steps:
        if isinstance(step, RemoveKey):
            del value_at(tables, step.path[:-1])[step.path[-1]]
    # The steps go by the old numbers: so what is to go is taken hold of before anything is put in.
    gone = [step.path for step in steps if isinstance(step, RemoveRecord)]
    doomed = {id(value_at(tables, path)) for path in gone}
    owners = {path[:-1]: value_at(tables, path[:-2]) for path in gone}
    inserts: dict[Path, dict[int, list[Table]]] = {}  # list by list: it may be thousands of records
    for step in (each for each in steps if isinstance(each, InsertRecord)):
        inserts.setdefault(step.path, {}).setdefault(step.after, []).append(step.record)
    # By the old numbers, too, new pledges come after what is put into the old ones.
    for path, new in sorted(inserts.items(), key=lambda each: -len(each[0])):
        old = value_at(tables, path[:-1]).setdefault(path[-1], [])
        followed = ((each, *new.get(at, ())) for at, each in enumerate(old))
        old[:] = chain(new.get(-1, ()), *followed)
    for path, owner in owners.items():
        owner[path[-1]] = [each for each in owner[path[-1]] if id(each) not in doomed]
        if not owner[path[-1]]:
            del owner[path[-1]]


def _with_moved(text: str, tables: Table, pledge: str) -> str:
    """The text with a pledge after the last one of its pillar, and ``tables`` so too."""
    records = tables["pledge"]
    ledger = to_ledger(tables)
    number = next(at for at, each in enumerate(ledger.pledges) if each.id == pledge)
    others = replace(ledger, pledges=tuple(x for x in ledger.pledges if x.id != pledge))
    pillar = ledger.pledges[number].pillar
    last = _predecessors(others).get(pillar, len(records) - 2)
    # Behind the one before it may still be above a heading of the next pillar, so it is put there.
    after = last if last < number else last + 1
    records.insert(last + 1, records.pop(number))
    return _proven(
        text, len(records), lambda planner: planner.text_with_moved(number, after), tables
    )


def _proven(
    text: str, pledges: int, change: Callable[[SplicePlanner], str], intended: Table
) -> str:
    """The text with a change, proven to contain the intended tables."""
    message = "this can't be written without changing other lines of the ledger"
    # The guess is right for nearly every ledger, and much quicker than the scan of all of it.
    for find_layout in (partial(guessed_layout, text, pledges), partial(full_layout, text)):
        try:
            candidate = change(SplicePlanner(find_layout()))
            if is_same(rtoml.loads(candidate), intended):
                return candidate
        except UnexpectedLayout as error:
            message = str(error) or message
        except rtoml.TomlParsingError:
            continue
    raise CannotWrite(message, "make the change by hand: pledges edit")
