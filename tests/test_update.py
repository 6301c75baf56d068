"""``pledges update``: what it adds to the ledger's text, and what it tells of it."""

import re
import shlex
from datetime import timedelta
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from desk import NAME, NOT_WRITTEN, WRITTEN, Desk
from samples import PARTS, SMALL_PLAN, holding


class Added(NamedTuple):
    """A command line, the part of the ledger that gets more lines, these, and what is told."""

    argv: str
    part: str
    lines: str
    told: str


def added(text: str) -> list[Added]:
    """Blocks of a command line with its part, the new lines, and what is told."""
    found = []
    for block in text.strip().split("\n\n"):
        head, *rest = block.split("\n")
        argv, _, part = head.partition(" -> ")
        lines = "".join(f"{line[2:]}\n" for line in rest if line.startswith("+"))
        told = "".join(f"{line}\n" for line in rest if not line.startswith("+"))
        found.append(Added(argv, part, lines, told))
    return found


ADDED: Final = added(
    """
update ECO-01 --status completed -> ECO-01
+ [[pledge.update]]
+ date = 2026-11-22
+ status = "completed"
ECO-01  status    in progress -> completed
ECO-01  standing  due soon -> done on time
ECO-01  update    22 Nov 2026: completed

update eco-01 --status WITHDRAWN --note 'Given up.' -> ECO-01
+ [[pledge.update]]
+ date = 2026-11-22
+ status = "withdrawn"
+ note = "Given up."
ECO-01  status    in progress -> withdrawn
ECO-01  standing  due soon -> withdrawn
ECO-01  update    22 Nov 2026: withdrawn: Given up.

update ECO-01 --status 'Not started' --note "The minister's word." -> ECO-01
+ [[pledge.update]]
+ date = 2026-11-22
+ status = "not-started"
+ note = "The minister's word."
ECO-01  status  in progress -> not started
ECO-01  update  22 Nov 2026: not started: The minister's word.

update ECO-01 --note 'Talks were held.' --source VOV --date yesterday -> ECO-01
+ [[pledge.update]]
+ date = 2026-11-21
+ note = "Talks were held."
+ source = "vov"
ECO-01  update  21 Nov 2026: Talks were held.
ECO-01  source  VOV, 10 Feb 2026

update ECO-01 --note x --source https://example.org/a?b=1 -> ECO-01
+ [[pledge.update]]
+ date = 2026-11-22
+ note = "x"
+ source = "https://example.org/a?b=1"
ECO-01  update  22 Nov 2026: x
ECO-01  source  https://example.org/a?b=1

update ECO-01 --note 'Signed.' --by ' Nguyễn Minh ' -> ECO-01
+ [[pledge.update]]
+ date = 2026-11-22
+ note = "Signed."
+ by = "Nguyễn Minh"
ECO-01  update  22 Nov 2026: Signed. (reported by Nguyễn Minh)

update ECO-01 --status completed --by Minh -> ECO-01
+ [[pledge.update]]
+ date = 2026-11-22
+ status = "completed"
+ by = "Minh"
ECO-01  status    in progress -> completed
ECO-01  standing  due soon -> done on time
ECO-01  update    22 Nov 2026: completed (reported by Minh)

update ECO-01 --status completed --date 2026-09-01 -> ECO-01
+ [[pledge.update]]
+ date = 2026-09-01
+ status = "completed"
ECO-01  update  1 Sep 2026: completed

update ECO-02 --value 5 -> ECO-02
+ [[pledge.update]]
+ date = 2026-11-22
+ value = 5
ECO-02  value     1 park -> 5 parks
ECO-02  progress  10% -> 50%
ECO-02  pace      far behind -> behind
ECO-02  update    22 Nov 2026: 5 parks

update ECO-02 --value -5 --note 'Parks were given back.' -> ECO-02
+ [[pledge.update]]
+ date = 2026-11-22
+ value = -5
+ note = "Parks were given back."
ECO-02  value     1 park -> -5 parks
ECO-02  progress  10% -> -50%
ECO-02  update    22 Nov 2026: -5 parks: Parks were given back.

update ECO-02 --value 2.5 --date -1w -> ECO-02
+ [[pledge.update]]
+ date = 2026-11-15
+ value = 2.5
ECO-02  value     1 park -> 2.5 parks
ECO-02  progress  10% -> 25%
ECO-02  update    15 Nov 2026: 2.5 parks

update ECO-02 --value 0.5 --date 2026-08-01 -> ECO-02
+ [[pledge.update]]
+ date = 2026-08-01
+ value = 0.5
ECO-02  update  1 Aug 2026: 0.5 parks

update ECO-02 --status completed --value 10 --note Done. -> ECO-02
+ [[pledge.update]]
+ date = 2026-11-22
+ status = "completed"
+ value = 10
+ note = "Done."
ECO-02  status    in progress -> completed
ECO-02  value     1 park -> 10 parks
ECO-02  progress  10% -> 100%
ECO-02  standing  not due yet -> done on time
ECO-02  pace      far behind -> none
ECO-02  update    22 Nov 2026: completed, 10 parks: Done.

update ECO-02 --due 2028 --why 'Land was late.' -> ECO-02
+ [[pledge.update]]
+ date = 2026-11-22
+ due = "2028"
+ why = "Land was late."
ECO-02  deadline  2027 -> 2028
ECO-02  slip      not moved -> delayed by 12 months
ECO-02  update    22 Nov 2026: deadline moved to 2028: Land was late.

update ECO-02 --due 2026-H2 --why 'Land was early.' -> ECO-02
+ [[pledge.update]]
+ date = 2026-11-22
+ due = "2026-H2"
+ why = "Land was early."
ECO-02  standing  not due yet -> due soon
ECO-02  deadline  2027 -> H2 2026
ECO-02  slip      not moved -> brought forward by 12 months
ECO-02  update    22 Nov 2026: deadline moved to H2 2026: Land was early.

update ECO-01 --due eom --why Sooner. -> ECO-01
+ [[pledge.update]]
+ date = 2026-11-22
+ due = 2026-11-30
+ why = "Sooner."
ECO-01  deadline  31 Dec 2026 -> 30 Nov 2026
ECO-01  slip      not moved -> brought forward by 31 days
ECO-01  update    22 Nov 2026: deadline moved to 30 Nov 2026: Sooner.

update ENE-01 --due 2027-Q4 --why 'Now agreed.' -> ENE-01
+ [[pledge.update]]
+ date = 2026-11-22
+ due = "2027-Q4"
+ why = "Now agreed."
ENE-01  standing  no deadline -> not due yet
ENE-01  deadline  none -> Q4 2027
ENE-01  update    22 Nov 2026: deadline set to Q4 2027: Now agreed.

update PPL-02 --status in-progress --note 'Taken up again.' -> PPL-02
+ [[pledge.update]]
+ date = 2026-11-22
+ status = "in-progress"
+ note = "Taken up again."
PPL-02  status    completed -> in progress
PPL-02  standing  done on time -> overdue
PPL-02  update    22 Nov 2026: in progress: Taken up again.

update PPL-01 --period 2025 --status completed -> PPL-01
+ [[pledge.update]]
+ date = 2026-11-22
+ period = "2025"
+ status = "completed"
PPL-01  standing  overdue for 2025 -> due soon for 2026
PPL-01  deadline  2025 -> 2026
PPL-01  update    22 Nov 2026: 2025, completed

update PPL-01 --period 2026 --note 'Ha Noi is to host.' -> PPL-01
+ [[pledge.update]]
+ date = 2026-11-22
+ period = "2026"
+ note = "Ha Noi is to host."
PPL-01  update  22 Nov 2026: 2026, remark: Ha Noi is to host.

update PPL-01 --status suspended -> PPL-01
+ [[pledge.update]]
+ date = 2026-11-22
+ status = "suspended"
PPL-01  status  no status -> suspended
PPL-01  update  22 Nov 2026: suspended

update ECO-02 --ask 'Who pays?' --ask-of 'viet nam' --ask-by 2026-12-24 -> ECO-02 asks
+ [[pledge.ask]]
+ what = "Who pays?"
+ date = 2026-11-22
+ of = "VN"
+ by = 2026-12-24
ECO-02  asked  Who pays? (of Viet Nam), by 24 Dec 2026

update ECO-01 --claim-due 2027 --source vov -> ECO-01
+ [[pledge.claim]]
+ source = "vov"
+ due = "2027"
ECO-01  claim  VOV of 10 Feb 2026 says 2027

update ECO-02 --claim-target 12 --claim-note 'In the speech.' --source vov -> ECO-02 asks
+ [[pledge.claim]]
+ source = "vov"
+ target = 12
+ note = "In the speech."
ECO-02  claim  VOV of 10 Feb 2026 says a target of 12

update ENE-01 --ask 'Who pays?' --ask-of 'the banks' -> ENE-01
+ [[pledge.ask]]
+ what = "Who pays?"
+ date = 2026-11-22
+ of = "the banks"
ENE-01  asked  Who pays? (of the banks)
"""
)


