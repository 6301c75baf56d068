"""Filters, sort keys and ids over one small ledger, seen on 22 November 2026."""

import unicodedata
from datetime import date

import pytest

from build import a_ledger, a_pledge, an_update, assessed_on
from pledges.domain.assessment import Standing
from pledges.domain.citations import cited_sources
from pledges.domain.filters import Filter, select
from pledges.domain.ids import pledge_ids
from pledges.domain.pace import Pace
from pledges.domain.pledge import Kind, Status, Strength
from pledges.domain.sorting import read_sort, sorted_pledges
from pledges.domain.spelling import read_statuses, read_words
from pledges.errors import Exit, NoSuchPledge, UnknownWord

RICE = a_pledge(
    an_update("2026-05-01", status="in-progress", source="https://example.org/rice", by="Lan"),
    id="ECO-1",
    title="Trade rice",
    owed_by=["VN"],
    lead="Ministry of Trade",
    strength="signed",
    made="2025-03",
    due="2026-06-30",
    due_text="by mid-2026",
    source="call",
    tags=["food", "trade"],
)
CENTRE = a_pledge(
    an_update("2026-10-01", status="completed", note="It opened."),
    id="ECO-2",
    title="Open a centre in Đà Nẵng",
    owed_by=["SG"],
    lead="Đà Nẵng",
    strength="agreed",
    made="2025-12-18",
    due="2026",
    note="In two cities.",
    tags=["finance"],
)
PARKS = a_pledge(
    an_update("2026-01-12", status="in-progress", value=21),
    an_update("2026-02-10", due="2026", why="The call named it."),
    id="ECO-10",
    title="Run 30 parks",
    owed_by=["VN", "SG"],
    strength="agreed",
    made="2025-12-18",
    due="2029",
    measure={
        "unit": "parks",
        "baseline": 20,
        "baseline_date": "2025-03-26",
        "target": 30,
        "source": "ground",
    },
    claim=[{"due": "2030", "source": "paper", "note": "The year differs."}],
    ask=[{"what": "Confirm the year", "date": "2026-11-02"}],
)
CABLES = a_pledge(
    an_update("2026-08-01", value=60),
    id="DIG-1",
    title="Mend cables",
    pillar="digital",
    kind="ongoing",
    owed_by=["SG"],
    made="2025-04",
    measure={"unit": "km", "baseline": 0, "target": 100},
    internal="Ask Minh first.",
)
MEETING = a_pledge(
    id="DIG-2",
    title="Hold the meeting",
    pillar="digital",
    kind="recurring",
    every="year",
    since="2026",
    strength="reaffirmed",
)
SANDBOX = a_pledge(
    an_update("2026-07-01", status="withdrawn"),
    id="DIG-3",
    title="Build a sandbox",
    pillar="digital",
    strength="requested",
    due="2028",
)
LEDGER = a_ledger(
    *(RICE, CENTRE, PARKS, CABLES, MEETING, SANDBOX),
    parties={"VN": "Viet Nam", "SG": "Singapore"},
    pillars={"digital": "Digital and emerging", "economy": "Economic cooperation"},
    sources={"call": {"title": "A call"}, "paper": {"title": "A paper"}},
)
ASSESSED = assessed_on(LEDGER, date(2026, 11, 22))
IDS = [each.id for each in LEDGER.pledges]
ALL = "ECO-1 ECO-2 ECO-10 DIG-1 DIG-2 DIG-3"


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (Filter(), ALL),
        (Filter(status=[Status.IN_PROGRESS]), "ECO-1 ECO-10"),
        (Filter(status=[None]), "DIG-1 DIG-2"),
        (Filter(status=[Status.COMPLETED, None]), "ECO-2 DIG-1 DIG-2"),
        (Filter(status=[Status.SUSPENDED]), ""),
        (Filter(not_status=[None, Status.WITHDRAWN]), "ECO-1 ECO-2 ECO-10"),
        (Filter(standing=[Standing.OVERDUE, Standing.DROPPED]), "ECO-1 DIG-3"),
        (Filter(not_standing=[Standing.DUE_SOON]), "ECO-1 ECO-2 DIG-1 DIG-3"),
        (Filter(strength=[Strength.AGREED]), "ECO-2 ECO-10"),
        (Filter(not_strength=[Strength.AGREED, Strength.SIGNED]), "DIG-1 DIG-2 DIG-3"),
        (Filter(kind=[Kind.ONGOING, Kind.RECURRING]), "DIG-1 DIG-2"),
        (Filter(not_kind=[Kind.ONE_OFF]), "DIG-1 DIG-2"),
        (Filter(pillar=["economy"]), "ECO-1 ECO-2 ECO-10"),
        (Filter(pillar=["DIGITAL AND EMERGING"]), "DIG-1 DIG-2 DIG-3"),
        (Filter(pillar=["economy", "digital"]), ALL),
        (Filter(pillar=["econ"]), ""),
        (Filter(party=["VN"]), "ECO-1 ECO-10"),
        (Filter(party=["sg"]), "ECO-2 ECO-10 DIG-1"),
        (Filter(party=["viet nam", "SG"]), "ECO-1 ECO-2 ECO-10 DIG-1"),
        (Filter(party=["Laos"]), ""),
        (Filter(lead=["ministry of trade"]), "ECO-1"),
        (Filter(lead=["Ministry"]), ""),
        (Filter(lead=[unicodedata.normalize("NFD", "đà nẵng")]), "ECO-2"),
        (Filter(source=["call"]), "ECO-1"),
        (Filter(source=["https://example.org/rice"]), "ECO-1"),
        (Filter(source=["paper"]), "ECO-10"),
        (Filter(source=["ground", "call"]), "ECO-1 ECO-10"),
        (Filter(tag=["food", "finance"]), "ECO-1 ECO-2"),
        (Filter(tag=["foo"]), ""),
        (Filter(due_from=date(2026, 12, 31)), "ECO-2 ECO-10 DIG-2 DIG-3"),
        (Filter(due_from=date(2027, 1, 1)), "DIG-3"),
        (Filter(due_to=date(2026, 6, 30)), "ECO-1"),
        (Filter(due_to=date(2026, 6, 29)), ""),
        (Filter(due_from=date(2026, 7, 1), due_to=date(2026, 12, 31)), "ECO-2 ECO-10 DIG-2"),
        (Filter(no_deadline=True), "DIG-1"),
        (Filter(overdue=True), "ECO-1"),
        (Filter(stale=True), "ECO-1 ECO-10"),
        (Filter(behind=True), "ECO-10"),
        (Filter(contested=True), "ECO-10"),
        (Filter(stale=True, party=["VN"], pillar=["economy"], overdue=True), "ECO-1"),
        (Filter(stale=True, no_deadline=True), ""),
        (Filter(ids=["ECO-1"]), "ECO-1"),
        (Filter(ids=["ECO-10", "DIG-1"]), "ECO-10 DIG-1"),
        (Filter(ids=["eco-*"]), "ECO-1 ECO-2 ECO-10"),
        (Filter(ids=["ECO-?"]), "ECO-1 ECO-2"),
        (Filter(ids=["*-[12]"]), "ECO-1 ECO-2 DIG-1 DIG-2"),
        (Filter(ids=["DIG-3", "ECO-1*"]), "ECO-1 ECO-10 DIG-3"),
        (Filter(ids=["ECO", "ECO.1"]), ""),
    ],
)
def test_filter(query: Filter, ids: str) -> None:
    """A repeated filter is "or", different ones are "and", and the file's order stays."""
    assert [each.pledge.id for each in select(ASSESSED, query, LEDGER)] == ids.split()


