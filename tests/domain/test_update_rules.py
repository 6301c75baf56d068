"""What may be added to a pledge's history, and what that comes to as edits."""

from datetime import date

import pytest

from build import a_ledger, a_pledge, an_update, day
from pledges.domain.day import Period, read_period
from pledges.domain.edits import Append, Put
from pledges.domain.fields import Several
from pledges.domain.pledge import Ask, Claim, Ledger, Pledge, Status, Update
from pledges.domain.repeats import status_on
from pledges.domain.update_rules import Addition, addition_edits, ask_places, refusals

ON = "2026-11-22"
PARKS = {"unit": "parks", "baseline": 0, "target": 10}
YEARLY = {"kind": "recurring", "every": "year", "since": "2025"}
QUARTERLY = {"kind": "recurring", "every": "quarter", "since": "2026-Q1"}


def news(on: str = ON, **terms: object) -> Addition:
    """An update of a day, its terms spelt as in a ledger."""
    return Addition(update=an_update(on, **terms))


def settling(words: str, on: str = ON) -> Addition:
    """A decision that is settled on a day."""
    return Addition(update=an_update(on), settle=words)


def asked(*texts: str, settled: date | None = None) -> list[dict[str, object]]:
    """Decisions asked for, spelt as in a ledger."""
    ask = {"date": "2026-09-01", "settled": settled}
    return [{"what": what, **{k: v for k, v in ask.items() if v}} for what in texts]


def reasons(told: Addition, pledge: Pledge) -> list[str]:
    """Why news can't be added to a pledge."""
    return [each.reason for each in refusals(told, pledge, a_ledger(pledge))]


# made


@pytest.mark.parametrize(
    ("made", "on", "is_refused"),
    [
        (None, "1900-01-01", False),
        ("2026-11-22", "2026-11-22", False),
        ("2026-11-22", "2026-11-21", True),
        ("2026-11", "2026-11-01", False),
        ("2026-11", "2026-10-31", True),
        ("2026", "2026-01-01", False),
        ("2026", "2025-12-31", True),
    ],
)
def test_made_before(made: str | None, on: str, is_refused: bool) -> None:  # noqa: FBT001
    """Nothing was reported before the first day of the period in which a pledge was made."""
    pledge = a_pledge(made=made)
    reason = [f"{on} is before the pledge was made, {made}"] if is_refused else []
    assert reasons(news(on, note="x"), pledge) == reason


@pytest.mark.parametrize(
    ("due", "is_refused"),
    [("2026-11-21", True), ("2026-10", True), ("2026-11-22", False), ("2026", False)],
)
def test_due_before_made(due: str, is_refused: bool) -> None:  # noqa: FBT001
    """A deadline may end on the first day of a pledge, and not before."""
    refused = (
        [f"the deadline {due} is before the pledge was made, 2026-11-22"] if is_refused else []
    )
    assert reasons(news(due=due, why="x"), a_pledge(made="2026-11-22")) == refused


# measure


def test_value_needs_a_measure() -> None:
    """A value is taken where there is something to count in, be it 0."""
    refused = ["it has no measure, so it can't have a value"]
    assert reasons(news(value=0), a_pledge()) == refused
    assert reasons(news(value=0), a_pledge(measure=PARKS)) == []
    assert reasons(news(note="x"), a_pledge()) == []


@pytest.mark.parametrize(
    ("measure", "last", "value", "reason"),
    [
        (PARKS, None, -1, "-1 is below its baseline of 0, away from the target"),
        (PARKS, 5, 4, "4 is below the 5 of 2026-06-01, away from the target"),
        (PARKS, 5, 5, None),
        (PARKS, 5, 15, None),
        (PARKS, 5, 16, "16 is far past the target of 10"),
        ({"unit": "t", "baseline": 20, "target": 0}, 12, 15, "15 is above the 12 of 2026-06-01"),
        ({"unit": "t", "baseline": 20, "target": 0}, 12, 9, None),
        ({"unit": "t", "baseline": 20, "target": 0}, None, 21, "21 is above its baseline of 20"),
        ({"unit": "t", "baseline": 20, "target": 0}, None, -11, "-11 is far past the target of 0"),
        ({"unit": "t", "target": 1000}, None, 1501, "1,501 is far past the target of 1,000"),
        ({"unit": "t"}, None, 10**17, None),
        ({"unit": "t"}, 7, 6.5, "6.5 is below the 7 of 2026-06-01"),
    ],
)
def test_value_with_a_word(
    measure: dict[str, object], last: float | None, value: float, reason: str | None
) -> None:
    """A value that falls, is on the wrong side or far past the target is taken with a note only."""
    history = [] if last is None else [an_update("2026-06-01", value=last)]
    pledge = a_pledge(*history, measure=measure)
    found = reasons(news(value=value), pledge)
    assert [each.startswith(reason or "") for each in found] == ([True] if reason else [])
    assert reasons(news(value=value, note="It was counted anew."), pledge) == []
    assert reasons(news("2026-05-31", value=value), pledge) == (
        found if "of 2026" not in (reason or "") else []
    )