@pytest.mark.parametrize("case", ADDED, ids=lambda case: case.argv)
def test_added(desk: Desk, case: Added) -> None:
    """An update stands at the end of its pledge's history, and what it changed is told."""
    assert desk.line(case.argv) == (0, case.told, WRITTEN)
    assert desk.text == holding({case.part: f"\n{case.lines}"})


@pytest.mark.parametrize("case", ADDED, ids=lambda case: case.argv)
def test_added_quietly(desk: Desk, case: Added) -> None:
    """With ``-q`` nothing is said; in a format that is asked for the change is."""
    assert desk.line(case.argv, "-q") == (0, "", "")
    assert desk.text == holding({case.part: f"\n{case.lines}"})
    assert desk.line("undo -q --yes").code == 0
    said = desk.line(case.argv, "-q", "--format", "text")
    assert said == (0, case.told, "")


@pytest.mark.parametrize(
    ("words", "number"),
    [("1", 0), ("2", 1), ("confirm", 0), ("NAME the", 1), ("year", 0), ("Name the parks", 1)],
)
def test_settled(desk: Desk, words: str, number: int) -> None:
    """A decision is settled by its number, as show counts them, or by words of it."""
    what = ("Confirm the year", "Name the parks")[number]
    assert desk("update", "ECO-02", "--settle", words) == (0, f"ECO-02  settled  {what}\n", WRITTEN)
    last = ("date = 2026-09-01\n", "by = 2026-12-01\n")[number]
    asks = PARTS["ECO-02 asks"].replace(last, f"{last}settled = 2026-11-22\n")
    assert desk.text == SMALL_PLAN.replace(PARTS["ECO-02 asks"], asks)