@pytest.mark.parametrize(
    ("texts", "ids"),
    [
        (["eco-1"], "ECO-1 ECO-10"),
        (["RICE"], "ECO-1"),
        (["ministry"], "ECO-1"),
        (["mid-2026"], "ECO-1"),
        (["lan"], "ECO-1"),
        (["finan"], "ECO-2"),
        (["two cities"], "ECO-2"),
        (["opened"], "ECO-2"),
        (["ĐÀ NẴNG"], "ECO-2"),
        ([unicodedata.normalize("NFD", "đà nẵng")], "ECO-2"),
        (["call named"], "ECO-10"),
        (["confirm"], "ECO-10"),
        (["differs"], "ECO-10"),
        (["minh"], ""),
        (["r.ce"], ""),
        (["rice", "cables"], "ECO-1 DIG-1"),
    ],
)
def test_search(texts: list[str], ids: str) -> None:
    """A search looks through every text that may leave the ledger; a repeated one is "or"."""
    found = select(ASSESSED, Filter(search=texts), LEDGER)
    assert [each.pledge.id for each in found] == ids.split()


def test_search_internal() -> None:
    """Internal notes are searched only where they were asked for."""
    found = select(ASSESSED, Filter(search=["minh"], search_internal=True), LEDGER)
    assert [each.pledge.id for each in found] == ["DIG-1"]


@pytest.mark.parametrize(("points", "is_behind"), [(46, False), (45, True), (30, True)])
def test_behind(points: int, *, is_behind: bool) -> None:
    """Behind and far behind are both behind; on pace is not."""
    measure = {"unit": "%", "baseline": 0, "target": 100}
    news = an_update("2026-02-20", value=points)
    ledger = a_ledger(a_pledge(news, made="2026-01-01", due="2026-04-11", measure=measure))
    found = select(assessed_on(ledger, date(2026, 2, 20)), Filter(behind=True), ledger)
    assert bool(found) is is_behind


