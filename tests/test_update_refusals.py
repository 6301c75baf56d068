"""``pledges update``: what it refuses, in which words, and that nothing is written then."""

import json
from typing import Final

import pytest

from desk import Desk
from samples import SMALL_PLAN

NO_MEASURE = (
    "it has no measure, so it can't have a value; "
    "leave out --value, or add a measure: pledges set {} --unit ... --target ..."
)


def test_some_are_refused(desk: Desk) -> None:
    """Where one of several can't take it none is changed, and each reason is told."""
    stamp = desk.stamp
    argv = "update ECO-01 ECO-02 PPL-02 --value 3 --status in-progress"
    message = "2 of 3 pledges can't be updated; nothing was written"
    details = [
        f"ECO-01: {NO_MEASURE.format('ECO-01')}",
        f"PPL-02: {NO_MEASURE.format('PPL-02')}",
        (
            "PPL-02: it was reported completed; a change to in-progress needs a reason; "
            "give the reason with --note"
        ),
    ]
    told = "".join(f"  {line}\n" for line in details)
    assert desk.line(argv) == (2, "", f"pledges: error: {message}\n{told}")
    error = json.loads(desk.line(argv, "--format", "json").err)
    assert (error["code"], error["exit"], error["message"]) == ("usage", 2, message)
    assert (error["details"], error["hint"]) == (details, None)
    assert desk("update", "ECO-01", "NOPE", "--note", "x").code == 5
    assert desk.stamp == stamp


FAULTY: Final = SMALL_PLAN.replace("made = 2025-03-12", "made = 2025-13-12")


@pytest.mark.parametrize(
    "argv",
    [
        "update ECO-01 --note x",
        "update ECO-02 --note x -n",
        "update --pillar economy --note x --yes",
        "add --title T --pillar economy",
        "add --title T --pillar economy -n",
    ],
)
def test_faulty_ledger(desk: Desk, argv: str) -> None:
    """A ledger with a fault is not written to: the fault is told, with exit 4."""
    desk.text = FAULTY
    stamp = desk.stamp
    told = """\
commitments.toml:26:8: error[date]: there is no month 13
   |
26 | made = 2025-13-12
   |        ^^^^^^^^^^
   = hint: dates are YYYY-MM-DD, for example 2026-12-31

1 error in commitments.toml; nothing was read
"""
    assert desk.line(argv) == (4, "", told)
    assert desk.stamp == stamp


@pytest.mark.parametrize(
    "argv", ["update ECO-01 --note x", "add --title T --pillar economy", "edit", "undo"]
)
def test_standard_input_is_no_ledger(desk: Desk, argv: str) -> None:
    """A ledger that is piped in can't be written to."""
    told = (
        "pledges: error: a ledger from standard input can't be changed\n"
        "  = hint: give a file with --ledger\n"
    )
    assert desk(*argv.split(), "--ledger", "-", stdin=SMALL_PLAN.encode()) == (2, "", told)


@pytest.mark.parametrize("option", ["--settle", "--value"])
def test_very_long_number(desk: Desk, option: str) -> None:
    """A number of thousands of digits is a number or is refused, and no bug."""
    assert desk("update", "ECO-02", option, f"{'0' * 5000}1").code in (0, 2)
    assert desk("update", "ECO-02", option, "9" * 5000).code == 2


@pytest.mark.parametrize("option", ["--status", "--date", "--due", "--period", "--source", "--why"])
def test_very_long_word(desk: Desk, option: str) -> None:
    """A word of thousands of letters is refused as a short one is."""
    found = desk("update", "ECO-02", option, "x" * 5000)
    assert (found.code, found.out, desk.text) == (2, "", SMALL_PLAN)


@pytest.mark.parametrize("option", ["--date", "--ask-by"])
def test_hint_of_a_day(desk: Desk, option: str) -> None:
    """Where only a day is taken no period is advised."""
    told = f"""\
pledges: error: {option}: 'soon' is not a date
  = hint: write a day: 2026-12-31, today, yesterday, or -2w for two weeks ago
"""
    assert desk("update", "ECO-01", "--ask", "x", option, "soon") == (2, "", told)


