"""Text into the model: what each key of a ledger means, and that no text is met with a crash."""

import json
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from build import SHIPPED, day
from desk import NAME, Desk
from pledges.domain.day import Interval, Period, read_period
from pledges.domain.fields import Several
from pledges.domain.pledge import (
    Ask,
    Claim,
    Every,
    Kind,
    Ledger,
    Measure,
    Plan,
    Pledge,
    Source,
    Status,
    Strength,
    Update,
)
from pledges.errors import Exit, Fault, FaultyLedger
from pledges.ledger.reading.decode import decode

HEAD = '[plan]\ntitle = "Plan of Action"\n\n[pillars]\neconomy = "Economic cooperation"\n'
PLEDGE = f'{HEAD}\n[[pledge]]\nid = "ECO-01"\ntitle = "Open the market"\npillar = "economy"\n'
RECURRING = f'{PLEDGE}kind = "recurring"\nevery = "year"\nsince = "2025"\n'
UPDATE = "\n[[pledge.update]]\ndate = 2026-01-12\n"

EVERYTHING = """
schema = 1

[plan]
title = "Viet Nam-Singapore Comprehensive Strategic Partnership: Plan of Action"
short = "VN-SG Plan of Action"
warn_days = 30
stale_days = 90

[parties]
VN = "Viet Nam"
SG = "Singapore"

[pillars]
people = "Connecting people"
economy = "Economic cooperation"

[sources.vov-2026-02]
title = "Agreement to deepen the partnership"
publisher = "VOV"
date = "2026-02"

[sources.sggp]
title = "Thirty parks"
url = "https://example.org/parks"

[[pledge]]
id = "ECO-02"
title = "Have 30 Vietnam-Singapore Industrial Parks in operation"
pillar = "economy"
owed_by = ["VN", "SG"]
asked_by = ["SG"]
lead = ["MOIT", "MTI"]
waiting_on = "VN"
strength = "agreed"
made = 2025-12-18
due = "2029"
due_text = "before 2030"
source = ["https://example.org/statement", "sggp"]
part_of = "ECO-10"
superseded_by = ["ECO-11", "ECO-10"]
tags = ["parks", "land"]
note = "Counted by their opening."
internal = "Ask again in May."
measure = { unit = "parks", baseline = 20, baseline_date = 2025-03-26, target = 30.5, \
total_text = "in operation", source = "sggp" }

[[pledge.claim]]
due = "2030"
source = "sggp"
note = "A year later."

[[pledge.claim]]
target = 40
source = ["vov-2026-02", "sggp"]
settled = 2026-03-01

[[pledge.update]]
date = 2026-01-12
status = "in-progress"
value = 21
note = "21 parks in 14 provinces."
source = ["vov-2026-02"]
by = "Lan"
seen = true

[[pledge.update]]
date = 2026-02-10
due = 2026-12-31
why = "The call named 2026."

[[pledge.ask]]
what = "Confirm the year"
of = "VN"
date = 2026-11-02
by = 2026-12-01
settled = 2026-11-20

[[pledge]]
id = "ECO-10"
title = "Meet each half-year"
pillar = "people"
kind = "recurring"
every = "half"
since = "2025-H2"
until = "2027-H1"

[[pledge.update]]
date = 2026-01-05
period = "2025-H2"
status = "completed"

[[pledge]]
id = "ECO-11"
title = "Keep in touch"
pillar = "people"
kind = "ongoing"
review = "6 months"
"""


