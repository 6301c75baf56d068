"""What the command line takes and what it answers: every refusal, filter, order and format."""

import json
import re
import shlex
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from desk import Desk
from everything import FORMS, lines
from pledges.cli import COMMANDS
from pledges.render import Format, suffixes
from pledges.view.pledge_columns import FIELDS
from samples import NINE_PLEDGES, entry, ledger_text, pledge_table

CASES = ledger_text(
    pledge_table("eco-X", "One", pillar="economy"),
    pledge_table("ECO-y", "Two"),
    plan={"title": "Ids in any case"},
)
UNREPORTED = ledger_text(
    pledge_table(
        "ECO-01",
        "Open the market",
        owed_by=["VN"],
        made="2025-01-01",
        due="2025",
        measure={"unit": "parks", "baseline": 0, "target": 10},
    ),
    pledge_table(
        "ECO-02",
        "Build parks",
        kind="ongoing",
        review="6 months",
        made="2025-01-01",
        update=[entry("2025-02-01", note="Talks were held.")],
    ),
    plan={"title": "Nothing reported", "stale_days": 1},
)

LINES = [*lines("*"), "progress --all", "due --within 9y"]
ALL = "ECO-01 ECO-02 ENE-01 ENE-02 PPL-01 PPL-02 PPL-03 PPL-10"

WHEN = (
    "write a day (2026-12-31), a period (2026-Q4, 2026-12, 2026), today, yesterday, tomorrow, "
    "eom, eoq, eoy, or a distance from today (90d, -2w, 6m, 1y)"
)
STATUSES = (
    "use one of not-started, in-progress, completed, suspended, withdrawn, superseded, unreported"
)
STANDINGS = (
    "use one of overdue, due-soon, review-due, not-due, done-late, done-on-time, done, "
    "undated, ongoing, dropped"
)
STRENGTHS = "use one of requested, proposed, agreed, reaffirmed, signed"
GROUPINGS = "use one of plan, pillar, party, lead, status, standing, strength, kind"
SORT_KEYS = f"use one of {', '.join(FIELDS)}"
SUFFIXES = f"use one of {', '.join(suffixes(Format))}, or --format; spreadsheets open .xlsx"
SHOWS_ALL = "to see all: pledges list"
ADD_MEASURE = "add a measure: pledges set ECO-01 --unit ... --target ..."
AS_NEWS = "give --status, --value or --note, for example; to change the terms: pledges set"
AS_PLEDGE = "for example: pledges add --title 'Open the market' --pillar economy"
REPORTED = "use one of not-started, in-progress, completed, suspended, withdrawn, superseded"
DIGITS = "write it in digits without separators, such as 1200 or 12.5"
ALL_COMMANDS = f"use one of {', '.join(COMMANDS)}"
OR_LEAVE_OUT = "write something, or leave it out"
OR_REGISTER = "add it with --source-title, or give a URL that begins with https://"
PILLARS = "use one of economy, energy, people, Economic cooperation, Energy, People"


class Pledges(Desk):
    """A desk with the ledgers that these tests are about."""

    def __init__(self, place: Path) -> None:
        super().__init__(place, NINE_PLEDGES)
        faulty = "schema = 1\n[plan]\ntitle = 3\n"
        others = {"cases.toml": CASES, "unreported.toml": UNREPORTED, "faulty.toml": faulty}
        for name, text in {**others, "plan.txt": CASES}.items():
            (self.folder / name).write_text(text, encoding="utf-8")

    def ids(self, argv: str) -> str:
        """The ids of the pledges that ``argv`` shows, in their order."""
        code, out, _ = self(*argv.split(), "--format", "ndjson")
        assert code == 0
        return " ".join(json.loads(line)["id"] for line in out.splitlines())


@pytest.fixture
def pledges(tmp_path: Path) -> Pledges:
    """The command line."""
    return Pledges(tmp_path)


class Refusal(NamedTuple):
    """A command line that is refused, and everything that is said about it."""

    argv: str
    code: int
    word: str
    message: str
    hint: str | None = None

    @property
    def told(self) -> str:
        """What people read."""
        hint = f"  = hint: {self.hint}\n" if self.hint else ""
        return f"pledges: error: {self.message}\n{hint}"

    @property
    def as_json(self) -> str:
        """What scripts read: one line."""
        record: dict[str, Any] = {
            "code": self.word,
            "exit": self.code,
            "message": self.message,
            **dict.fromkeys(("file", "line", "column")),
            "hint": self.hint,
            "faults": [],
            "details": [],
            "schema_version": 1,
            "kind": "error",
        }
        return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