def test_numbers_of_decisions(desk: Desk) -> None:
    """``show`` tells the numbers; those that are open keep theirs once others are settled."""
    desk("update", "ECO-02", "--settle", "1")
    shown = desk("show", "ECO-02").out
    assert re.findall(r"\b\d: \w+ \w+ \w+", shown) == ["1: Confirm the year", "2: Name the parks"]
    assert desk("update", "ECO-02", "--settle", "1").code == 2
    assert desk("update", "ECO-02", "--settle", "2").code == 0


def test_asked_and_settled(desk: Desk) -> None:
    """What was asked is settled by words, and once: then nothing is left to settle."""
    desk("update", "ENE-01", "--ask", "Who pays?")
    assert desk("update", "ENE-01", "--settle", "pays", "--date", "today").code == 0
    refused = desk("update", "ENE-01", "--settle", "1")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.endswith("  = hint: leave out --settle\n")
    asked = 'what = "Who pays?"\ndate = 2026-11-22\nsettled = 2026-11-22\n'
    assert desk.text == holding({"ENE-01": f"\n[[pledge.ask]]\n{asked}"})


def test_all_at_once(desk: Desk) -> None:
    """One command says all there is: an update, a decision asked for, and one that is settled."""
    argv = "update ECO-02 --value 4 --status suspended --ask 'Where next?' --settle 1 --date -1d"
    assert desk.line(argv) == (
        0,
        """\
ECO-02  status    in progress -> suspended
ECO-02  value     1 park -> 4 parks
ECO-02  progress  10% -> 40%
ECO-02  update    21 Nov 2026: suspended, 4 parks
ECO-02  asked     Where next?
ECO-02  settled   Confirm the year
""",
        WRITTEN,
    )
    update = '\n[[pledge.update]]\ndate = 2026-11-21\nstatus = "suspended"\nvalue = 4\n'
    ask = '\n[[pledge.ask]]\nwhat = "Where next?"\ndate = 2026-11-21\n'
    settled = holding({"ECO-02": update, "ECO-02 asks": ask}).replace(
        'of = "VN"\ndate = 2026-09-01\n', 'of = "VN"\ndate = 2026-09-01\nsettled = 2026-11-21\n'
    )
    assert desk.text == settled