def test_every_key_is_read() -> None:
    """Each key of a ledger becomes the value that it stands for."""
    parks = Pledge(
        id="ECO-02",
        title="Have 30 Vietnam-Singapore Industrial Parks in operation",
        pillar="economy",
        owed_by=("VN", "SG"),
        asked_by=("SG",),
        lead=Several(["MOIT", "MTI"]),
        waiting_on="VN",
        strength=Strength.AGREED,
        made=read_period("2025-12-18"),
        due=read_period("2029"),
        due_text="before 2030",
        source=Several(["https://example.org/statement", "sggp"]),
        part_of="ECO-10",
        superseded_by=Several(["ECO-11", "ECO-10"]),
        tags=("parks", "land"),
        note="Counted by their opening.",
        internal="Ask again in May.",
        measure=Measure("parks", 20, day("2025-03-26"), 30.5, "in operation", "sggp"),
        claims=(
            Claim(Several(["sggp"]), due=read_period("2030"), note="A year later."),
            Claim(Several(["vov-2026-02", "sggp"]), target=40, settled=day("2026-03-01")),
        ),
        updates=(
            Update(
                day("2026-01-12"),
                status=Status.IN_PROGRESS,
                value=21,
                note="21 parks in 14 provinces.",
                source=Several(["vov-2026-02"]),
                by="Lan",
                seen=True,
            ),
            Update(day("2026-02-10"), due=read_period("2026-12-31"), why="The call named 2026."),
        ),
        asks=(
            Ask(
                "Confirm the year",
                day("2026-11-02"),
                of="VN",
                by=day("2026-12-01"),
                settled=day("2026-11-20"),
            ),
        ),
    )
    meetings = Pledge(
        "ECO-10",
        "Meet each half-year",
        "people",
        kind=Kind.RECURRING,
        every=Every.HALF,
        since=read_period("2025-H2"),
        until=read_period("2027-H1"),
        updates=(
            Update(day("2026-01-05"), period=read_period("2025-H2"), status=Status.COMPLETED),
        ),
    )
    touch = Pledge(
        "ECO-11", "Keep in touch", "people", kind=Kind.ONGOING, review=Interval(6, "month")
    )
    assert decode(EVERYTHING, "x.toml") == Ledger(
        plan=Plan(
            "Viet Nam-Singapore Comprehensive Strategic Partnership: Plan of Action",
            "VN-SG Plan of Action",
            warn_days=30,
            stale_days=90,
        ),
        parties={"VN": "Viet Nam", "SG": "Singapore"},
        pillars={"people": "Connecting people", "economy": "Economic cooperation"},
        sources={
            "vov-2026-02": Source(
                "Agreement to deepen the partnership", "VOV", read_period("2026-02")
            ),
            "sggp": Source("Thirty parks", url="https://example.org/parks"),
        },
        pledges=(parks, meetings, touch),
    )


def test_registers_keep_the_order_of_the_file() -> None:
    """Parties and pillars stand in the ledger's order, which is their order everywhere."""
    ledger = decode(EVERYTHING, "x.toml")
    assert list(ledger.parties) == ["VN", "SG"]
    assert list(ledger.pillars) == ["people", "economy"]


def test_what_is_left_out_has_a_default() -> None:
    """Only the plan's title is needed; spans are 60 and 180 days, and absence is None."""
    assert decode('[plan]\ntitle = "P"\n', "x.toml") == Ledger(Plan("P", None, 60, 180), 1)
    (pledge,) = decode(PLEDGE, "x.toml").pledges
    given_keys = {"id", "title", "pillar"}
    rest = {key: getattr(pledge, key) for key in pledge.__struct_fields__ if key not in given_keys}
    assert rest.pop("kind") is Kind.ONE_OFF
    assert {key for key, value in rest.items() if value == ()} == {
        "owed_by",
        "asked_by",
        "lead",
        "source",
        "superseded_by",
        "tags",
        "claims",
        "updates",
        "asks",
    }
    assert all(value in {None, ()} for value in rest.values())


@pytest.mark.parametrize(
    ("written", "first", "last", "name"),
    [
        ("2026-12-31", "2026-12-31", "2026-12-31", "2026-12-31"),
        ('"2026-12-31"', "2026-12-31", "2026-12-31", "2026-12-31"),
        ('"2026-11"', "2026-11-01", "2026-11-30", "2026-11"),
        ('"2026-Q4"', "2026-10-01", "2026-12-31", "2026-Q4"),
        ('"2026-q4"', "2026-10-01", "2026-12-31", "2026-Q4"),
        ("'2026-H2'", "2026-07-01", "2026-12-31", "2026-H2"),
        ('"2026"', "2026-01-01", "2026-12-31", "2026"),
        ("2028-02-29", "2028-02-29", "2028-02-29", "2028-02-29"),
    ],
)
def test_a_deadline_is_a_day_or_a_period(written: str, first: str, last: str, name: str) -> None:
    """A day stands bare or in quotes, a period in quotes; both ends are known."""
    (pledge,) = decode(f"{PLEDGE}due = {written}\n", "x.toml").pledges
    assert pledge.due == Period(day(first), day(last), name, None)
    assert pledge.due
    assert pledge.due.name == name


@pytest.mark.parametrize("written", ["2026-01-12", '"2026-01-12"', "'2026-01-12'"])
def test_a_day_may_stand_in_quotes(written: str) -> None:
    """The date of an update is read with quotes as well as without."""
    (pledge,) = decode(f"{PLEDGE}\n[[pledge.update]]\ndate = {written}\n", "x.toml").pledges
    assert pledge.updates == (Update(date(2026, 1, 12)),)