REFUSALS = f"""
list --statsu x -> 2 usage
there is no option --statsu
did you mean: pledges list --status x

due --withn 3d -> 2 usage
there is no option --withn
did you mean: pledges due --within 3d

list -x -> 2 usage
there is no option -x
for its options: pledges list --help

--lodger x -> 2 usage
there is no option --lodger
did you mean: pledges --ledger x

due --internal -> 2 usage
pledges due has no --internal
pledges list has it: pledges list --internal

list --status -> 2 usage
--status needs a value
for its options: pledges list --help

show ECO-01 --ledger -> 2 usage
--ledger needs a value
for its options: pledges show --help

list --overdue=yes -> 2 usage
--overdue takes no value
for its options: pledges list --help

list --width ten -> 2 usage
--width: 'ten' is not a whole number
for its options: pledges list --help

lst -> 2 usage
there is no command 'lst'
did you mean: pledges list

shwo ECO-01 -> 2 usage
there is no command 'shwo'
did you mean: pledges show ECO-01

nonsense -> 2 usage
there is no command 'nonsense'
{ALL_COMMANDS}

show -> 2 usage
no id is given
for its options: pledges show --help

--as-of 2026-11-22 list -> 2 usage
the command comes first, then its options
did you mean: pledges list --as-of 2026-11-22

list --status done -> 2 word
there is no status 'done'
{STATUSES}

list --status started -> 2 word
there is no status 'started'
{STATUSES}

due --not-status nope -> 2 word
there is no status 'nope'
{STATUSES}

list --standing overdu -> 2 word
there is no standing 'overdu'
did you mean overdue?

progress --not-standing zzz -> 2 word
there is no standing 'zzz'
{STANDINGS}

list --strength agred -> 2 word
there is no strength 'agred'
did you mean agreed?

list --not-strength firm -> 2 word
there is no strength 'firm'
{STRENGTHS}

list --kind ongoin -> 2 word
there is no kind 'ongoin'
did you mean ongoing?

list --not-kind twice -> 2 word
there is no kind 'twice'
use one of one-off, recurring, ongoing

list --group pilar -> 2 word
there is no grouping 'pilar'
did you mean pillar?

progress --group zzzzz -> 2 word
there is no grouping 'zzzzz'
{GROUPINGS}

list --sort dew -> 2 word
there is no sort key 'dew'
{SORT_KEYS}

progress --sort due,,id -> 2 word
there is no sort key ''
{SORT_KEYS}

list --columns id,titel -> 2 word
there is no column 'titel'
did you mean title?

list --color alway -> 2 word
there is no --color value 'alway'
did you mean always?

list --color sometimes -> 2 word
there is no --color value 'sometimes'
use one of auto, always, never

list --as-of 2026-13-01 -> 2 date
--as-of: there is no month 13
{WHEN}

list --as-of 2026-02-30 -> 2 date
--as-of: February 2026 has 28 days, not 30
{WHEN}

list --as-of 31/12/2026 -> 2 date
--as-of: '31/12/2026' is not a date
write 2026-12-31

list --as-of 04/05/2026 -> 2 date
--as-of: '04/05/2026' can be read in two ways
write 2026-05-04 for 4 May, or 2026-04-05 for 5 April

list --as-of tomorow -> 2 date
--as-of: 'tomorow' is not a date
did you mean tomorrow?

list --as-of '1 October' -> 2 date
--as-of: '1 October' has no year
which year is meant? Write it at the end

list --as-of 9999999d -> 2 date
--as-of: this is outside the years 1 to 9999

list --as-of 2026-01-01T10:00 -> 2 date
--as-of: a date can't include a time
write 2026-01-01

list --due-by soonish -> 2 date
--due-by: 'soonish' is not a date
{WHEN}

list --due-after 2026-00 -> 2 date
--due-after: there is no month 0
{WHEN}

list --due-within 2026-Q5 -> 2 date
--due-within: there is no quarter 5
{WHEN}

due --within soon -> 2 date
--within: 'soon' is not a date
{WHEN}

list --due-within -5d -> 2 usage
--due-within -5d is before 22 Nov 2026
give a span such as 90d, or a later day

due --within -3d -> 2 usage
--within -3d is before 22 Nov 2026
give a span such as 90d, or a later day

due --within 2025 -> 2 usage
--within 2025 is before 22 Nov 2026
give a span such as 90d, or a later day

list --force -> 2 usage
--force needs --output
give the file to overwrite with --output

show ECO-99 -> 5 no-pledge
no pledge has the id 'ECO-99'
to search: pledges list --search ECO-99

list zzz -> 5 no-pledge
no pledge has the id 'zzz'
to search: pledges list --search zzz

show '' -> 5 no-pledge
no pledge has the id ''
{SHOWS_ALL}

show ECO-01 Z* -> 5 no-pledge
no id matches 'Z*'
{SHOWS_ALL}

show PPL-11 -> 5 no-pledge
PPL-11 was made after 22 Nov 2026 (1 Dec 2026)
give a later day with --as-of

due PPL-11 -> 5 no-pledge
PPL-11 was made after 22 Nov 2026 (1 Dec 2026)
give a later day with --as-of

list --ledger nowhere.toml -> 3 no-ledger
nowhere.toml does not exist
check the path

list --ledger . -> 3 no-ledger
. is a folder
give the path of the file in it: commitments.toml

show eco-X --ledger plan.txt --output plan.txt --force -> 7 cannot-write
plan.txt is the ledger
give --output another file

show ECO-01 --output plan.txt -> 7 cannot-write
plan.txt exists
--force overwrites it

update -> 2 usage
there is nothing to add
{AS_NEWS}

update ECO-01 -> 2 usage
there is nothing to add
{AS_NEWS}

update ECO-01 --date 2026-01-01 -> 2 usage
there is nothing to add
{AS_NEWS}

update --note x -> 2 usage
no pledge is given
give an id or filters, for example: pledges update ECO-02 --status completed

update ECO-99 --note x -> 5 no-pledge
no pledge has the id 'ECO-99'
to search: pledges list --search ECO-99

update ECO-01 ECO-99 --note x -> 5 no-pledge
no pledge has the id 'ECO-99'
to search: pledges list --search ECO-99

update '' --note x -> 5 no-pledge
no pledge has the id ''
{SHOWS_ALL}

update ECO-01 --note x --ledger nowhere.toml -> 3 no-ledger
nowhere.toml does not exist
check the path

update ECO-01 --note x --ledger . -> 3 no-ledger
. is a folder
give the path of the file in it: commitments.toml

update ECO-01 --statsu completed -> 2 usage
there is no option --statsu
did you mean: pledges update ECO-01 --status completed

update ECO-01 --status -> 2 usage
--status needs a value
for its options: pledges update --help

update ECO-01 --status '' -> 2 word
there is no status ''
{REPORTED}

update ECO-01 --status ' ' -> 2 word
there is no status ''
{REPORTED}

update ECO-01 --status done -> 2 word
there is no status 'done'
{REPORTED}

update ECO-01 --status no status -> 2 word
there is no status 'no'
{REPORTED}

update ECO-01 --status compleeted -> 2 word
there is no status 'compleeted'
did you mean completed?

update ECO-01 --status '\udcff' -> 2 word
there is no status '\\udcff'
{REPORTED}

update ECO-01 --value 3 -> 2 usage
ECO-01: it has no measure, so it can't have a value
leave out --value, or {ADD_MEASURE}

update ECO-02 --value '' -> 2 usage
--value: '' is not a number
{DIGITS}

update ECO-02 --value ' ' -> 2 usage
--value: ' ' is not a number
{DIGITS}

update ECO-02 --value 1,200 -> 2 usage
--value: '1,200' is not a number
{DIGITS}

update ECO-02 --value 1.200,5 -> 2 usage
--value: '1.200,5' is not a number
{DIGITS}

update ECO-02 --value 1_200 -> 2 usage
--value: '1_200' is not a number
{DIGITS}

update ECO-02 --value '5 parks' -> 2 usage
--value: '5 parks' is not a number
{DIGITS}

update ECO-02 --value 5% -> 2 usage
--value: '5%' is not a number
{DIGITS}

update ECO-02 --value nan -> 2 usage
--value: 'nan' is not a number
{DIGITS}

update ECO-02 --value -inf -> 2 usage
--value: '-inf' is not a number
{DIGITS}

update ECO-02 --value 0x10 -> 2 usage
--value: '0x10' is not a number
{DIGITS}

update ECO-02 --value '\u0661\u0662' -> 2 usage
--value: '\u0661\u0662' is not a number
{DIGITS}

update ECO-02 --value 1e400 -> 2 usage
--value: 1e400 is too large
use a larger unit

update ECO-02 --value -1000000000000000001 -> 2 usage
--value: -1000000000000000001 is too large
use a larger unit

update ECO-01 --note '' -> 2 usage
--note is empty
{OR_LEAVE_OUT}

update ECO-01 --note ' \t ' -> 2 usage
--note is empty
{OR_LEAVE_OUT}

update ECO-01 --note 'a\udcff' -> 2 usage
--note is not valid UTF-8

update ECO-01 --by ' ' -> 2 usage
--by is empty
{OR_LEAVE_OUT}

update ECO-01 --note x --by '\udcff' -> 2 usage
--by is not valid UTF-8

update ECO-01 --note x --source '' -> 2 usage
--source is empty
{OR_LEAVE_OUT}

update ECO-01 --note x --source vovv -> 2 usage
--source: the ledger has no source 'vovv'
did you mean vov? If not, {OR_REGISTER}

update ECO-01 --note x --source www.example.org -> 2 usage
--source: the ledger has no source 'www.example.org'
{OR_REGISTER}

update ECO-01 --note x --source 'https://a b' -> 2 usage
--source: the ledger has no source 'https://a b'
{OR_REGISTER}

update ECO-01 --note x --source vov --source-title Call -> 2 usage
the ledger already has a source 'vov'
leave out --source-title and the options of a new source

update ECO-01 --note x --source-title Call -> 2 usage
a new source needs an id
give it with --source, for example --source vov-2026-02

update ECO-01 --note x --source https://a.vn --source-title Call -> 2 usage
a new source needs an id
give it with --source, for example --source vov-2026-02

update ECO-01 --note x --source new --source-url https://a.vn -> 2 usage
a new source needs a title
give it with --source-title

update ECO-01 --note x --source new --source-title '' -> 2 usage
--source-title is empty
{OR_LEAVE_OUT}

update ECO-01 --note x --source new --source-title T --source-url a.vn -> 2 usage
--source-url: 'a.vn' is not a URL
a URL begins with https:// or http://

update ECO-01 --note x --source new --source-title T --source-date soon -> 2 date
--source-date: 'soon' is not a date
{WHEN}

update ECO-01 --note x --date 2026-11-23 -> 2 usage
--date 2026-11-23 is after 22 Nov 2026
an update is about what has happened; for a deadline use --due

update ECO-01 --note x --date 1d -> 2 usage
--date 1d is after 22 Nov 2026
an update is about what has happened; for a deadline use --due

update ECO-01 --note x --date eom -> 2 usage
--date eom is after 22 Nov 2026
an update is about what has happened; for a deadline use --due

update ECO-01 --note x --date 2026-Q3 -> 2 date
--date: 2026-Q3 is not a single day
give a day from 2026-07-01 to 2026-09-30

update ECO-01 --note x --date 2026-10 -> 2 date
--date: 2026-10 is not a single day
give a day from 2026-10-01 to 2026-10-31

update ECO-01 --note x --date 2026 -> 2 date
--date: 2026 is not a single day
give a day from 2026-01-01 to 2026-12-31

update ECO-01 --note x --date 2026-02-30 -> 2 date
--date: February 2026 has 28 days, not 30
write a day: 2026-12-31, today, yesterday, or -2w for two weeks ago

update ECO-01 --note x --date 2025-03-11 -> 2 usage
ECO-01: 2025-03-11 is before the pledge was made, 2025-03-12
give the day on which it happened with --date

update ENE-02 --note x --date 2024-12-31 -> 2 usage
ENE-02: 2024-12-31 is before the pledge was made, 2025
give the day on which it happened with --date

update PPL-11 --note x -> 2 usage
PPL-11: 2026-11-22 is before the pledge was made, 2026-12-01
give the day on which it happened with --date

update ECO-01 --note x --period 2026 -> 2 usage
ECO-01: only a recurring pledge has periods
leave out --period

update PPL-03 --note x --period 2025 -> 2 usage
PPL-03: 2025 is before its first period, 2026
give a later period

update PPL-03 --note x --period '' -> 2 date
--period: '' is not a date
{WHEN}

update PPL-03 --note x --period soon -> 2 date
--period: 'soon' is not a date
{WHEN}

update PPL-03 --status completed -> 2 usage
PPL-03: a recurring pledge is completed period by period
give the period, for example --period 2026

update PPL-03 --due 2027 --why x -> 2 usage
PPL-03: the periods of a recurring pledge can't be moved
write it in a --note instead

update ECO-01 --due 2027 -> 2 usage
ECO-01: a moved deadline needs a reason
give it with --why

update ECO-01 --due 2027 --note x -> 2 usage
ECO-01: a moved deadline needs a reason
give it with --why

update ECO-01 --due 2027 --why ' ' -> 2 usage
--why is empty
{OR_LEAVE_OUT}

update ECO-01 --why x -> 2 usage
--why is for a moved deadline
give the new deadline with --due, or use --note instead

update ECO-01 --due '' --why x -> 2 date
--due: '' is not a date
{WHEN}

update ECO-01 --due '3 months ago' --why x -> 2 date
--due: '3 months ago' is not a date
write -3m

update ECO-01 --due 2026-13 --why x -> 2 date
--due: there is no month 13
{WHEN}

update ENE-02 --status in-progress -> 2 usage
ENE-02: it was reported completed; a change to in-progress needs a reason
give the reason with --note

update PPL-10 --status in-progress --source vov -> 2 usage
PPL-10: it was reported withdrawn; a change to in-progress needs a reason
give the reason with --note

update ECO-01 --ask '' -> 2 usage
--ask is empty
{OR_LEAVE_OUT}

update ECO-01 --note x --ask-of VN -> 2 usage
--ask-of and --ask-by need --ask
give the decision with --ask

update ECO-01 --note x --ask-by 2026-12-01 -> 2 usage
--ask-of and --ask-by need --ask
give the decision with --ask

update ECO-01 --ask x --ask-by 2026-11-21 -> 2 usage
--ask-by 2026-11-21 is before 2026-11-22, when it is asked for
give a later day

update ECO-01 --ask x --ask-by 2026-12 -> 2 date
--ask-by: 2026-12 is not a single day
give a day from 2026-12-01 to 2026-12-31

update ECO-01 --ask x --ask-of ' ' -> 2 usage
--ask-of is empty
{OR_LEAVE_OUT}

update ECO-01 --settle '' -> 2 usage
--settle is empty
{OR_LEAVE_OUT}

update --pillar economy --note x --due-by soonish -> 2 date
--due-by: 'soonish' is not a date
{WHEN}

update 'ECO-*' --note x --color sometimes -> 2 word
there is no --color value 'sometimes'
use one of auto, always, never

add -> 2 usage
a pledge needs --title
{AS_PLEDGE}

add --title T -> 2 usage
a pledge needs --pillar
{AS_PLEDGE}

add --title '' --pillar economy -> 2 usage
--title is empty
{OR_LEAVE_OUT}

add --title 'a\udcff' --pillar economy -> 2 usage
--title is not valid UTF-8

add --title T --pillar econmy -> 2 word
there is no pillar 'econmy'
did you mean economy?

add --title T --pillar '' -> 2 word
there is no pillar ''
{PILLARS}

add --title T --pillar zzz -> 2 word
there is no pillar 'zzz'
{PILLARS}

add --title T --pillar economy --owed-by VN,XX -> 2 word
there is no party 'XX'
use one of VN, SG, Viet Nam, Singapore

add --title T --pillar economy --strength firm -> 2 word
there is no strength 'firm'
{STRENGTHS}

add --title T --pillar economy --kind ongoin -> 2 word
there is no kind 'ongoin'
did you mean ongoing?

add --title T --pillar economy --every week -> 2 word
there is no period length 'week'
use one of year, half, quarter, month

add --title T --pillar economy --due 31/12/2027 -> 2 date
--due: '31/12/2027' is not a date
write 2027-12-31

add --title T --pillar economy --made 2027 -> 2 usage
--made 2027 is after 22 Nov 2026
give the day or the period in which it was made

add --title T --pillar economy --review 6 -> 2 date
--review: '6' is not a length of time
write a number and a unit: "90 days", "2 weeks", "6 months", "1 year"

add --title T --pillar economy --target 3 -> 2 usage
a measure needs a unit
give it with --unit, for example --unit parks

add --title T --pillar economy --unit parks --baseline 1,5 -> 2 usage
--baseline: '1,5' is not a number
{DIGITS}

add --title T --pillar economy --unit parks --target inf -> 2 usage
--target: 'inf' is not a number
{DIGITS}

add --title T --pillar economy --unit ' ' -> 2 usage
--unit is empty
{OR_LEAVE_OUT}

add --title T --pillar economy --unit parks --baseline 3 --target 3 -> 2 usage
the target is the same as the baseline
progress runs from the baseline to the target, so they must differ

add --title T --pillar economy --source vovv -> 2 usage
--source: the ledger has no source 'vovv'
did you mean vov? If not, {OR_REGISTER}

add --title T --pillar economy --lead '' -> 2 usage
--lead is empty
{OR_LEAVE_OUT}

add --title T --pillar economy --tag a --tag '' -> 2 usage
--tag is empty
{OR_LEAVE_OUT}

add --title T --pillar economy --id '' -> 2 usage
--id is empty
{OR_LEAVE_OUT}

add --title T --pillar economy --id eco-01 -> 2 usage
the id ECO-01 is already used: Open the market
leave out --id, or update that one: pledges update ECO-01

add --title T --pillar economy --id 'a b' -> 2 usage
'a b' can't be an id
use only letters, digits, - _ . and /, for example ECO-01

add --title T --pillar economy --id 'ECO-*' -> 2 usage
'ECO-*' can't be an id
use only letters, digits, - _ . and /, for example ECO-01

edit ECO-99 -> 5 no-pledge
no pledge has the id 'ECO-99'
to search: pledges list --search ECO-99

edit --ledger nowhere.toml -> 3 no-ledger
nowhere.toml does not exist
check the path

undo -> 2 usage
there is nothing to undo in commitments.toml
only what pledges wrote on this computer can be undone

undo --ledger nowhere.toml -> 3 no-ledger
nowhere.toml does not exist
check the path

undo --lst -> 2 usage
there is no option --lst
did you mean: pledges undo --list

undo ECO-01 -> 2 usage
'ECO-01' is not expected here
for its options: pledges undo --help

init -> 7 cannot-write
commitments.toml already exists
to add to it: pledges add

init --ledger new.toml --party VN -> 2 usage
--party: 'VN' has no key and name
write --party KEY=NAME

init --ledger new.toml --title '' -> 2 usage
--title is empty
{OR_LEAVE_OUT}
"""