def test_cited() -> None:
    """A pledge cites the sources of its terms, its measure, its claims and its news."""
    assert cited_sources(PARKS) == {"ground", "paper"}
    assert cited_sources(RICE) == {"call", "https://example.org/rice"}
    assert cited_sources(MEETING) == set()


@pytest.mark.parametrize(
    ("keys", "ids"),
    [
        ("id", "DIG-1 DIG-2 DIG-3 ECO-1 ECO-2 ECO-10"),
        ("-id", "ECO-10 ECO-2 ECO-1 DIG-3 DIG-2 DIG-1"),
        ("title", "DIG-3 DIG-2 DIG-1 ECO-2 ECO-10 ECO-1"),
        ("-title", "ECO-1 ECO-10 ECO-2 DIG-1 DIG-2 DIG-3"),
        ("made", "ECO-1 DIG-1 ECO-2 ECO-10 DIG-2 DIG-3"),
        ("-made", "ECO-2 ECO-10 DIG-1 ECO-1 DIG-2 DIG-3"),
        ("due", "ECO-1 ECO-2 ECO-10 DIG-2 DIG-3 DIG-1"),
        ("-due", "DIG-3 ECO-2 ECO-10 DIG-2 ECO-1 DIG-1"),
        ("days", "ECO-1 ECO-10 DIG-2 ECO-2 DIG-1 DIG-3"),
        ("-days", "ECO-10 DIG-2 ECO-1 ECO-2 DIG-1 DIG-3"),
        ("progress", "ECO-10 DIG-1 ECO-1 ECO-2 DIG-2 DIG-3"),
        ("-progress", "DIG-1 ECO-10 ECO-1 ECO-2 DIG-2 DIG-3"),
        ("status", "ECO-1 ECO-10 ECO-2 DIG-3 DIG-1 DIG-2"),
        ("-status", "DIG-3 ECO-2 ECO-1 ECO-10 DIG-1 DIG-2"),
        ("standing", "ECO-1 ECO-10 DIG-2 ECO-2 DIG-1 DIG-3"),
        ("-standing", "DIG-3 DIG-1 ECO-2 ECO-10 DIG-2 ECO-1"),
        ("strength", "DIG-3 ECO-2 ECO-10 DIG-2 ECO-1 DIG-1"),
        ("-strength", "ECO-1 DIG-2 ECO-2 ECO-10 DIG-3 DIG-1"),
        ("updated", "ECO-10 ECO-1 DIG-3 DIG-1 ECO-2 DIG-2"),
        ("-updated", "ECO-2 DIG-1 DIG-3 ECO-1 ECO-10 DIG-2"),
        ("slip_days", "ECO-10 ECO-1 ECO-2 DIG-3 DIG-1 DIG-2"),
        ("-slip_days", "ECO-1 ECO-2 DIG-3 ECO-10 DIG-1 DIG-2"),
        ("lead", "ECO-1 ECO-2 ECO-10 DIG-1 DIG-2 DIG-3"),
        ("-lead", "ECO-2 ECO-1 ECO-10 DIG-1 DIG-2 DIG-3"),
        ("pillar", "DIG-1 DIG-2 DIG-3 ECO-1 ECO-2 ECO-10"),
        ("-pillar", "ECO-1 ECO-2 ECO-10 DIG-1 DIG-2 DIG-3"),
        ("due,-id", "ECO-1 ECO-10 ECO-2 DIG-2 DIG-3 DIG-1"),
        ("-due , title", "DIG-3 DIG-2 ECO-2 ECO-10 ECO-1 DIG-1"),
        ("pillar,-progress,id", "DIG-1 DIG-2 DIG-3 ECO-10 ECO-1 ECO-2"),
    ],
)
def test_sort(keys: str, ids: str) -> None:
    """What has no value stands last either way, and equals keep the order they came in."""
    found = sorted_pledges(ASSESSED, read_sort(keys), LEDGER.pillars)
    assert [each.pledge.id for each in found] == ids.split()


def test_sort_by_pace() -> None:
    """Pace is sorted by its points, those furthest behind first."""
    measure = {"unit": "%", "baseline": 0, "target": 100}
    terms = {"made": "2026-01-01", "due": "2026-04-11", "measure": measure}
    news = {key: an_update("2026-02-20", value=value) for key, value in {"A": 60, "B": 20}.items()}
    ledger = a_ledger(a_pledge(id="C"), *(a_pledge(news[key], id=key, **terms) for key in news))
    found = assessed_on(ledger, date(2026, 2, 20))
    assert [each.assessment.pace for each in found] == [None, Pace.AHEAD, Pace.FAR_BEHIND]
    for keys, ids in (("pace", "B A C"), ("-pace", "A B C")):
        order = sorted_pledges(found, read_sort(keys), ledger.pillars)
        assert [each.pledge.id for each in order] == ids.split()


