"""A desk officer's second day: what was entered yesterday is put right, by command.

After each command the ledger differs from before in just the lines that it is about.  In the
evening all is undone, command by command, and done again.
"""

import difflib
import re
import shlex
from collections.abc import Sequence

import pytest
from msgspec import Struct

from build import SHIPPED
from desk import Desk
from samples import SMALL_PLAN

LISTED = "".join(
    f"""
# Number {number} of the list.
[[pledge]]
id = "PPL-{number}"
title = "Hold talk {number}"
pillar = "people"
part_of = "PPL-03"
"""
    for number in range(20, 32)
)
DOUBLED = """
[[pledge.update]]
date = 2026-10-01
status = "in-progress"
"""
MORNING = (
    SMALL_PLAN.replace(
        'status = "in-progress"\n', f'status = "in-progress"\n\n# Entered twice?{DOUBLED}', 1
    )
    + LISTED
)
IDS = "# the desk of the academy\n" + "".join(f"PPL-{number}\n" for number in range(20, 32))


class Step(Struct, frozen=True):
    """A command, what it takes out of the ledger and puts in, and what is on standard input."""

    command: str
    gone: Sequence[str]
    new: Sequence[str]
    typed: str = ""


def pledge_lines(*keys: str) -> list[str]:
    """The lines of a new pledge, with the blank line above it."""
    return ["", "[[pledge]]", *keys]


STEPS = [
    # Figures and dates were mistyped.
    Step("correct ECO-02 1 --value 2", ["value = 1"], ["value = 2"]),
    Step("correct ECO-02 1 --date 2026-09-11", ["date = 2026-09-01"], ["date = 2026-09-11"]),
    Step(
        "set ECO-02 --title 'Build industrial parks'",
        ['title = "Build parks"'],
        ['title = "Build industrial parks"'],
    ),
    # An entry is there twice; the comment above it goes with it.
    Step("remove ECO-01 2 --yes", ["", "# Entered twice?", *DOUBLED.strip().split("\n")], []),
    # A pledge is split in two.
    Step(
        "add --title 'Build parks in the north' --pillar economy --owed-by VN --part-of ECO-02",
        [],
        pledge_lines(
            'id = "ECO-03"',
            'title = "Build parks in the north"',
            'pillar = "economy"',
            'owed_by = ["VN"]',
            'part_of = "ECO-02"',
        ),
    ),
    Step(
        "add --title 'Build parks in the south' --pillar economy --owed-by VN --part-of ECO-02",
        [],
        pledge_lines(
            'id = "ECO-04"',
            'title = "Build parks in the south"',
            'pillar = "economy"',
            'owed_by = ["VN"]',
            'part_of = "ECO-02"',
        ),
    ),
    # An id that others name is changed, there too.
    Step(
        "set ECO-02 --id ECO-20",
        ['id = "ECO-02"', 'part_of = "ECO-02"', 'part_of = "ECO-02"'],
        ['id = "ECO-20"', 'part_of = "ECO-20"', 'part_of = "ECO-20"'],
    ),
    # A source gives another year, and it is settled which one is right.
    Step(
        "update ECO-01 --claim-due 2027 --source vov",
        [],
        ["", "[[pledge.claim]]", 'source = "vov"', 'due = "2027"'],
    ),
    Step("update ECO-01 --settle-claim 1", [], ["settled = 2026-11-22"]),
    # A pledge belongs to another pillar.
    Step("set ENE-01 --pillar people", [], []),
    # Twelve pledges of a list get a lead.
    Step("set - --lead 'National Academy'", [], ['lead = "National Academy"'] * 12, IDS),
    Step("set PPL-20 --clear lead", ['lead = "National Academy"'], []),
]


def difference(old: str, new: str) -> tuple[list[str], list[str]]:
    """The lines that are only in the old text, and those that are only in the new one."""
    lines = list(difflib.ndiff(old.split("\n"), new.split("\n")))
    marked = [[x[2:] for x in lines if x.startswith(mark)] for mark in ("- ", "+ ")]
    return marked[0], marked[1]


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk with the ledger of yesterday evening."""
    desk.text = MORNING
    return desk


def done(desk: Desk, step: Step) -> None:
    """Do a step, which is to succeed and to say where it wrote."""
    code, _, err = desk(*shlex.split(step.command), stdin=step.typed.encode())
    assert code == 0
    assert err.endswith("Written to commitments.toml. To undo this: pledges undo\n")


def test_second_day(desk: Desk) -> None:
    """Each command changes its lines alone; undone one by one the bytes of the morning are back."""
    texts = [desk.text]
    for step in STEPS:
        done(desk, step)
        gone, new = difference(texts[-1], desk.text)
        if "--pillar people" in step.command:  # it is moved as it is, with its own comments
            assert sorted(gone) == sorted(each.replace('"people"', '"energy"') for each in new)
            assert 'pillar = "people"' in new
        else:
            assert (sorted(gone), sorted(new)) == (sorted(step.gone), sorted(step.new))
        texts.append(desk.text)
    evening = texts[-1]
    for text in texts[-2::-1]:
        assert desk.line("undo --yes").code == 0
        assert desk.text == text
    assert desk.text == MORNING
    for text in texts[1:]:
        assert desk.line("redo --yes").code == 0
        assert desk.text == text
    assert desk.text == evening


def test_second_day_shown_first(desk: Desk) -> None:
    """With ``-n`` each command shows what it would do, and does nothing."""
    for step in STEPS:
        before = desk.stamp
        code, out, _ = desk(*shlex.split(step.command), "-n", stdin=step.typed.encode())
        assert code == 0
        assert out.startswith("--- a/commitments.toml\n")
        assert desk.stamp == before
        done(desk, step)


def test_evening(desk: Desk) -> None:
    """What was put right is what is shown."""
    for step in STEPS:
        done(desk, step)
    shown = desk.line("list --lead 'National Academy' --columns id").out.split()
    assert shown == [f"PPL-{number}" for number in range(21, 32)]
    assert desk.line("list --contested").out == ""
    assert "ENE-01" in desk.line("list --pillar people --columns id").out
    assert desk.line("list ECO-20 --columns title").out == "Build industrial parks\n"


@pytest.mark.parametrize(
    ("argv", "line"),
    [
        ("correct ECO-02 1 --value 0", "value = 0"),
        ("set ECO-02 --target 0", "target = 0"),
        ("set ECO-02 --baseline 0", "baseline = 0"),
    ],
)
def test_nothing_at_all_is_a_value(desk: Desk, argv: str, line: str) -> None:
    """A figure of 0 is written, and is not taken for a term that goes."""
    desk.text = SHIPPED.read_text(encoding="utf-8")
    assert desk.line(argv).code == 0
    assert re.search(rf"\b{line}\b", desk.text)
    assert len(desk.text.splitlines()) == len(SHIPPED.read_text(encoding="utf-8").splitlines())