def refusal(block: str) -> Refusal:
    """The refusal that three lines tell: the command line, the message, the hint."""
    head, message, *hint = block.strip().splitlines()
    argv, code, word = re.fullmatch(r"(.*) -> (\d) (.*)", head).groups()  # type: ignore[union-attr]
    return Refusal(argv, int(code), word, message, *hint)


TABLE = [refusal(block) for block in REFUSALS.strip().split("\n\n")]


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.argv)
def test_refused(pledges: Pledges, case: Refusal) -> None:
    """What can't be answered is told in a sentence with what to do, and nothing is printed."""
    assert pledges(*shlex.split(case.argv)) == (case.code, "", case.told)


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.argv)
@pytest.mark.parametrize("form", ["--format json", "--format=ndjson"])
@pytest.mark.slow
def test_refused_to_scripts(pledges: Pledges, case: Refusal, form: str) -> None:
    """Where JSON was asked for, the same is one line of JSON; a line that is meant asks for it."""
    words = shlex.split(case.argv)
    at = 0 if words[0].startswith("-") else 1
    code, out, err = pledges(*words[:at], *form.split(), *words[at:])
    assert (code, out, err.replace(f" {form}", "")) == (case.code, "", case.as_json)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("option", ["--color always", "--width 80"])
def test_screen_for_terminals_only(pledges: Pledges, option: str, form: str) -> None:
    """Colour and width are for terminals: asked for with another format they are refused."""
    code, out, err = pledges("list", *option.split(), "--format", form)
    if form == "terminal":
        assert (code, err) == (0, "")
        return
    message = f"{option.removesuffix(' 80')} works only with --format terminal, not {form}"
    told = Refusal("", 2, "usage", message, "leave out one of them")
    assert (code, out) == (2, "")
    assert err == (told.as_json if "json" in form else told.told)


