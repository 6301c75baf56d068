"""``pledges set``, ``correct`` and ``remove``: what they refuse, ask and say."""

import shlex
from typing import Final

import pytest

from desk import NOT_WRITTEN, WRITTEN, Desk
from samples import SMALL_PLAN

CLAIM: Final = '\n[[pledge.claim]]\nsource = "vov"\ndue = "2028"\n'
MOVE: Final = '\n[[pledge.update]]\ndate = 2026-10-02\ndue = "2027"\nwhy = "Late."\n'
EXAMPLE: Final = SMALL_PLAN.replace(
    'status = "in-progress"\n', f'status = "in-progress"\n{MOVE}', 1
)
CALENDAR: Final = "a recurring pledge is due at the end of each period"

REFUSALS: Final = """
set ECO-01
there is nothing to change
give --title, --pillar or --lead, for example, or --clear lead

set ECO-01 --status completed
pledges set has no --status
pledges update has it: pledges update ECO-01 --status completed

update ECO-01 --title x
pledges update has no --title
pledges set has it: pledges set ECO-01 --title x

set ECO-01 --clear leads
--clear: there is no term 'leads'
did you mean lead?

set ECO-01 --clear title
a pledge can't be without --title
give it another value

set ECO-01 --lead x --clear lead
--lead is given and cleared
leave one of the two out

set ECO-01 ECO-02 --id ECO-09
--id is the new id of one pledge
give one id

set ECO-01 --id eco-02
the id ECO-02 is already used: Build parks
choose another id

set ECO-01 --id 'a b'
'a b' can't be an id
use only letters, digits, - _ . and /, for example ECO-01

set ECO-01 --made 2027
--made 2027 is after 22 Nov 2026
give the day or the period in which it was made

set ECO-01 --due 2024 --yes
the deadline 2024 is before the pledge was made, 2025-03-12
check --due and --made

set ECO-01 --every year
CALENDAR
take its deadline away: --clear due

set PPL-01 --due 2030
CALENDAR
leave out --due

set PPL-01 --clear every
a recurring pledge needs --every
--every takes year, half, quarter, month

set ECO-01 --every year --clear due
ECO-01: the periods of a recurring pledge can't be moved
an entry or a claim of it gives a deadline: pledges show

set ECO-02 --clear measure
ECO-02 has values in its history, which need its measure
to clear a value: pledges correct ECO-02 1 --clear value

set ECO-02 --clear unit
a measure can't be without --unit
to take it away: --clear measure

set ECO-01 --target 3
a measure needs a unit
give it with --unit, for example --unit parks

set ECO-01 --part-of ECO-01
ECO-01: --part-of leads in a circle back to ECO-01
name another pledge

set ECO-01 --waiting-on Vietnam
--waiting-on: there is no party 'Vietnam'
did you mean Viet Nam? If not, put it in quotes: --waiting-on '"Vietnam"'

correct ECO-01 1
there is nothing to correct
give --value, --date or --note, for example

correct ECO-01 --note x
which entry is not given
to see the numbers: pledges show ECO-01

correct ECO-01 1 --ask 1 --note x
more than one number is given
to see the numbers: pledges show ECO-01

correct ECO-01 1 --what x
entry 1 of ECO-01 has no --what
it takes --date, --period, --status, --value, --due, --why, --note, --source, --by, --seen

correct ECO-02 --ask 1 --by MOFA
decision 1 of ECO-02 has no --by
it takes --what, --date, --ask-of, --ask-by, --settled

correct ECO-01 1 --date 2025-01-01
ECO-01: 2025-01-01 is before the pledge was made, 2025-03-12
give the day on which it happened with --date

correct ECO-01 1 --date 2027-01-01
--date 2027-01-01 is in the future
give the day it happened

correct ECO-01 1 --period 2026
ECO-01: only a recurring pledge has periods
leave out --period

correct ECO-01 2 --clear why
ECO-01: a moved deadline needs a reason
give it with --why

correct ECO-01 1 --clear date
entry 1 of ECO-01 can't be without its date
give another value

correct 'ECO-*' 1 --note x
ECO-* is a pattern; this takes one pledge
give its id

remove ECO-01
--yes is needed to remove ECO-01 (Open the market)
--dry-run shows the change first

remove ECO-01 2
--yes is needed to remove entry 2 of ECO-01
--dry-run shows the change first
"""