def test_recurring(desk: Desk) -> None:
    """Periods are held one by one; the one that is next is told."""
    assert desk("update", "PPL-01", "--period", "2025", "--status", "completed").code == 0
    code, out, _ = desk("update", "PPL-01", "--period", "2026", "--status", "completed")
    assert code == 0
    assert out == (
        "PPL-01  standing  due soon for 2026 -> not due yet for 2027\n"
        "PPL-01  deadline  2026 -> 2027\n"
        "PPL-01  update    22 Nov 2026: 2026, completed\n"
    )


def test_held_again(desk: Desk) -> None:
    """A period that was held already is nothing new, and taking it up again needs a note."""
    argv = ("update", "PPL-01", "--period", "2025", "--status")
    desk(*argv, "completed")
    stamp = desk.stamp
    again = desk(*argv, "completed")
    assert (again.code, again.out) == (0, "")
    assert again.err.endswith(NOT_WRITTEN)
    assert desk.stamp == stamp
    assert desk(*argv, "in-progress").code == 2
    assert desk(*argv, "in-progress", "--note", "It was not held after all.").code == 0
    assert desk.last_update("PPL-01")["status"] == "in-progress"


def test_source_is_registered(desk: Desk) -> None:
    """A new source is put into the register by the same write."""
    argv = "update ECO-01 --note x --source mfa-2026 --source-title 'Joint \"text\"'"
    more = "--source-publisher MFA --source-date 2026-11 --source-url https://example.org/x"
    assert desk.line(f"{argv} {more}") == (
        0,
        "ECO-01  update  22 Nov 2026: x\nECO-01  source  MFA, Nov 2026\n",
        WRITTEN,
    )
    entry = """
[sources.mfa-2026]
title = "Joint \\"text\\""
publisher = "MFA"
date = "2026-11"
url = "https://example.org/x"
"""
    update = '\n[[pledge.update]]\ndate = 2026-11-22\nnote = "x"\nsource = "mfa-2026"\n'
    assert desk.text == holding({"sources": entry, "ECO-01": update})


# Several pledges


def test_several(desk: Desk) -> None:
    """Several ids get the same update, each in its own place, in one write."""
    code, out, err = desk("update", "ECO-01", "ene-01", "ECO-01", "--note", "All met.")
    assert (code, err) == (0, WRITTEN)
    said = "update  22 Nov 2026: remark: All met."
    assert out == f"ECO-01  {said}\nENE-01  {said}\n"
    block = '\n[[pledge.update]]\ndate = 2026-11-22\nnote = "All met."\n'
    assert desk.text == holding({"ECO-01": block, "ENE-01": block})
    assert desk("undo", "-q", "--yes").code == 0
    assert desk.text == SMALL_PLAN


def test_some_are_new(desk: Desk) -> None:
    """Of several those that it changes are told, and of the others that it is nothing new."""
    code, out, err = desk("update", "ECO-01", "ENE-01", "--status", "in-progress")
    assert (code, out) == (
        0,
        "ENE-01  status  no status -> in progress\nENE-01  update  22 Nov 2026: in progress\n",
    )
    assert err == f"ECO-01: in progress already, since 1 Oct 2026 (entry 1)\n{WRITTEN}"


# What changes nothing