@pytest.mark.parametrize(
    ("form", "hint"),
    [
        ("pdf", f"use one of {', '.join(Format)}"),
        ("jsn", "did you mean json?"),
        ("json,xml", f"use one of {', '.join(Format)}"),
    ],
)
def test_format(pledges: Pledges, form: str, hint: str) -> None:
    """A format that is none is refused with the nearest."""
    told = Refusal("", 2, "word", f"there is no format {form!r}", hint).told
    assert pledges("list", "--format", form) == (2, "", told)


@pytest.mark.parametrize(
    "argv", ["list --format json,csv", "list --group pillar,party", "progress --group kind,lead"]
)
def test_one_word_only(pledges: Pledges, argv: str) -> None:
    """Where one word is taken, the second of two is refused and not passed over."""
    code, out, err = pledges(*argv.split())
    assert (code, out) == (2, "")
    assert "error" in err


def test_suffix(pledges: Pledges) -> None:
    """A file whose suffix names no format is not filled with another one."""
    told = Refusal("", 2, "usage", "no format has the suffix .pdf", SUFFIXES).told
    assert pledges("list", "--output", "report.pdf") == (2, "", told)
    assert not (pledges.folder / "report.pdf").exists()


@pytest.mark.parametrize("width", ["-5", "0", "19", "1001"])
def test_width(pledges: Pledges, width: str) -> None:
    """A width in which nothing can be laid out is refused."""
    told = Refusal("", 2, "usage", f"--width must be from 20 to 1000, not {width}").told
    assert pledges("list", "--width", width) == (2, "", told)