@pytest.mark.parametrize(
    ("reason", "hint"),
    [
        ("'31/10/2026' is not a date", "write 2026-10-31"),
        (
            "'04/05/2026' can be read in two ways",
            "write 2026-05-04 for 4 May, or 2026-04-05 for 5 April",
        ),
    ],
)
@pytest.mark.parametrize("option", ["--date", "--ask-by"])
def test_day_in_another_order(desk: Desk, option: str, reason: str, hint: str) -> None:
    """A day that is written the other way round is told the right way, as it is elsewhere."""
    told = f"pledges: error: {option}: {reason}\n  = hint: {hint}\n"
    given = reason.split("'")[1]
    assert desk("update", "ECO-01", "--ask", "x", option, given) == (2, "", told)


@pytest.mark.parametrize(
    ("argv", "day"),
    [
        ("--settle 1 --date 2026-08-31", "2026-09-01"),
        ("--settle 'the year' --as-of 2026-08-31", "2026-09-01"),
        ("--settle 2 --as-of 2026-09-15", "2026-10-01"),
    ],
)
def test_settled_early(desk: Desk, argv: str, day: str) -> None:
    """A decision is not settled on a day before it was asked for."""
    told = f"""\
pledges: error: ECO-02: the decision was asked for on {day}, and can't be settled before
  = hint: give the day on which it happened with --date
"""
    assert desk.line(f"update ECO-02 {argv}") == (2, "", told)
    assert desk.text == SMALL_PLAN


@pytest.mark.parametrize("number", ["0", "3", "10"])
def test_number_of_no_decision(desk: Desk, number: str) -> None:
    """A number that no open decision has settles none, though one has it among its words."""
    desk("update", "ENE-01", "--ask", "Agree on 3 of 10 sites")
    told = f"""\
pledges: error: ENE-01: no open decision matches '{number}'
  = hint: give its number or some of its words: 1: Agree on 3 of 10 sites
"""
    assert desk("update", "ENE-01", "--settle", number) == (2, "", told)


def test_period_to_come(desk: Desk) -> None:
    """A period may be held early, before it begins; after the last one there is none."""
    assert desk.line("update PPL-01 --period 2027 --status completed").code == 0
    desk.text = desk.text.replace('since = "2025"', 'since = "2025"\nuntil = "2027"')
    told = """\
pledges: error: PPL-01: 2028 is after its last period, 2027
  = hint: give an earlier period
"""
    assert desk.line("update PPL-01 --period 2028 --note x") == (2, "", told)


@pytest.mark.parametrize(
    ("argv", "message", "hint"),
    [
        (
            "ECO-01 --strength signed",
            "--strength selects pledges, and ids are given too",
            "to change terms: pledges set ECO-01 --strength signed",
        ),
        (
            "ECO-01 ECO-02 --party 'Viet Nam' --lead MPI",
            "--party and --lead select pledges, and ids are given too",
            "to change terms: pledges set ECO-01 ECO-02 --owed-by 'Viet Nam' --lead MPI",
        ),
        (
            "'ECO-*' --stale --note x",
            "--stale selects pledges, and ids are given too",
            "leave out the ids or the filters",
        ),
        (
            "ECO-01 --ask x --ask-of Vietnam",
            "--ask-of: there is no party 'Vietnam'",
            """did you mean Viet Nam? If not, put it in quotes: --ask-of '"Vietnam"'""",
        ),
        (
            "ECO-01 --ask x --ask-of VM",
            "--ask-of: there is no party 'VM'",
            """use one of VN, SG. If not, put it in quotes: --ask-of '"VM"'""",
        ),
        ("ECO-01 --claim-due 2027", "a claim needs a source", "give it with --source"),
        (
            "ECO-01 --claim-note x --source vov",
            "--claim-note needs the terms that are claimed",
            "give them with --claim-due or --claim-target",
        ),
        (
            "ECO-01 --status withdrawn",
            "ECO-01: withdrawing it needs a reason",
            "give the reason with --note, or who said so with --source",
        ),
        (
            "ECO-02 --value 0.5",
            "ECO-02: 0.5 is below the 1 of 2026-09-01, away from the target",
            "check the value; if it is right, say why with --note",
        ),
    ],
)
def test_what_is_not_meant(desk: Desk, argv: str, message: str, hint: str) -> None:
    """What is probably meant otherwise is refused, with what to do."""
    said = f"pledges: error: {message}\n  = hint: {hint}\n"
    assert desk.line(f"update {argv}") == (2, "", said)
    assert desk.text == SMALL_PLAN


def test_text_that_looks_like_a_party(desk: Desk) -> None:
    """A text in quotes of its own is no party, whatever it looks like."""
    assert desk("update", "ECO-01", "--ask", "Who?", "--ask-of", '"Vietnam"').code == 0
    assert 'of = "Vietnam"\n' in desk.text