# periods


@pytest.mark.parametrize(
    ("terms", "period", "reason"),
    [
        ({}, "2026", "only a recurring pledge has periods"),
        ({"kind": "ongoing"}, "2026", "only a recurring pledge has periods"),
        (YEARLY, "2024", "2024 is before its first period, 2025"),
        (QUARTERLY, "2025-Q4", "2025-Q4 is before its first period, 2026-Q1"),
        ({**YEARLY, "until": "2027"}, "2028", "2028 is after its last period, 2027"),
        (YEARLY, "2026-Q1", "2026-Q1 is not a year, and it recurs every year"),
        (YEARLY, "2026-01-01", "2026-01-01 is not a year, and it recurs every year"),
        (QUARTERLY, "2026", "2026 is not a quarter, and it recurs every quarter"),
        (QUARTERLY, "2026-03", "2026-03 is not a quarter, and it recurs every quarter"),
    ],
)
def test_period_refused(terms: dict[str, object], period: str, reason: str) -> None:
    """A period is one of those that a recurring pledge has."""
    assert reasons(news(period=period, note="x"), a_pledge(**terms)) == [reason]


@pytest.mark.parametrize(
    ("terms", "period"),
    [(YEARLY, "2025"), (YEARLY, "2026"), (YEARLY, "2027"), (QUARTERLY, "2026-Q1")],
)
def test_period(terms: dict[str, object], period: str) -> None:
    """Every period from the first one on is taken, the one that has begun included."""
    assert reasons(news(period=period, status="completed"), a_pledge(**terms)) == []


def test_recurring_is_held_by_period() -> None:
    """Of what recurs a period is completed, never the whole, and its deadline stays."""
    pledge = a_pledge(**YEARLY)
    assert reasons(news(status="completed"), pledge) == [
        "a recurring pledge is completed period by period"
    ]
    assert reasons(news(status="suspended"), pledge) == []
    assert reasons(news(status="withdrawn", source="https://a.vn"), pledge) == []
    moved = ["the periods of a recurring pledge can't be moved"]
    assert reasons(news(due="2027", why="x"), pledge) == moved


# steps back


@pytest.mark.parametrize("now", [each.value for each in Status])
@pytest.mark.parametrize("new", [each.value for each in Status])
@pytest.mark.parametrize("note", [None, "As was said."])
def test_step_back(now: str, new: str, note: str | None) -> None:
    """From completed, withdrawn or superseded any other status needs a note; so does withdrawn."""
    pledge = a_pledge(an_update("2026-01-01", status=now))
    is_turn = Status(now).is_final or new == "withdrawn"
    assert len(reasons(news(status=new, note=note), pledge)) == (
        is_turn and new != now and not note
    )


def test_step_back_on_its_day() -> None:
    """A back-dated update is judged by what was reported on its own day."""
    history = (
        an_update("2026-01-01", status="in-progress"),
        an_update("2026-06-01", status="completed"),
    )
    pledge = a_pledge(*history)
    assert len(reasons(news("2026-06-01", status="suspended"), pledge)) == 1
    assert reasons(news("2026-05-31", status="suspended"), pledge) == []


def test_step_back_of_a_period() -> None:
    """A period that was held is taken up again only with a note; another one is not touched."""
    pledge = a_pledge(an_update("2025-12-01", period="2025", status="completed"), **YEARLY)
    assert len(reasons(news(period="2025", status="in-progress"), pledge)) == 1
    assert reasons(news(period="2025", status="in-progress", note="x"), pledge) == []
    assert reasons(news(period="2026", status="in-progress"), pledge) == []
    assert reasons(news(period="2026", status="completed"), pledge) == []


def test_only_a_status_steps_back() -> None:
    """A value, a source or an ask needs no note."""
    pledge = a_pledge(an_update("2026-01-01", status="completed"), measure=PARKS)
    assert reasons(news(value=3, source="https://a.vn"), pledge) == []