@pytest.mark.parametrize("width", ["20", "1000"])
def test_outermost_width(pledges: Pledges, width: str) -> None:
    """The narrowest and the widest page are laid out."""
    assert pledges("list", "--width", width).code == 0


@pytest.mark.parametrize("form", ["--format JSON", "-f=json", "--output new.md --format ndjson"])
def test_json_by_any_name(pledges: Pledges, form: str) -> None:
    """If the format that is asked for is JSON, the error is JSON too."""
    [case] = (each for each in TABLE if each.argv == "list --sort dew")
    words = form.split()
    assert pledges("list", "--sort", "dew", *words) == (2, "", case.as_json)
    assert not (pledges.folder / "new.md").exists()


def test_faults(pledges: Pledges) -> None:
    """The faults of a ledger are told like a compiler's, and to scripts with their places."""
    code, out, err = pledges("list", "--ledger", "faulty.toml")
    assert (code, out) == (4, "")
    assert err.startswith("faulty.toml:3:9: error[")
    assert err.endswith("\n1 error in faulty.toml; nothing was read\n")
    code, out, err = pledges("list", "--ledger", "faulty.toml", "--format", "json")
    record = json.loads(err)
    assert (code, out, err.count("\n")) == (4, "", 1)
    assert {"file": "faulty.toml", "line": 3, "column": 9, "exit": 4}.items() <= record.items()
    assert record["faults"][0]["message"] == record["message"]