@pytest.mark.parametrize(
    "block",
    REFUSALS.replace("CALENDAR", CALENDAR).strip().split("\n\n"),
    ids=lambda x: x.split("\n")[0],
)
def test_refused(desk: Desk, block: str) -> None:
    """What can't be meant is refused with exit 2, with what to do in words of the command line."""
    desk.text = EXAMPLE
    line, message, hint = block.split("\n")
    said = f"pledges: error: {message}\n  = hint: {hint}\n"
    assert desk(*shlex.split(line)) == (2, "", said)
    assert desk.text == EXAMPLE


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("correct ECO-01 9 --note x", "ECO-01 has 2 entries; there is no entry 9"),
        ("correct ECO-02 --ask 3 --what x", "ECO-02 has 2 decisions; there is no decision 3"),
        ("remove ECO-01 0", "ECO-01 has 2 entries; there is no entry 0"),
        ("remove ECO-01 --claim 1", "ECO-01 has 0 claims; there is no claim 1"),
    ],
)
def test_no_such_entry(desk: Desk, line: str, message: str) -> None:
    """A number that no entry has ends with exit 5, and says how many there are."""
    desk.text = EXAMPLE
    found = desk.line(f"{line} --yes")
    assert (found.code, found.out) == (5, "")
    assert found.err.startswith(f"pledges: error: {message}\n  = hint: to see them: pledges show ")
    assert desk.text == EXAMPLE


def test_kind_without_periods(desk: Desk) -> None:
    """What recurs no longer has no periods: their terms go with the kind."""
    code, out, _ = desk.line("set PPL-01 --kind ongoing")
    assert code == 0
    assert "PPL-01  every     year -> none\n" in out
    assert "every" not in desk.text


def test_first_deadline(desk: Desk) -> None:
    """A first deadline is corrected with a remark, and asked about only if there was news since."""
    asked = (
        "ECO-01  in progress, due soon  Open the market\n"
        "This changes the deadline as it was first pledged, and there has been news since.\n"
        "To move it instead: pledges update ECO-01 --due ... --why ...\n"
        "pledges: error: --yes is needed to change 1 pledge\n"
        "  = hint: --dry-run shows the change first\n"
    )
    assert desk.line("set ECO-01 --due 2027") == (2, "", asked)
    assert desk.line("set ENE-01 --due 2027").err == WRITTEN
    remark = "This changes the deadline as it was first pledged.\n"
    assert desk.line("set ENE-01 --due 2028").err == f"{remark}{WRITTEN}"
    assert desk.line("set ENE-01 --due 2028").err == (
        f"ENE-01: nothing to change, the ledger already says this\n{NOT_WRITTEN}"
    )


def test_ids_from_standard_input(desk: Desk) -> None:
    """The ids of a list in a file are read from standard input, with comments left out."""
    listed = b"# our desk\nECO-01\n\nENE-01  # since May\n"
    code, out, err = desk("set", "-", "--lead", "MPI", stdin=listed)
    said = "ECO-01  lead  none -> MPI\nENE-01  lead  none -> MPI\n"
    assert (code, out, err) == (0, said, WRITTEN)
    assert desk.text.count('lead = "MPI"\n') == 2


@pytest.mark.parametrize("typed", ["y\n", "n\n"])
def test_question(desk: Desk, typed: str) -> None:
    """On a terminal what a pattern names is shown, and asked about."""
    question = "Change 2 pledges? [y/N]: "
    code, seen = desk.answering("set 'ECO-*' --lead MPI", [(question, typed)])
    assert code == 0
    assert seen.startswith("ECO-01  in progress, due soon     Open the market\n")
    assert ('lead = "MPI"' in desk.text) == (typed == "y\n")
    assert seen.endswith(WRITTEN if typed == "y\n" else NOT_WRITTEN)


def test_split_in_two(desk: Desk) -> None:
    """A pledge is split by adding its parts; a new id of it is theirs too."""
    for title in ("Build parks in the north", "Build parks in the south"):
        argv = ("add", "--title", title, "--pillar", "economy", "--part-of", "eco-02")
        assert desk(*argv).code == 0
    assert desk.line("set ECO-02 --id ECO-20").code == 0
    assert desk.text.count('part_of = "ECO-20"\n') == 2
    refused = desk.line("remove ECO-20 --yes")
    assert refused.code == 2
    assert "ECO-03 and ECO-04 are part of it" in refused.err


def test_renamed_and_moved_at_once(desk: Desk) -> None:
    """A new id and a new pillar are given in one command."""
    assert desk.line("set ECO-01 --id ENE-09 --pillar energy").code == 0
    ids = [line for line in desk.text.split("\n") if line.startswith("id = ")]
    assert ids.index('id = "ENE-09"') > ids.index('id = "ENE-01"')
    assert desk.line("undo --yes").code == 0
    assert desk.text == SMALL_PLAN
