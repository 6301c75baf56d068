"""Laws that hold for every answer: what as-of hides, and what a remark leaves as it was."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import Desk
from everything import lines
from samples import ledger_text

Table = dict[str, Any]

SOURCES: Final[Mapping[str, Table]] = {
    "early": {"title": "Early", "date": "2026-03"},
    "late": {"title": "Late", "date": dt.date(2026, 8, 15)},
    "undated": {"title": "Undated"},
}
DAYS: Final = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
PERIODS: Final = st.sampled_from(["2026-03", "2026-Q3", "2026", "2027"])
CITED: Final = st.sampled_from([*SOURCES, "https://example.org/a"])
SETTLED: Final[Mapping[str, st.SearchStrategy[Any]]] = {"settled": DAYS}
UPDATES: Final = st.fixed_dictionaries(
    {"date": DAYS},
    optional={
        "status": st.sampled_from(["not-started", "in-progress", "completed", "withdrawn"]),
        "value": st.integers(0, 40),
        "note": st.sampled_from(["Done in part.", "Asked."]),
        "by": st.just("Lan"),
        "source": CITED,
        "seen": st.booleans(),
    },
)
MOVES: Final = st.fixed_dictionaries(
    {"date": DAYS, "due": PERIODS, "why": st.just("It was late.")}, optional={"source": CITED}
)
PLEDGES: Final = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "made": DAYS,
            "due": PERIODS,
            "source": CITED,
            "strength": st.sampled_from(["requested", "agreed", "signed"]),
            "part_of": st.just("P-0"),
            "lead": st.sampled_from(["MOIT", "MTI"]),
            "measure": st.just({"unit": "parks", "baseline": 0, "target": 20}),
            "update": st.lists(st.one_of(UPDATES, MOVES), max_size=4),
            "claim": st.lists(
                st.fixed_dictionaries({"source": CITED, "due": PERIODS}, optional=SETTLED),
                max_size=2,
            ),
            "ask": st.lists(
                st.fixed_dictionaries({"what": st.just("Decide"), "date": DAYS}, optional=SETTLED),
                max_size=2,
            ),
        },
    ),
    min_size=1,
    max_size=4,
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk on which each example lays its ledger."""
    desk = Desk(Path(tmp_path_factory.mktemp("laws")))
    del desk.environment["PLEDGES_AS_OF"]
    return desk


def pledge_tables(drawn: Sequence[Table]) -> list[Table]:
    """The pledges with ids and titles; only one that is measured has values.

    The first is always known: there is something to show.
    """
    tables = []
    for number, terms in enumerate(drawn):
        updates = [dict(each) for each in terms.get("update", ())]
        if "measure" not in terms:
            for each in updates:
                each.pop("value", None)
        table = {"id": f"P-{number}", "title": f"Pledge {number}", "pillar": "economy", **terms}
        if number == 0:
            table = {key: x for key, x in table.items() if key not in ("made", "source", "part_of")}
        tables.append({**table, "update": updates})
    return tables


def is_known(entry: Table, on: dt.date) -> bool:
    """Whether an entry has happened by a day, and its source was published."""
    published: Any = SOURCES.get(entry.get("source", ""), {}).get("date", on)
    first = dt.date(2026, 3, 1) if published == "2026-03" else published
    return all(each <= on for each in (entry.get("date", on), entry.get("made", on), first))


def written_by(tables: Sequence[Table], on: dt.date) -> list[Table]:
    """What somebody had written who wrote each thing down when it became known."""
    kept = [dict(each) for each in tables if is_known(each, on)]
    ids = {each["id"] for each in kept}
    for table in kept:
        if table.get("part_of") not in ids:
            table.pop("part_of", None)
        for key in ("update", "claim", "ask"):
            entries = [dict(each) for each in table.get(key, ()) if is_known(each, on)]
            for each in entries:
                if each.get("settled", on) > on:
                    del each["settled"]
            table[key] = entries
    return kept


def ledger(tables: Sequence[Table], on: dt.date | None = None) -> str:
    """The text of a ledger; by a day only with the sources that were published by then."""
    known = {
        key: source
        for key, source in SOURCES.items()
        if on is None or is_known({"source": key}, on)
    }
    return ledger_text(*tables, sources=known)


@given(drawn=PLEDGES, as_of=DAYS, form=st.sampled_from(["json", "text"]))
def test_as_of_hides_what_became_known_later(
    home: Desk, drawn: list[Table], as_of: dt.date, form: str
) -> None:
    """Every answer for a day is that of the ledger as it could have been on that day."""
    whole = pledge_tables(drawn)
    then = written_by(whole, as_of)
    commands = [*lines("P-0"), "list --stale", "report --since 2025-12-01 --full"]
    commands += ["log --since 2026-06-01", "list --search late"]
    options = f"--as-of {as_of} --format {form}"
    home.text = ledger(then, as_of)
    expected = [home.line(f"{command} {options}") for command in commands]
    home.text = ledger(whole)
    found = [home.line(f"{command} {options}") for command in commands]
    for command, one, other in zip(commands, found, expected, strict=True):
        assert one.code == 0, one.err
        assert one == other, command


REMARK: Final = "Asked both ministries."


@given(drawn=PLEDGES, as_of=DAYS)
def test_a_remark_changes_no_count(home: Desk, drawn: list[Table], as_of: dt.date) -> None:
    """To note that one has asked makes nothing fresh, and stands in the log as a remark."""
    home.text = ledger(written_by(pledge_tables(drawn), as_of), as_of).replace(
        "[parties]", "stale_days = 20\n[parties]"
    )
    day = ("--as-of", str(as_of))

    def answers() -> list[Any]:
        commands = ("overview", "list --stale", "list --no-news", "progress", "due --within 90d")
        documents = [json.loads(home.line(f"{x} --format json", *day).out) for x in commands]
        counts = [documents[0]["total"], documents[0]["standings"]]
        return [*counts, *([each["id"] for each in x["pledges"]] for x in documents[1:3])]

    before = answers()
    stale = before[2]
    assert set(stale) <= {each["id"] for each in written_by(pledge_tables(drawn), as_of)}
    ended = home("update", "--stale", "--note", REMARK, "--yes", *day)
    assert ended.code == 0
    assert answers() == before
    log = json.loads(home.line("log --format json", *day).out)["entries"]
    noted = [each for each in log if each["note"] == REMARK and each["date"] == str(as_of)]
    assert sorted(each["id"] for each in noted) == sorted(stale)
    assert all(each["status_after"] is None for each in noted)