@pytest.mark.parametrize(
    ("written", "value"),
    [("21", 21), ("-3", -3), ("0", 0), ("20.5", 20.5), ("1_000", 1000), ("1e3", 1000.0)],
)
def test_a_value_is_any_number(written: str, value: float) -> None:
    """A reading may be whole or not, negative, zero, and grouped as TOML groups digits."""
    measure = 'measure = { unit = "parks", baseline = 20, target = 30 }\n'
    (pledge,) = decode(f"{PLEDGE}{measure}{UPDATE}value = {written}\n", "x.toml").pledges
    (update,) = pledge.updates
    assert update.value == value
    assert type(update.value) is type(value)


@pytest.mark.parametrize(
    "measure",
    [
        'measure = { unit = "parks", target = 30 }\n',
        'measure = {\n  unit = "parks", # counted\n  target = 30,\n}\n',
        'measure.unit = "parks"\nmeasure.target = 30\n',
        '[pledge.measure]\nunit = "parks"\ntarget = 30\n',
    ],
)
def test_a_measure_is_written_as_one_likes(measure: str) -> None:
    """A measure is one table, in one line or several."""
    (pledge,) = decode(PLEDGE + measure, "x.toml").pledges
    assert pledge.measure == Measure("parks", target=30)


@pytest.mark.parametrize(
    "text",
    [
        f'ticket = "T-1"\n{HEAD}',
        HEAD.replace("\n\n", '\nreviewed_by = "Lan"\n\n', 1),
        f"{HEAD}\n[contacts]\nVN = {{ name = 'Lan', date = 2026-01-12 }}\n",
        f'{HEAD}\n[sources.vov]\ntitle = "Agreement"\npage = 7\n',
        f'{PLEDGE}ticket = "T-1"\n',
        f'{PLEDGE}x-title = "Ours"\nx_note = "Ours"\n',
        f'{PLEDGE}{UPDATE}x_status = "Ours"\n',
        f'{PLEDGE}measure = {{ unit = "parks", method = "count" }}\n',
        f'{PLEDGE}{UPDATE}ticket = "T-1"\n',
        f'{PLEDGE}\n[[pledge.meeting]]\nplace = "Ha Noi"\n',
        f'{PLEDGE}\n[[pledge.ask]]\nwhat = "A year"\ndate = 2026-01-12\nmood = "hopeful"\n',
    ],
)
def test_unknown_keys_are_let_through(text: str) -> None:
    """A key that resembles none of ours stands where it likes, and changes nothing."""
    without = decode(PLEDGE if "[[pledge]]" in text else HEAD, "x.toml")
    assert decode(text, "x.toml").plan == without.plan
    assert [each.id for each in decode(text, "x.toml").pledges] == [
        each.id for each in without.pledges
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{RECURRING}{UPDATE}period = '2025'\n", id="period completed"),
        pytest.param(f"{PLEDGE}due = '2029'\n{UPDATE}due = '2026'\nwhy = 'A call.'\n", id="moved"),
        pytest.param(f"{PLEDGE}kind = 'ongoing'\ndue = '2029'\n", id="ongoing until"),
        pytest.param(f"{PLEDGE}source = 'http://example.org/?a=b#c'\n", id="address"),
        pytest.param(PLEDGE.replace("ECO-01", "Đ-1/2_b.c"), id="id of letters"),
        pytest.param(f"{PLEDGE}measure = {{ unit = 'parks', baseline = 20 }}\n", id="no target"),
        pytest.param(f"{PLEDGE}note = '''\nTwo\nlines'''\n", id="text of lines"),
        pytest.param(f"{PLEDGE}owed_by = []\n", id="owed by none"),
    ],
)
def test_what_is_ordinary_is_no_fault(text: str) -> None:
    """What a ledger may leave open or say in another way is read without a word."""
    assert len(decode(text, "x.toml").pledges) == 1


def test_the_shipped_ledger_is_sound() -> None:
    """The ledger at the project's root has no fault."""
    assert decode(SHIPPED.read_text(encoding="utf-8"), "x.toml").pledges


# What breaks ledgers: signs of TOML's own, line ends, and what editors and keyboards put in.
SIGNS = "\n\n\"\"''[]{}=.,:#\\-0123 abz_\r\t\x00\u200e“”đ事\ufeff"
PIECES = st.sampled_from(["[[pledge]]\n", "[plan]\n", '"""', "= ", "2026-13-01", "<<<<<<< a\n"])
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["delete", "insert", "swap", "repeat"]),
        st.floats(0, 1, exclude_max=True),
        st.floats(0, 1, exclude_max=True),
        st.text(st.sampled_from(SIGNS), min_size=1, max_size=4) | PIECES,
    ),
    min_size=1,
    max_size=6,
)
BASES = st.sampled_from([EVERYTHING, SHIPPED.read_text(encoding="utf-8")])