def test_all_reasons() -> None:
    """Everything that speaks against an update is told, not only the first."""
    pledge = a_pledge(an_update("2026-01-01", status="completed"), made="2025")
    update = an_update(ON, value=1, status="in-progress")
    told = Addition(update=update, settle="1")
    assert reasons(told, pledge) == [
        "it has no measure, so it can't have a value",
        "it was reported completed; a change to in-progress needs a reason",
        "it has no open decision",
    ]


# asks


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("1", [0]),
        ("2", []),
        ("3", [2]),
        ("4", []),
        ("0", []),
        ("who", [0, 2]),
        ("WHO PAYS", [0]),
        ("10 papers", [2]),
        ("0000001", []),
        ("sites", []),
        ("10", []),
        ("th\u1eddi", [2]),
        ("the\u031b\u0300i", []),
        ("tho\u031b\u0300i", [2]),
        ("\u0661", []),
    ],
)
def test_open_asks(words: str, places: list[int]) -> None:
    """An open decision is named by its number or by words of it, in any case and composition."""
    asks = [
        *asked("Who pays?"),
        *asked("Name the sites", settled=day("2026-10-01")),
        *asked("Who signs the 10 papers? Th\u1eddi gian?"),
    ]
    assert ask_places(words, a_pledge(ask=asks)) == places


@pytest.mark.parametrize(
    ("settle", "reason", "hint"),
    [
        (
            "who",
            "several open decisions match 'who'",
            "give its number or some of its words: 1: Who pays?; 2: Who signs?",
        ),
        (
            "zzz",
            "no open decision matches 'zzz'",
            "give its number or some of its words: 1: Who pays?; 2: Who signs?",
        ),
    ],
)
def test_settles_one(settle: str, reason: str, hint: str) -> None:
    """What is settled is one decision; else those that are open are told with their numbers."""
    pledge = a_pledge(ask=asked("Who pays?", "Who signs?"))
    (found,) = refusals(settling(settle), pledge, a_ledger(pledge))
    assert (found.reason, found.hint) == (reason, hint)


def test_nothing_to_settle() -> None:
    """Where nothing is open there is nothing to settle."""
    pledge = a_pledge()
    (found,) = refusals(settling("1"), pledge, a_ledger(pledge))
    assert found.hint == "leave out --settle"


def test_settled_before_asked() -> None:
    """A decision is not settled before the day on which it was asked for."""
    pledge = a_pledge(ask=asked("Who pays?"))
    refused = "the decision was asked for on 2026-09-01, and can't be settled before"
    assert reasons(settling("1", "2026-08-31"), pledge) == [refused]
    assert reasons(settling("1", "2026-09-01"), pledge) == []


# claims


CITED = Several(["https://a.vn"])


def claiming(claim: Claim) -> Addition:
    """Another version of a term that a source gives."""
    return Addition(update=an_update(ON), claim=claim)


def test_claims_another_term() -> None:
    """A claim gives another deadline or target than the pledge has, and one that it can have."""
    assert reasons(claiming(Claim(source=CITED, target=3)), a_pledge()) == [
        "it has no measure, so nothing can claim another target"
    ]
    assert reasons(claiming(Claim(source=CITED, target=10)), a_pledge(measure=PARKS)) == [
        "its target is 10 already"
    ]
    assert reasons(claiming(Claim(source=CITED, target=11)), a_pledge(measure=PARKS)) == []
    due = read_period("2027")
    assert reasons(settling_claim("1", claim_due=due), a_pledge(due="2027")) == [
        "its deadline is 2027 already",
        "it has no open claim",
    ]


def settling_claim(number: str, claim_due: Period | None = None) -> Addition:
    """A claim that is settled, and perhaps another one."""
    claim = Claim(source=CITED, due=claim_due) if claim_due else None
    return Addition(update=an_update(ON), claim=claim, settle_claim=number)


def test_settles_a_claim() -> None:
    """A claim is settled by its number, if it is open."""
    open_claim = {"source": "https://a.vn", "due": "2028"}
    pledge = a_pledge(due="2027", claim=[{**open_claim, "settled": day(ON)}, open_claim])
    (found,) = refusals(settling_claim("1"), pledge, a_ledger(pledge))
    assert (found.reason, found.hint) == (f"claim 1 was settled on {ON}", "still open: 2")
    assert addition_edits(settling_claim("2"), pledge, a_ledger(pledge)) == [
        Put(pledge.id, ("claim", 1, "settled"), day(ON))
    ]


