"""An edit changes exactly what was asked: for ledgers in all manners of writing, by other means."""

import datetime as dt
import random
import re
import tomllib
from collections.abc import Sequence
from typing import Any

import pytest
import rtoml
from hypothesis import event, given, settings
from hypothesis import strategies as st
from ledger_texts import Dice, Place, Table, Written, dice_of, edits_for, written
from msgspec import Struct

from nightly import number
from pledges.domain.day import Period
from pledges.domain.edits import Append, Clear, Edit, Move, NewPledge, Put, RegisterEntry, Remove
from pledges.domain.fields import Several
from pledges.domain.pledge import Ask, Claim, Kind, Update
from pledges.errors import CannotWrite
from pledges.ledger.editing.amend import amendment
from pledges.ledger.reading.decode import decode

MARK = "\ufeff"
NAMES = {Update: "update", Claim: "claim", Ask: "ask"}


def edited(text: str, *edits: Edit) -> str:
    """The text with the edits done.

    Raises: ``CannotWrite``.
    """
    return amendment(text, "commitments.toml", lambda _: edits).new


# The judge: what a text holds, and what an edit makes of it, without any of the program's means.


def judged(old: str, new: str) -> tuple[Table, Table]:
    """What both texts hold, as a reader of TOML 1.0 sees it where the old text is that."""
    try:
        before = tomllib.loads(old.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError:
        return rtoml.loads(old), rtoml.loads(new)
    return before, tomllib.loads(new.removeprefix("\ufeff"))


def exact(value: object) -> object:
    """A value in which 1, 1.0 and true differ, and nan is the same as nan."""
    if isinstance(value, dict):
        return {key: exact(each) for key, each in value.items()}
    return [exact(each) for each in value] if isinstance(value, list) else repr(value)


def plain(value: object) -> object:
    """A value of the model as it stands in a table."""
    if isinstance(value, Struct):
        names = {"updates": "update", "claims": "claim", "asks": "ask"}
        terms = {names.get(key, key): getattr(value, key) for key in value.__struct_fields__}
        given = {
            key: each
            for key, each in terms.items()
            if each not in (None, (), Kind.ONE_OFF) and each is not False
        }
        return {key: plain(each) for key, each in given.items()}
    if isinstance(value, Period):
        return value.first if value.first == value.last else value.name
    if isinstance(value, Several) and len(value) == 1:
        return value[0]
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value if isinstance(value, int | float | dt.date) else str(value)


def intended(tables: Table, edits: Sequence[Edit]) -> Table:
    """The tables with the edits done in them: places are those before any of the edits."""
    pledges = {each["id"]: each for each in tables.get("pledge", [])}
    removed: list[Table] = []
    for edit in edits:
        match edit:
            case Append():
                name = NAMES[type(edit.record)]
                pledges[edit.pledge].setdefault(name, []).append(plain(edit.record))
            case Put():
                inside(pledges[edit.pledge], edit.path[:-1])[edit.path[-1]] = plain(edit.value)
            case Clear():
                del inside(pledges[edit.pledge], edit.path[:-1])[edit.path[-1]]
            case Remove():
                removed.append(inside(pledges[edit.pledge], edit.path))
            case RegisterEntry():
                tables.setdefault(edit.register, {})[edit.key] = plain(edit.entry)
    for owner in [*pledges.values(), tables]:
        for key in ("pledge", "update", "claim", "ask"):
            remove(owner, key, removed)
    return tables


def inside(table: Any, path: Place) -> Any:  # noqa: ANN401  (tables of any kind)
    """What is at a path in a table."""
    for key in path:
        table = table[key]
    return table


def remove(owner: Table, key: str, removed: Sequence[Table]) -> None:
    """Take the removed tables out of a list, and an empty list out of its owner."""
    if any(each is gone for each in owner.get(key, []) for gone in removed):
        owner[key] = [each for each in owner[key] if not any(each is gone for gone in removed)]
        if not owner[key]:
            del owner[key]


def anchor(pledges: Sequence[Table], order: Sequence[str], pillar: str) -> str | None:
    """The pledge behind which a new one of a pillar belongs."""
    for name in reversed(order[: order.index(pillar) + 1]):
        if found := [each["id"] for each in pledges if each["pillar"] == name]:
            return str(found[-1])
    return pledges[-1]["id"] if pledges else None


def judge_tables(old: str, new: str, edits: Sequence[Edit]) -> None:
    """The new text holds what the old one does, with the edits done, and nothing else."""
    before, after = judged(old, new)
    added = {edit.pledge.id: edit.pledge for edit in edits if isinstance(edit, NewPledge)}
    wanted = intended(judged(old, new)[0], edits)
    found = {each["id"]: each for each in after.get("pledge", [])}
    for name, pledge in added.items():
        assert exact(found[name]) == exact(plain(pledge))
    others = {each["id"]: each for each in wanted.get("pledge", [])}
    assert found.keys() == added.keys() | others.keys()
    assert exact({name: found[name] for name in others}) == exact(others)
    assert exact(without(after, "pledge")) == exact(without(wanted, "pledge"))
    assert ("pledge" in after) == bool(found or "pledge" in wanted)
    judge_order([*found], before, edits, list(wanted["pillars"]))


def judge_order(
    ids: Sequence[str], before: Table, edits: Sequence[Edit], order: Sequence[str]
) -> None:
    """The pledges that stayed are in their old order; what is new or was moved is in its place."""
    added = {edit.pledge.id: edit.pledge for edit in edits if isinstance(edit, NewPledge)}
    removed = {edit.pledge for edit in edits if isinstance(edit, Remove) and not edit.path}
    moved = {edit.pledge for edit in edits if isinstance(edit, Move)}
    old = before.get("pledge", [])
    stayed = [each["id"] for each in old if each["id"] not in removed | moved]
    assert [each for each in ids if each not in added.keys() | moved] == stayed
    if not moved | removed:
        behind: str | None = None
        for each in ids:
            behind = behind if each in added else each
            assert each not in added or behind == anchor(old, order, added[each].pillar)
    pillars = {each["id"]: each["pillar"] for each in old}
    pillars |= {x.pledge: x.value for x in edits if isinstance(x, Put) and x.path == ("pillar",)}
    pillars |= {name: each.pillar for name, each in added.items()}
    for name in moved if len(moved) == 1 else ():
        at = ids.index(name)
        others = [{"id": x, "pillar": pillars[x]} for x in (*ids[:at], *ids[at + 1 :])]
        expected = anchor(others, order, pillars[name])
        assert (ids[at - 1] if at else None) == expected or len(ids) == 1


def without(table: Table, key: str) -> Table:
    """A table without one of its keys."""
    return {each: value for each, value in table.items() if each != key}


def lost_lines(before: Sequence[str], after: Sequence[str]) -> int:
    """How many lines have to go at least for the others to stand in the new text in order."""
    before, after = behind_the_same(*behind_the_same(before, after))
    row = [0] * (len(after) + 1)
    for line in before:
        above, row = row, [0]
        for at, other in enumerate(after):
            row.append(above[at] + 1 if line == other else max(row[-1], above[at + 1]))
    return len(before) - row[-1]


def behind_the_same(one: Sequence[str], other: Sequence[str]) -> tuple[list[str], list[str]]:
    """What follows the lines that both begin with, from its end to its start."""
    pairs = enumerate(zip(one, other, strict=False))
    start = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    return list(one[start:])[::-1], list(other[start:])[::-1]


def stand_in_order(lines: Sequence[str], among: Sequence[str]) -> bool:
    """Whether lines stand among others in their order."""
    rest = iter(among)
    return all(line in rest for line in lines)


def lines_of(text: str, newline: str) -> list[str]:
    """The lines of a text, each with its end, which the last one gets where it has none."""
    is_ended = not text or text.endswith("\n")
    return re.findall(r"[^\n]*\n", text.removeprefix(MARK) + ("" if is_ended else newline))


def judge_lines(ledger: Written, new: str, edits: Sequence[Edit]) -> None:
    """Nothing moved: lines are only added, but for those of a value that was replaced.

    What was removed or moved takes the comments right above it, and one blank line.
    """
    old = ledger.text
    newline = "\r\n" if "\r" in old else "\n"
    after = lines_of(new, newline)
    may_go = [changeable(ledger, edit) for edit in edits]
    gone = [at for edit in edits for at in around_block(ledger, edit)]
    lost = ledger.statements
    kept = "".join(
        each
        for at, each in enumerate(lost)
        if at not in gone and not any(each in some for some in may_go)
    )
    assert stand_in_order(lines_of(kept, newline), after)
    dotted = [edit.path == ("measure",) if isinstance(edit, Clear) else False for edit in edits]
    most = sum(
        sum(map(height, each)) if has_several else max(map(height, each), default=0)
        for each, has_several in zip(may_go, dotted, strict=True)
    )
    most += sum(height(lost[at]) for at in set(gone))
    assert lost_lines(lines_of(old, newline), after) <= most
    assert new.count("\r") == (new.count("\n") if "\r" in old else 0)
    assert new.startswith(MARK) == old.startswith(MARK)
    assert not new.startswith(MARK * 2)
    assert new.endswith("\n") == old.endswith("\n")


def around_block(ledger: Written, edit: Edit) -> list[int]:
    """The statements of what is removed or moved, with the comments and blank lines around it."""
    block = ledger.blocks.get(place_of(ledger, edit))
    if not block:
        return []
    start, end = block
    statements = ledger.statements
    while start and statements[start - 1].lstrip(" \t").startswith("#"):
        start -= 1
    while end < len(statements) and statements[end].lstrip(" \t").startswith("#"):
        end += 1
    start -= 1 if start and not statements[start - 1].strip() else 0
    end += 1 if end < len(statements) and not statements[end].strip() else 0
    return list(range(start, end))


def place_of(ledger: Written, edit: Edit) -> Place:
    """The way to what is removed, cleared or moved, by its number; else nothing."""
    if not isinstance(edit, Remove | Clear | Move):
        return ("nothing",)
    ids = [each["id"] for each in judged(ledger.text, ledger.text)[0]["pledge"]]
    path = () if isinstance(edit, Move) else edit.path
    return ("pledge", ids.index(edit.pledge), *path)


def height(statement: str) -> int:
    """The lines that a statement stands on."""
    return statement.removesuffix("\n").count("\n") + 1


def changeable(ledger: Written, edit: Edit) -> list[str]:
    """The statements of which an edit may change one, where it does not only add lines."""
    match edit:
        case Append():
            names = {NAMES[type(edit.record)], "pledge"}
        case Put() | Clear():
            names = {str(edit.path[0]), str(edit.path[-1]), "pledge"}
        case Remove(path=path):
            names = {*map(str, path[:1]), "pledge"}
        case NewPledge() | Move():
            names = {"pledge"}
        case RegisterEntry():
            names = {edit.register}
    only_adds = ledger.is_plain and not isinstance(edit, Put | Clear)
    found = [each for each in ledger.statements if any(sets(each, name) for name in names)]
    return [] if only_adds else found


def sets(statement: str, name: str) -> bool:
    """Whether a statement sets a key of this name, in any manner of writing it."""
    key = statement.partition("=")[0].lstrip()
    return "=" in statement and not key.startswith(("#", "[")) and name in key


def judge(ledger: Written, edits: Sequence[Edit]) -> bool:
    """Whether edits are written; where they are, exactly they."""
    try:
        new = edited(ledger.text, *edits)
    except CannotWrite:
        return False
    judge_tables(ledger.text, new, edits)
    judge_lines(ledger, new, edits)
    decode(new, "commitments.toml")
    return True


Case = tuple[Written, list[Edit]]


def a_case(dice: Dice, most: int, *, is_plain: bool) -> Case:
    """A ledger, and from one to so many edits that fit it."""
    ledger = written(dice, is_plain=is_plain)
    return ledger, edits_for(dice, judged(ledger.text, ledger.text)[0], 1 + dice.below(most))


@st.composite
def cases(draw: st.DrawFn, most: int) -> Case:
    """Ledgers and edits, one in three ledgers with its parts under headers."""
    dice = dice_of(draw)
    return a_case(dice, most, is_plain=dice.below(3) == 0)


@settings(max_examples=number(100, 5000))
@given(cases(4))
def test_edits_change_exactly_what_was_asked(case: Case) -> None:
    """Whatever the manner of a ledger, edits change what they are about, or nothing is written."""
    is_written = judge(*case)
    event(f"{'plain' if case[0].is_plain else 'any'}: {'written' if is_written else 'refused'}")


@pytest.mark.parametrize(("is_plain", "least"), [(True, 0.97), (False, 0.93)])
def test_hardly_any_edit_is_refused(is_plain: bool, least: float) -> None:  # noqa: FBT001
    """Of 100 cases, 97 are written where the parts have headers, and 93 elsewhere."""
    many = number(300, 2000)
    throws = (random.Random(seed).randrange for seed in range(many))  # noqa: S311  (no secrets)
    found = (a_case(Dice(throw), 4, is_plain=is_plain) for throw in throws)
    assert sum(judge(*case) for case in found) >= least * many


@given(cases(1))
def test_no_edits(case: Case) -> None:
    """Where there is nothing to do, the text stays what it is."""
    text = case[0].text
    assert edited(text) == text


@given(cases(2))
def test_at_once_or_one_after_the_other(case: Case) -> None:
    """Two edits at once make the same tables as the one and then the other."""
    text, edits = case[0].text, case[1]
    if all(isinstance(each, NewPledge | Move) for each in edits) or any(
        isinstance(each, Remove) for each in edits
    ):
        return  # their order is for the tables of cases, and numbers are those before any removal
    try:
        at_once = edited(text, *edits)
        in_turn = edited(edited(text, *edits[:1]), *edits[1:])
    except CannotWrite:
        return
    assert exact(rtoml.loads(at_once)) == exact(rtoml.loads(in_turn))


@given(cases(6))
def test_edits_of_different_pledges(case: Case) -> None:
    """Edits of different pledges make the same tables in either order."""
    text = case[0].text
    kinds = Append | Put | Clear | Remove
    of_each = {each.pledge: each for each in case[1] if isinstance(each, kinds)}
    edits = list(of_each.values())
    try:
        forwards, backwards = edited(text, *edits), edited(text, *edits[::-1])
    except CannotWrite:
        return
    assert exact(rtoml.loads(forwards)) == exact(rtoml.loads(backwards))
