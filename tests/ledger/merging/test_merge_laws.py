"""What holds for every merge, tried with pairs of histories of which the facts are known."""

import re

import pytest
import rtoml

from histories import Cell, Cells, cells, pair, place_of, together
from nightly import number
from pledges.domain.conflicts import Conflict
from pledges.ledger.merging.three_way import Merge, merged
from pledges.ledger.reading.decode import decode


def merge(base: str, ours: str, theirs: str) -> Merge:
    """The merge of three texts that are TOML."""
    done = merged(base, ours, theirs)
    assert done
    return done


def chosen(text: str, side: int) -> str:
    """A text with the lines of one side of each conflict."""
    lines, part = [], None
    for line in text.splitlines(keepends=True):
        if line.startswith(("<<<<<<< ", "=======", ">>>>>>> ")):
            part = {"<": 0, "=": 1, ">": None}[line[0]]
        elif part in (None, side):
            lines.append(line)
    return "".join(lines)


def place(conflict: Conflict) -> Cell:
    """What a conflict is about."""
    table, record, key = conflict.place
    if record:
        kind, entry = record
        return (table, kind, entry.get("note", entry.get("what")))
    return (table, key.split(".")[0])


@pytest.mark.parametrize("batch", range(10))
def test_a_merge_has_the_facts_of_both_sides_and_marks_what_they_differ_about(batch: int) -> None:
    """Nothing that either side says is lost, and only what both say differently is a conflict."""
    for seed in range(batch, number(100, 2000), 10):
        base, ours, theirs = pair(seed)
        facts: list[Cells] = [cells(each) for each in (base, ours, theirs)]
        agreed, contested = together(*facts)
        merges = merge(base, ours, theirs), merge(base, theirs, ours)
        for done, (one, other) in zip(merges, ((1, 2), (2, 1)), strict=True):
            told = {place(each) for _, each in done.conflicts}
            assert told == {place_of(each) for each in contested}, seed
            for side, version in enumerate((one, other)):
                text = chosen(done.text, side)
                rest = {x: facts[version][x] for x in contested if x in facts[version]}
                assert cells(text) == {**agreed, **rest}, seed
                decode(text, "a ledger")
            for line, conflict in done.conflicts:
                assert done.text.splitlines()[line - 1] == "<<<<<<< ours", (seed, conflict)
        tables = [rtoml.loads(chosen(x.text, n)) for n, x in enumerate(merges)]
        assert {x["id"]: x for x in tables[0]["pledge"]} == {
            x["id"]: x for x in tables[1]["pledge"]
        }


@pytest.mark.parametrize("batch", range(4))
def test_the_comments_of_both_sides_are_in_a_merge(batch: int) -> None:
    """A comment line that one side has put there is kept, though what is below it be gone."""
    for seed in range(batch, number(60, 2000), 4):
        base, ours, theirs = pair(seed)
        text = merge(base, ours, theirs).text
        for side in (ours, theirs):
            new = {each for each in comments(side) if each not in comments(base)}
            assert new <= {*comments(text)}, seed


def comments(text: str) -> list[str]:
    """The comment lines that a writer of histories has made."""
    return re.findall(r"(?m)^# comment (\w+)\.", text)