# edits


HISTORY = (
    an_update("2026-03-01", status="in-progress", value=2),
    an_update("2026-06-01", due="2027", why="Late.", value=3),
)
PLEDGE = a_pledge(*HISTORY, measure=PARKS, due="2026")
LEDGER = a_ledger(PLEDGE)


@pytest.mark.parametrize(
    ("on", "terms"),
    [
        (ON, {"status": "in-progress"}),
        (ON, {"value": 3}),
        (ON, {"value": 3.0}),
        (ON, {"due": "2027", "why": "x"}),
        (ON, {"status": "in-progress", "value": 3, "due": "2027", "why": "x"}),
        ("2026-05-31", {"value": 2}),
        ("2026-05-31", {"due": "2026", "why": "x"}),
        ("2026-03-01", {"status": "in-progress", "value": 2}),
    ],
)
def test_nothing_new(on: str, terms: dict[str, object]) -> None:
    """What was known on an update's own day is no edit."""
    assert addition_edits(news(on, **terms), PLEDGE, LEDGER) == []


@pytest.mark.parametrize(
    ("on", "terms"),
    [
        (ON, {"status": "suspended"}),
        (ON, {"value": 4}),
        (ON, {"value": 2}),
        (ON, {"due": "2028", "why": "x"}),
        (ON, {"status": "in-progress", "note": "Still so."}),
        (ON, {"status": "in-progress", "source": "https://a.vn"}),
        ("2026-02-28", {"status": "in-progress"}),
        ("2026-05-31", {"value": 3}),
        ("2026-05-31", {"due": "2027", "why": "x"}),
    ],
)
def test_something_new(on: str, terms: dict[str, object]) -> None:
    """What was not known on an update's own day is one update more."""
    told = news(on, **terms)
    assert addition_edits(told, PLEDGE, LEDGER) == [Append(PLEDGE.id, told.update)]


def test_same_update() -> None:
    """The very same update is not added twice, whatever it says."""
    update = an_update(ON, note="x", by="Minh", source="https://a.vn")
    pledge = a_pledge(update)
    assert addition_edits(Addition(update=update), pledge, a_ledger(pledge)) == []


def test_period_held_twice() -> None:
    """A period that was held is nothing new; the next one is."""
    pledge = a_pledge(an_update("2025-12-01", period="2025", status="completed"), **YEARLY)
    ledger = a_ledger(pledge)
    assert addition_edits(news(period="2025", status="completed"), pledge, ledger) == []
    assert len(addition_edits(news(period="2026", status="completed"), pledge, ledger)) == 1


def test_all_edits() -> None:
    """An update, a decision asked for and one that is settled are an edit each, on one day."""
    pledge = a_pledge(ask=asked("Who pays?"))
    ask = Ask(what="Where?", date=day(ON))
    told = Addition(update=Update(date=day(ON), note="x"), ask=ask, settle="pays")
    assert addition_edits(told, pledge, a_ledger(pledge)) == [
        Append(pledge.id, told.update),
        Append(pledge.id, ask),
        Put(pledge.id, ("ask", 0, "settled"), day(ON)),
    ]


def test_asked_already() -> None:
    """The same decision is not asked for twice while it is open, on whatever day."""
    pledge = a_pledge(ask=[{"what": "WHERE?", "date": "2026-01-01"}])
    told = Addition(update=Update(date=day(ON)), ask=Ask(what="Where?", date=day(ON)))
    assert addition_edits(told, pledge, a_ledger(pledge)) == []


@pytest.mark.parametrize(
    ("on", "status"),
    [("2026-02-28", None), ("2026-03-01", Status.IN_PROGRESS), (ON, Status.IN_PROGRESS)],
)
def test_status_on(on: str, status: Status | None) -> None:
    """The status in force is that of the day, that day's included."""
    assert status_on(PLEDGE, an_update(on), LEDGER) == status


def test_status_of_a_period() -> None:
    """Each period has its own status, whatever was said of the others."""
    history = (
        an_update("2026-01-01", period="2025", status="completed"),
        an_update("2026-02-01", status="suspended"),
    )
    pledge = a_pledge(*history, **YEARLY)
    ledger: Ledger = a_ledger(pledge)
    found = {
        period: status_on(pledge, an_update(ON, period=period), ledger)
        for period in ("2025", "2026")
    }
    assert found["2025"] is Status.COMPLETED
    assert found["2026"] is not Status.COMPLETED