SINCE_SEPTEMBER: Final = "already, since 1 Sep 2026 (entry 1)"
CORRECT_ECO_01: Final = "to correct the date: pledges correct ECO-01 1 --date 2026-10-15"
CORRECT_PPL_02: Final = "to correct the date: pledges correct PPL-02 1 --date {early}"


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ("ECO-01 --status in-progress", "in progress already, since 1 Oct 2026 (entry 1)"),
        (
            "ECO-01 --status 'In Progress' --date 2026-10-15",
            f"in progress already, since 1 Oct 2026 (entry 1), not 15 Oct 2026; {CORRECT_ECO_01}",
        ),
        ("ECO-02 --value 1", "1 park already, since 1 Sep 2026 (entry 1)"),
        (
            "ECO-02 --value 1.0 --status in_progress",
            f"in progress {SINCE_SEPTEMBER}; 1 park {SINCE_SEPTEMBER}",
        ),
        ("ECO-02 --due 2027 --why Confirmed.", "the deadline is 2027 already"),
        ("PPL-02 --status completed", "completed already, since {} (entry 1)"),
        (
            "PPL-02 --status completed --date {early}",
            f"completed already, since {{}} (entry 1), not {{was}}; {CORRECT_PPL_02}",
        ),
        (
            "ECO-02 --ask 'confirm the YEAR' --ask-of VN",
            "this was asked already, on 1 Sep 2026 (decision 1)",
        ),
    ],
)
def test_nothing_new(desk: Desk, argv: str, said: str) -> None:
    """What the ledger says already leaves its bytes and its time alone, and its date is said."""
    stamp = desk.stamp
    done = desk.last_update("PPL-02")["date"]
    early = done - timedelta(days=1)
    names = {"early": early.isoformat(), "was": f"{early:%-d %b %Y}"}
    argv, said = argv.format(**names), said.format(f"{done:%-d %b %Y}", **names)
    told = f"{argv[:6]}: {said}\n{NOT_WRITTEN}"
    assert desk("update", *shlex.split(argv)) == (0, "", told)
    assert desk.stamp == stamp
    assert desk("undo", "--yes").code == 2
    assert desk.line(f"update {argv} -q") == (0, "", "")


def test_claimed_already(desk: Desk) -> None:
    """A claim is added once, and settled once; then it may be claimed again."""
    argv = ("update", "ECO-01", "--claim-due", "2027", "--source", "vov")
    assert desk(*argv).err == WRITTEN
    assert desk(*argv).err == f"ECO-01: this is claimed already (claim 1)\n{NOT_WRITTEN}"
    settled = "ECO-01  settled  VOV of 10 Feb 2026 says 2027 (settled on 22 Nov 2026)\n"
    assert desk.line("update ECO-01 --settle-claim 1") == (0, settled, WRITTEN)
    assert desk.line("update ECO-01 --settle-claim 1").code == 2
    assert desk(*argv).err == WRITTEN


def test_nothing_new_twice(desk: Desk) -> None:
    """The same update is written once, with a note and a source as well."""
    argv = ("update", "ECO-01", "--note", "Talks.", "--source", "vov", "--by", "Minh")
    assert desk(*argv).err == WRITTEN
    stamp = desk.stamp
    assert desk(*argv).err.endswith(NOT_WRITTEN)
    assert desk.stamp == stamp
    assert desk(*argv, "--date", "yesterday").err == WRITTEN


def test_nothing_new_shown(desk: Desk) -> None:
    """The diff of nothing is empty."""
    assert desk("update", "ECO-01", "--status", "in-progress", "-n")[:2] == (0, "")


# Which ledger, and which day


def test_which_ledger(desk: Desk, tmp_path: Path) -> None:
    """The ledger is that of ``--ledger``, else of PLEDGES_LEDGER, else the nearest one above."""
    other, third = tmp_path / "other.toml", tmp_path / "third.toml"
    for path in (other, third):
        path.write_bytes(SMALL_PLAN.encode())
    below = desk.path.parent / "a" / "b"
    below.mkdir(parents=True)
    desk.folder = below
    changed = holding({"ECO-01": '\n[[pledge.update]]\ndate = 2026-11-22\nnote = "x"\n'})
    argv = ("update", "ECO-01", "--note", "x")
    assert desk(*argv).err == WRITTEN.replace(NAME, str(Path("..", "..", NAME)))
    assert desk.text == changed
    desk.environment["PLEDGES_LEDGER"] = str(other)
    assert desk(*argv).err == WRITTEN.replace(NAME, str(other))
    written = f"Written to {third}. To undo this: pledges undo --ledger {third}\n"
    assert desk(*argv, "--ledger", str(third)).err == written
    assert [path.read_bytes().decode() for path in (other, third)] == [changed, changed]


def test_as_of(desk: Desk) -> None:
    """``--as-of`` is the day that counts as today: what it is dated, and what is told of it."""
    argv = "update ECO-01 --status completed --as-of 2027-01-01"
    assert desk.line(argv).out == (
        "ECO-01  status    in progress -> completed\n"
        "ECO-01  standing  overdue -> done late\n"
        "ECO-01  update    1 Jan 2027: completed\n"
    )
    assert desk.last_update()["date"].isoformat() == "2027-01-01"