@pytest.mark.parametrize(
    "option",
    [
        *("--as-of", "--ledger", "--format", "--output", "--due-by", "--due-after"),
        *("--due-within", "--sort", "--group", "--columns"),
    ],
)
def test_empty_value(pledges: Pledges, option: str) -> None:
    """An option that was given nothing, as from an empty variable, is refused, not passed over."""
    code, out, err = pledges("list", option, "")
    assert out == ""
    assert code in (2, 3, 7)
    assert err.startswith("pledges: error: ")


def test_empty_within(pledges: Pledges) -> None:
    """A span that was given as nothing is refused."""
    assert pledges("due", "--within", "").code == 2


def test_empty_environment(pledges: Pledges) -> None:
    """A variable that is set to nothing is as one that is not set."""
    pledges.environment |= {"PLEDGES_LEDGER": "", "PLEDGES_AS_OF": ""}
    assert pledges("list", "--as-of", "2026-11-22") == pledges("list", "--as-of=2026-11-22")
    assert pledges("list").code == 0


HAS = {"tag": "it has rice", "lead": "it has Ministry of Trade, Energy Board"}


@pytest.mark.parametrize(
    ("option", "word", "hint"),
    [
        ("tag", "ricee", "did you mean rice?"),
        ("lead", "Ministry of Tade", "did you mean Ministry of Trade?"),
        *((option, "zzzz", known) for option, known in HAS.items()),
    ],
)
@pytest.mark.parametrize("command", ["list", "due", "progress"])
def test_open_word(pledges: Pledges, command: str, option: str, word: str, hint: str) -> None:
    """A word that the ledger does not know matches nothing, and the nearest one is hinted at."""
    argv = (command, f"--{option}", word)
    code, _, err = pledges(*argv)
    assert (code, sorted(err.splitlines())) == (
        0,
        [
            "No pledge matches (8 as of 22 Nov 2026).",
            f"the ledger has no {option} {word!r}; {hint}",
        ],
    )
    assert "No pledge matches" not in pledges(*argv, "-q").err


@pytest.mark.parametrize("argv", ["--tag zzzz --tag rice", "--lead zzzz --lead 'Energy Board'"])
def test_two_open_words(pledges: Pledges, argv: str) -> None:
    """Of two words only the unknown one is said to be unknown."""
    option, *words = argv.replace("--", "").split()[0], *shlex.split(argv)
    code, out, err = pledges("list", *words)
    assert (code, err) == (0, f"the ledger has no {option} 'zzzz'; {HAS[option]}\n")
    assert out


@pytest.mark.parametrize(
    ("option", "word"),
    [
        ("tag", "RICE"),
        ("source", "VOV"),
        ("lead", "energy board"),
        ("party", "vn"),
        ("party", "VIET NAM"),
        ("pillar", "ENERGY"),
        ("pillar", "economic cooperation"),
    ],
)
def test_case_of_open_words(pledges: Pledges, option: str, word: str) -> None:
    """An open word is known in any case."""
    code, out, err = pledges("list", f"--{option}", word)
    assert (code, err) == (0, "")
    assert out