def edited(text: str, edit: tuple[str, float, float, str]) -> str:
    """The text after one slip; where it happens is given as shares of its length."""
    what, here, there, signs = edit
    lines = text.split("\n")
    first, second = int(here * len(lines)), int(there * len(lines))
    start = int(here * len(text))
    if what == "delete":
        return text[:start] + text[start + 1 + int(there * 4) :]
    if what == "insert":
        return text[:start] + signs + text[start:]
    if what == "swap":
        lines[first], lines[second] = lines[second], lines[first]
    else:
        lines.insert(second, lines[first])
    return "\n".join(lines)


def faults(text: str) -> Sequence[Fault]:
    """The faults of a text; none where it is read."""
    try:
        decode(text, "x.toml")
    except FaultyLedger as error:
        return error.faults or pytest.fail("it is faulty without a fault")
    return ()


def assert_told_inside(text: str) -> None:
    """That a text is read, or that its faults lie inside it, each told once, in their order."""
    found = faults(text)
    lines = text.removeprefix("\ufeff").split("\n")
    for fault in found:
        line = lines[fault.line - 1]
        assert fault.text == line.rstrip("\r")
        assert 1 <= fault.column <= len(line) + 1
        assert 1 <= fault.width <= max(1, len(fault.text) + 1 - fault.column)
        assert fault.message
    places = [(fault.line, fault.column) for fault in found]
    assert places == sorted(places)
    assert len(set(found)) == len(found)


@given(st.text() | st.text(st.sampled_from(SIGNS)))
@example("\r")
@example("\ufeff\ufeff")
@example("[plan]\n\ufefftitle = 1\n")
@example("x = 9" + "9" * 5000)
def test_any_text_is_read_or_told(text: str) -> None:
    """No text at all is met with anything but a ledger or its faults."""
    assert_told_inside(text)


@given(BASES, EDITS)
def test_any_slip_is_read_or_told(text: str, edits: list[tuple[str, float, float, str]]) -> None:
    """Whatever slips into a sound ledger, it is read or its faults are told inside the text."""
    for edit in edits:
        text = edited(text, edit)
    assert_told_inside(text)


@pytest.mark.parametrize("asked", [["--format", "json"], ["--format=json"], ["--format", "ndjson"]])
def test_faults_are_told_to_scripts(asked: list[str], desk: Desk) -> None:
    """Where JSON is asked for, a faulty ledger is one line of JSON with every fault in it."""
    desk.text = f"{PLEDGE}lead = MOIT\ndue = 31/12/2026\n"
    code, out, err = desk("list", *asked)
    assert (code, out, err.count("\n"), err[-1:]) == (Exit.FAULTS, "", 1, "\n")
    quotes = {
        "code": "quotes",
        "message": "text must be in quotes",
        "file": NAME,
        "line": 11,
        "column": 8,
        "hint": 'write "MOIT"',
    }
    no_date = {
        "code": "date",
        "message": "'31/12/2026' is not a date",
        "file": NAME,
        "line": 12,
        "column": 7,
        "hint": "write 2026-12-31",
    }
    assert json.loads(err) == {
        **quotes,
        "exit": 4,
        "faults": [quotes, no_date],
        "schema_version": 1,
        "kind": "error",
        "details": [],
    }


def test_a_missing_ledger_is_told_to_scripts(desk: Desk) -> None:
    """An error that has no place has null for it, and no faults."""
    code, out, err = desk("list", "--format", "json", "--ledger", "absent.toml")
    assert (code, out) == (Exit.NO_LEDGER, "")
    assert json.loads(err) == {
        "code": "no-ledger",
        "exit": 3,
        "message": "absent.toml does not exist",
        "file": None,
        "line": None,
        "column": None,
        "hint": "check the path",
        "faults": [],
        "schema_version": 1,
        "kind": "error",
        "details": [],
    }


def test_json_tells_what_a_terminal_must_not_obey_as_escapes(desk: Desk) -> None:
    """Controls and direction marks of a ledger reach standard error as JSON's own escapes."""
    word = "\u202e\x9b31m"
    desk.text = f'{PLEDGE}strength = "{word}"\n'
    code, _, err = desk("list", "--format", "json")
    assert code == Exit.FAULTS
    assert err.removesuffix("\n").isprintable()
    assert json.loads(err)["message"] == f"there is no strength {word!r}"