def test_closed_words() -> None:
    """Closed words are read as the program or a page spells them, also with commas between."""
    assert read_words(Standing, "standing", ["Due soon, OVERDUE", "on_course"]) == [
        Standing.DUE_SOON,
        Standing.OVERDUE,
        Standing.ON_COURSE,
    ]
    assert read_words(Standing, "standing", ["overdue", "due-soon"]) == [
        Standing.OVERDUE,
        Standing.DUE_SOON,
    ]
    assert read_statuses(["unreported", "completed"]) == [None, Status.COMPLETED]
    assert read_statuses([]) == []


@pytest.mark.parametrize(
    ("kind", "what", "word", "hint"),
    [
        (Standing, "standing", "overdu", "did you mean overdue?"),
        (Kind, "kind", "recuring", "did you mean recurring?"),
        (Kind, "kind", "x", "it is one of one-off, recurring, ongoing"),
        (Strength, "strength", "", "it is one of requested, proposed, agreed, reaffirmed, signed"),
    ],
)
def test_unknown_word(
    kind: type[Standing | Kind | Strength], what: str, word: str, hint: str
) -> None:
    """A closed word that is not known is refused with the nearest one, or else with all."""
    first = next(iter(kind))
    with pytest.raises(UnknownWord) as refused:
        read_words(kind, what, [first, word])
    assert (refused.value.message, refused.value.hint) == (f"there is no {what} {word!r}", hint)
    assert refused.value.exit is Exit.USAGE


@pytest.mark.parametrize(
    ("word", "hint"),
    [("complete", "did you mean completed?"), ("unreportd", "did you mean unreported?")],
)
def test_unknown_status(word: str, hint: str) -> None:
    """A status that is not known is refused; "unreported" is one of the words."""
    with pytest.raises(UnknownWord) as refused:
        read_statuses(["in-progress", word])
    assert (refused.value.message, refused.value.hint) == (f"there is no status {word!r}", hint)


@pytest.mark.parametrize(
    ("text", "word", "hint"),
    [
        ("due,progres", "progres", "did you mean progress?"),
        ("-pillr", "pillr", "did you mean pillar?"),
        ("--due", "-due", "did you mean due?"),
    ],
)
def test_unknown_sort_key(text: str, word: str, hint: str) -> None:
    """A sort key that is not known is refused with the nearest one."""
    with pytest.raises(UnknownWord) as refused:
        read_sort(text)
    assert (refused.value.message, refused.value.hint) == (f"there is no sort key {word!r}", hint)


@pytest.mark.parametrize("text", ["", "due,", ",due"])
def test_empty_sort_key(text: str) -> None:
    """Nothing is no sort key."""
    with pytest.raises(UnknownWord, match="there is no sort key ''"):
        read_sort(text)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ECO-1", "ECO-1"),
        ("eco-10", "ECO-10"),
        ("ECO-*", "ECO-1 ECO-2 ECO-10"),
        ("dig-?", "DIG-1 DIG-2 DIG-3"),
        ("[DE]*-2", "ECO-2 DIG-2"),
        ("X*", ""),
        ("ECO-[", ""),
    ],
)
def test_ids(text: str, ids: str) -> None:
    """An id is known in any case; a pattern stands for all that fit, be it none."""
    assert pledge_ids(text, IDS) == ids.split()


@pytest.mark.parametrize(
    ("text", "ids", "message", "hint"),
    [
        ("ECO-3", ["ECO-30", "DIG-1"], "there is no pledge 'ECO-3'", "did you mean ECO-30?"),
        ("eco.1", ["ECO-1", "DIG-1"], "there is no pledge 'eco.1'", "did you mean ECO-1?"),
        ("zzz", ["ECO-1", "DIG-1"], "there is no pledge 'zzz'", "pledges list shows them all"),
        ("ECO-1", [], "there is no pledge 'ECO-1'", "pledges list shows them all"),
        ("Ab", ["AB", "ab"], "'Ab' names more than one pledge", "one of AB, ab"),
    ],
)
def test_no_such_pledge(text: str, ids: list[str], message: str, hint: str) -> None:
    """An id that names no pledge, or several that differ in case, is refused."""
    with pytest.raises(NoSuchPledge) as refused:
        pledge_ids(text, ids)
    assert (refused.value.message, refused.value.hint) == (message, hint)
    assert refused.value.exit is Exit.NO_PLEDGE


def test_exact_id_first() -> None:
    """Where ids differ only in case, the one written exactly so is meant."""
    assert pledge_ids("ab", ["AB", "ab"]) == ["ab"]