@pytest.mark.parametrize(
    ("argv", "ids"),
    [
        ("list", ALL),
        ("ls", ALL),
        # ids
        ("list ECO-01 ppl-10", "ECO-01 PPL-10"),
        ("list ppl-*", "PPL-01 PPL-02 PPL-03 PPL-10"),
        ("list P??-0[12]", "PPL-01 PPL-02"),
        ("list Z* ENE-02", "ENE-02"),
        ("show ENE-02 ECO-01", "ENE-02 ECO-01"),
        ("show ECO-* ECO-01", "ECO-01 ECO-02"),
        ("progress PPL-*", "PPL-03"),
        ("due PPL-*", "PPL-03 PPL-01"),
        # words
        ("list --status unreported", "ENE-01 PPL-02 PPL-03"),
        ("list --status completed --status withdrawn", "ENE-02 PPL-10"),
        ("list --status Completed,withdrawn", "ENE-02 PPL-10"),
        ("list --standing due_soon,OVERDUE", "ECO-01 ECO-02 PPL-03"),
        ("list --not-status unreported", "ECO-01 ECO-02 ENE-02 PPL-01 PPL-10"),
        ("list --not-status unreported --not-status in-progress", "ENE-02 PPL-10"),
        ("list --standing due-soon", "ECO-02 PPL-03"),
        ("list --not-standing due-soon", "ECO-01 ENE-01 ENE-02 PPL-01 PPL-02 PPL-10"),
        ("list --strength agreed --strength signed", "ECO-01 ECO-02 ENE-02"),
        ("list --not-strength agreed", "ECO-01 ENE-01 PPL-01 PPL-02 PPL-03 PPL-10"),
        ("list --kind recurring --kind ongoing", "PPL-01 PPL-03"),
        ("list --not-kind one-off", "PPL-01 PPL-03"),
        # registers
        ("list --pillar energy", "ENE-01 ENE-02"),
        ("list --party VN", "ECO-01 ENE-01"),
        ("list --party Singapore --pillar energy", "ENE-01 ENE-02"),
        ("list --tag rice", "ECO-01"),
        ("list --source sggp", "ECO-02"),
        # the calendar
        ("list --due-by 2026-10-31", "ECO-01 ENE-02"),
        ("list --due-by 2026-10-30", "ENE-02"),
        ("list --due-after 2026-12-31", "ENE-01"),
        ("list --due-after 2026-12-30", "ECO-02 ENE-01 PPL-03"),
        ("list --due-after 2026-07 --due-by 2026", "ECO-01 ECO-02 PPL-03"),
        ("list --due-within 39d", "ECO-02 PPL-03"),
        ("list --due-within 38d", ""),
        ("list --due-within eoy", "ECO-02 PPL-03"),
        ("list --no-deadline", "PPL-01 PPL-02 PPL-10"),
        # flags
        ("list --overdue", "ECO-01"),
        ("list --stale", "PPL-01"),
        ("list --behind", "ECO-02"),
        ("list --contested", "ECO-02"),
        ("list --contested --overdue", ""),
        ("due --overdue", "ECO-01"),
        ("progress --contested", "ECO-02"),
        # search
        ("list --search course", "PPL-01"),
        ("list --search RICE", "ECO-01"),
        ("list --search late", "ENE-02"),
        ("list --search grids --search eco-0", "ECO-01 ECO-02 ENE-01"),
        ("list --search secret", ""),
        ("list --search secret --internal", "PPL-02"),
        ("due --search secret", ""),
        ("progress --all --search secret", ""),
        # what else changes the answer
        ("list --as-of 2027-01-01 --overdue", "ECO-01 ECO-02 PPL-03"),
        ("list --as-of 2026-12-01 PPL-11", "PPL-11"),
        ("list --as-of 2026-05-31 --status completed", ""),
        ("list --as-of 2024", ""),
        ("list ECO-* --ledger cases.toml", "eco-X ECO-y"),
        ("show ECO-x --ledger cases.toml", "eco-X"),
        ("progress", "ECO-01 ECO-02 ENE-01 ENE-02 PPL-03"),
        ("progress --all", ALL),
        ("progress --group status", "ECO-01 ECO-02 ENE-02 ENE-01 PPL-03"),
        ("due", "ECO-01 ECO-02 PPL-03 PPL-01"),
        ("due --within 38d", "ECO-01 PPL-01"),
        ("due --within 404d", "ECO-01 ECO-02 PPL-03 ENE-01 PPL-01"),
        ("due --within 0d", "ECO-01 PPL-01"),
        # groups
        ("list --group party", "ECO-01 ECO-02 ENE-02 PPL-01 ENE-01 PPL-02 PPL-03 PPL-10"),
        ("list --group lead", "ECO-01 ENE-02 ECO-02 ENE-01 PPL-01 PPL-02 PPL-03 PPL-10"),
        ("list --group status", "ECO-01 ECO-02 PPL-01 ENE-02 PPL-10 ENE-01 PPL-02 PPL-03"),
        ("list --group standing", "ECO-01 ECO-02 PPL-03 PPL-01 ENE-01 ENE-02 PPL-02 PPL-10"),
        ("list --group strength", "ENE-01 ECO-02 ENE-02 ECO-01 PPL-01 PPL-02 PPL-03 PPL-10"),
        ("list --group kind", "ECO-01 ECO-02 ENE-01 ENE-02 PPL-02 PPL-10 PPL-03 PPL-01"),
        (
            "list --group pillar --sort -due",
            "ECO-02 ECO-01 ENE-01 ENE-02 PPL-03 PPL-01 PPL-02 PPL-10",
        ),
    ],
)
def test_answer(pledges: Pledges, argv: str, ids: str) -> None:
    """Every filter and option changes what is answered as its name says."""
    assert pledges.ids(argv) == ids


@pytest.mark.parametrize(
    ("keys", "ids"),
    [
        ("id", "ECO-01 ECO-02 ENE-01 ENE-02 PPL-01 PPL-02 PPL-03 PPL-10"),
        ("-id", "PPL-10 PPL-03 PPL-02 PPL-01 ENE-02 ENE-01 ECO-02 ECO-01"),
        ("title", "ENE-02 ECO-02 PPL-10 PPL-03 ENE-01 ECO-01 PPL-02 PPL-01"),
        ("made", "ECO-02 ENE-02 ECO-01 ENE-01 PPL-03 PPL-10 PPL-01 PPL-02"),
        ("-made", "PPL-02 PPL-01 PPL-10 ENE-01 PPL-03 ECO-01 ECO-02 ENE-02"),
        ("due", "ENE-02 ECO-01 ECO-02 PPL-03 ENE-01 PPL-01 PPL-02 PPL-10"),
        ("-due", "ENE-01 ECO-02 PPL-03 ECO-01 ENE-02 PPL-01 PPL-02 PPL-10"),
        ("days", "ECO-01 ECO-02 PPL-03 ENE-01 ENE-02 PPL-01 PPL-02 PPL-10"),
        ("progress", "ECO-02 ECO-01 ENE-01 ENE-02 PPL-01 PPL-02 PPL-03 PPL-10"),
        ("-pace", "ECO-02 ECO-01 ENE-01 ENE-02 PPL-01 PPL-02 PPL-03 PPL-10"),
        ("status", "ECO-01 ECO-02 PPL-01 ENE-02 PPL-10 ENE-01 PPL-02 PPL-03"),
        ("standing", "ECO-01 ECO-02 PPL-03 PPL-01 ENE-01 ENE-02 PPL-02 PPL-10"),
        ("-strength", "ECO-01 ECO-02 ENE-02 ENE-01 PPL-01 PPL-02 PPL-03 PPL-10"),
        ("updated", "PPL-01 PPL-10 ENE-02 ECO-02 ECO-01 ENE-01 PPL-02 PPL-03"),
        ("-slip_days", "ENE-02 ECO-01 ECO-02 ENE-01 PPL-01 PPL-02 PPL-03 PPL-10"),
        ("lead", "ENE-02 ECO-01 ECO-02 ENE-01 PPL-01 PPL-02 PPL-03 PPL-10"),
        ("-pillar", "PPL-01 PPL-02 PPL-03 PPL-10 ENE-01 ENE-02 ECO-01 ECO-02"),
        ("-pillar,-title", "PPL-01 PPL-02 PPL-03 PPL-10 ENE-01 ENE-02 ECO-01 ECO-02"),
        ("pillar, -due", "ECO-02 ECO-01 ENE-01 ENE-02 PPL-03 PPL-01 PPL-02 PPL-10"),
    ],
)
def test_order(pledges: Pledges, keys: str, ids: str) -> None:
    """Every sort key orders, upwards or downwards, and what has no value stands last."""
    code, out, _ = pledges("list", "--columns", "id", "--sort", keys)
    assert (code, out.split()) == (0, ids.split())


def test_columns(pledges: Pledges) -> None:
    """Columns are shown in the order asked for, to scripts under their names."""
    argv = ("list", "ECO-02", "--columns", "due, days_left,title,progress")
    assert pledges(*argv).out == "31 Dec 2026  39  Build parks  10%\n"
    assert pledges(*argv, "--format", "csv").out == (
        "due,days_left,title,progress\r\n2026-12-31,39,Build parks,0.1\r\n"
    )
    assert pledges(*argv, "--format", "ndjson").out == (
        '{"due":"2026-12-31","days_left":39,"title":"Build parks","progress":0.1}\n'
    )


def test_width_and_color(pledges: Pledges) -> None:
    """A width lays the page out, and colour is put in only where it is asked for."""
    plain = pledges("list", "ECO-01", "--width", "40").out
    assert plain == (
        "ECO-01  Open the market\n  Status: in progress\n  Standing: overdue\n"
        "  Deadline: 31 Oct 2026\n  Days: 22 days late\n"
    )
    coloured = pledges("list", "ECO-01", "--width", "40", "--color", "always").out
    assert "\x1b[1;31moverdue\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_output(pledges: Pledges) -> None:
    """An answer goes to a new file, and replaces one only by force."""
    told = pledges("list", "--format", "json").out
    assert pledges("list", "--output", "new.json") == (0, "", "")
    assert (pledges.folder / "new.json").read_text(encoding="utf-8") == told
    assert pledges("due", "--output", "new.json", "--force") == (0, "", "")
    assert json.loads((pledges.folder / "new.json").read_text(encoding="utf-8"))["kind"] == "due"


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        ("due", 0),
        ("due --exit-code", 1),
        ("due --exit-code ECO-01", 1),
        ("due --exit-code ENE-01", 0),
        ("due --exit-code ENE-01 --within 2y", 1),
        ("due --exit-code --as-of 2024", 0),
        ("due --exit-code --format json --output due.json", 1),
        ("list ECO-01 --overdue", 0),
    ],
)
def test_exit_code(pledges: Pledges, argv: str, code: int) -> None:
    """Only ``due --exit-code`` tells by its exit code whether something needs attention."""
    assert pledges(*argv.split()).code == code


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("argv", [*LINES, "list --group party", "list --columns id,note"])
def test_internal_is_kept(pledges: Pledges, argv: str, form: str) -> None:
    """An internal note leaves the ledger in no format of any command unless it is asked for."""
    code, out, err = pledges(*argv.split(), "--format", form)
    assert (code, err) == (0, "")
    assert "SECRET" not in out


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "argv", ["show PPL-02 --internal", "list --internal", "list --columns id,internal"]
)
def test_internal_is_given(pledges: Pledges, argv: str, form: str) -> None:
    """An internal note is shown where it is asked for by name, in every format."""
    assert "SECRET word" in pledges(*argv.split(), "--format", form).out


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("argv", LINES)
def test_unreported(pledges: Pledges, argv: str, form: str) -> None:
    """What was never reported is not called "not started" anywhere."""
    code, out, _ = pledges(*argv.split(), "--ledger", "unreported.toml", "--format", form)
    assert code == 0
    out = re.sub("<dataValidations.*</dataValidations>", "", out)  # what can be chosen in a sheet
    assert not re.search(r"not.started", out, re.IGNORECASE)


@pytest.mark.parametrize("argv", ["overview", "list", "progress", "progress --all", "due"])
@pytest.mark.parametrize("why", ["--as-of 2024", "--search nothing"])
def test_empty_answer(pledges: Pledges, argv: str, why: str) -> None:
    """An empty answer is valid in every format, and no failure."""
    if (argv, why) == ("overview", "--search nothing"):
        pytest.skip("the overview has no filters")
    words = [*argv.split(), *why.split(), "--format"]
    code, out, _ = pledges(*words, "json")
    document = json.loads(out)
    assert (code, document["count"], document["schema_version"]) == (0, 0, 1)
    assert document.get("pledges", []) == []
    assert pledges(*words, "ndjson")[:2] == (0, "")
    for form, separator in (("csv", ","), ("tsv", "\t")):
        code, out, _ = pledges(*words, form)
        assert (code, len(out.splitlines())) == (0, 1)
        assert out.split(separator)[0] in ("id", "standing", "listed_as")
    for form in ("text", "md", "terminal"):
        code, out, err = pledges(*words, form)
        assert code == 0
        told = "No pledges as of" if "2024" in " ".join(words) else "No pledge matches (8 as of"
        assert told in err + out


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2024", "No pledges as of 31 Dec 2024; the first is from 1 Jan 2025.\n"),
        ("2026-11-22", "No pledge matches (8 as of 22 Nov 2026).\n"),
    ],
)
def test_nothing_found(pledges: Pledges, as_of: str, said: str) -> None:
    """That nothing was found is said on standard error, with why, and not with ``-q``."""
    argv = ("list", "--search", "nothing", "--as-of", as_of)
    assert pledges(*argv) == (0, "", said)
    assert pledges(*argv, "-q") == (0, "", "")
    assert pledges(*argv, "--quiet") == (0, "", "")


def test_more_words_than_anybody_needs(pledges: Pledges) -> None:
    """A command line with more words than can be read in time is refused in one line."""
    found = pledges("list", *["--tag", "t"] * 25_000)
    assert found.code == 2
    assert found.err == (
        "pledges: error: the command line has 50,001 words; at most 50,000 are read\n"
        "  = hint: write ids to standard input, one per line, and give -\n"
    )
