"""Twelve small registers in the shapes of real ones: what comes of each, now and a month later.

``cases/registers/README.md`` says what the files are; ``NAME.expected.json`` what is to come of
them.  Nothing here knows a single one of them.
"""

import csv
import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from desk import NAME, Desk
from pledges.domain.day import Period, read_period
from pledges.domain.pledge import UNREPORTED, Ledger, Pledge
from pledges.domain.snapshot import snapshot
from pledges.ledger.reading.decode import decode
from program import Ended

CASES: Final = Path(__file__).parent / "cases" / "registers"
EMPTY: Final = '[plan]\ntitle = "Register"\n'
EXPECTED: Final = sorted(each.name for each in CASES.glob("*.expected.json"))
OF_IMPORTS: Final = [
    each for each in EXPECTED if "refused" not in json.loads((CASES / each).read_text("utf-8"))
]


def expected(name: str) -> dict[str, Any]:
    """What is expected of a file."""
    found: dict[str, Any] = json.loads((CASES / name).read_text(encoding="utf-8"))
    return found


def imported(desk: Desk, file: str, mapping: str, day: str, *options: str) -> Ended:
    """How the import of a register ends, with JSON as the answer."""
    argv = ("import", str(CASES / file), "--mapping", str(CASES / mapping), "--as-of", day)
    return desk(*argv, "--format", "json", "--debug", *options)


def brought_in(desk: Desk, name: str) -> dict[str, Any]:
    """Bring in a register, with what comes before it; and what is told of it."""
    want = expected(name)
    if "after" in want:
        before = f"{want['after'].partition('.')[0]}.expected.json"
        brought_in(desk, before)
    told: dict[str, Any] = {}
    for each in (want, want.get("then")):
        if each:
            found = imported(desk, each["file"], each["mapping"], want["imported_on"])
            assert found.code == 0, found.err
            told = told or json.loads(found.out)
    return told


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with an empty ledger."""
    return Desk(tmp_path, EMPTY)


@pytest.mark.parametrize("name", OF_IMPORTS)
def test_what_comes_of_a_register(desk: Desk, name: str) -> None:
    """A register comes in as it is: its pledges, how they stand on each day, and what is told."""
    want = expected(name)
    told = brought_in(desk, name)
    ledger = decode(desk.text, NAME)
    assert len(ledger.pledges) == want["pledges"]
    assert list(ledger.pillars.values()) == want["pillars"]
    assert list(ledger.parties.values()) == want["parties"]
    for day, counts in want["as_of"].items():
        assert {"day": day, **standing_counts(ledger, day)} == {"day": day, **counts}
    for day, facts in want["facts"].items():
        for pledge, terms in facts.items():
            known = {x: fact(ledger, pledge, x, day) for x in terms}
            assert {"id": pledge, "on": day, **known} == {"id": pledge, "on": day, **terms}
    check_told(told, want["told"])


@pytest.mark.parametrize("name", OF_IMPORTS)
def test_the_same_register_once_more(desk: Desk, name: str) -> None:
    """A register that is brought in once more changes nothing, also a day later."""
    want = expected(name)
    brought_in(desk, name)
    stamp = desk.stamp
    for each in (want, want.get("then")):
        if each:
            later = f"{want['imported_on'][:4]}-12-31"
            for day in (want["imported_on"], later):
                found = imported(desk, each["file"], each["mapping"], day)
                assert (found.code, desk.stamp) == (0, stamp), found
                assert json.loads(found.out)["changed"] == 0


@pytest.mark.parametrize("name", [each for each in EXPECTED if each not in OF_IMPORTS])
def test_a_spoilt_sheet(desk: Desk, name: str) -> None:
    """What a spreadsheet has spoilt is refused at its row, and nothing is written."""
    want = expected(name)
    desk.text = (CASES / want["ledger"]).read_text(encoding="utf-8")
    stamp = desk.stamp
    mapping = f"{name.partition('.')[0]}.map.toml"
    found = imported(desk, want["file"], mapping, want["imported_on"])
    assert (found.code, desk.stamp) == (4, stamp)
    faults = json.loads(found.err)["faults"]
    assert [each["line"] for each in faults] == [each["row"] for each in want["refused"]]
    headings = rows_of(want["file"])[0]
    for fault, refused in zip(faults, want["refused"], strict=True):
        assert headings[fault["column"] - 1] == refused["column"]
        is_hint_right = refused["meant"] in f"{fault['message']} {fault['hint']}"
        assert is_hint_right or refused["column"] == "title"


@pytest.mark.parametrize("name", [each for each in EXPECTED if each not in OF_IMPORTS])
def test_the_sound_rows_of_a_spoilt_sheet(desk: Desk, name: str) -> None:
    """Without the rows that were refused the others come in."""
    want = expected(name)
    desk.text = (CASES / want["ledger"]).read_text(encoding="utf-8")
    bad = {each["row"] for each in want["refused"]}
    rows = [row for at, row in enumerate(rows_of(want["file"]), start=1) if at not in bad]
    file = desk.folder / "sound.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    mapping = f"{name.partition('.')[0]}.map.toml"
    found = imported(desk, str(file), mapping, want["imported_on"])
    assert found.code == 0, found.err
    check_told(json.loads(found.out), want["were_only_the_sound_rows_there"])


def rows_of(file: str) -> list[list[str]]:
    """The rows of a sheet with commas."""
    with (CASES / file).open(encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text))


@pytest.mark.parametrize(
    "name", [each for each in OF_IMPORTS if "refused_without" in expected(each)["told"]]
)
def test_a_line_that_the_mapping_needs(desk: Desk, name: str) -> None:
    """Without a line of the mapping its rows are refused; with what the hint says they come in."""
    want = expected(name)
    without = want["told"]["refused_without"]
    table, _, line = without["lines"].partition(" ")
    lines = (CASES / want["mapping"]).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [each for each in lines if not each.startswith((table, line))]
    mapping = desk.folder / "less.map.toml"
    mapping.write_text("".join(kept), encoding="utf-8")
    stamp = desk.stamp
    found = imported(desk, want["file"], str(mapping), want["imported_on"])
    assert (found.code, desk.stamp) == (4, stamp)
    faults = json.loads(found.err)["faults"]
    assert [each["line"] for each in faults] == [each["row"] for each in without["rows"]]
    [hint] = {each["hint"] for each in faults}
    table, word = re.findall(r"in a mapping (\[[\w.]+\]) (.*)$", hint)[0]
    meant = line.rpartition(" = ")[2]
    followed = word.replace('"..."', meant)
    mapping.write_text(f"{''.join(kept)}{table}\n{followed}\n", encoding="utf-8")
    assert imported(desk, want["file"], str(mapping), want["imported_on"]).code == 0


def standing_counts(ledger: Ledger, day: str) -> dict[str, Any]:
    """How many pledges were known on a day, and how they stood, as the expected files say it."""
    now = snapshot(ledger, NAME, dt.date.fromisoformat(day))
    counted = [each for each in now.assessed if not each.assessment.heading]
    headings = {
        each.pledge.id: {"parts": each.assessment.parts, "done": each.assessment.parts_done}
        for each in now.assessed
        if each.assessment.heading
    }
    found: dict[str, Any] = {
        "known": len(now.assessed),
        "standing": dict(sorted(Counter(str(x.assessment.standing) for x in counted).items())),
        "status": dict(
            sorted(Counter(str(x.assessment.status or UNREPORTED) for x in counted).items())
        ),
        "no_news": sum(each.assessment.age_days is None for each in counted),
    }
    return found | ({"headings": headings} if headings else {})


def fact(ledger: Ledger, pledge: str, name: str, day: str) -> object:
    """One thing that is to be said of a pledge: a term of the ledger, or how it stood on a day."""
    whole = {each.id: each for each in ledger.pledges}[pledge]
    if day == "terms":
        return term(ledger, whole, name)
    on = dt.date.fromisoformat(day)
    now = {each.pledge.id: each for each in snapshot(ledger, NAME, on).assessed}[pledge]
    if name == "updates":
        return len(now.pledge.updates)
    if name == "seen":
        return [str(each.date) for each in now.pledge.updates if each.seen]
    found = getattr(now.assessment, name, None)
    if isinstance(found, float) and name in DIGITS:
        return round(found, DIGITS[name])
    return plain(found) if hasattr(now.assessment, name) else term(ledger, whole, name)


DIGITS: Final = {"time_used": 4, "progress": 4, "pace_points": 1}
"""How many decimals the expected files have."""


def term(ledger: Ledger, pledge: Pledge, name: str) -> object:
    """A term of a pledge as the expected files have it."""
    if name == "parts":
        return [each.id for each in ledger.pledges if each.part_of == pledge.id]
    if name == "pillar":
        return ledger.pillars[pledge.pillar]
    if name == "owed_by":
        return [ledger.parties[each] for each in pledge.owed_by]
    if name == "measure":
        measure = pledge.measure
        return measure and {x: getattr(measure, x) for x in ("unit", "baseline", "target")}
    value = getattr(pledge, name)
    return value.name if name == "since" else plain(value)


def plain(value: object) -> object:
    """A value as JSON has it; a deadline by its last day."""
    if isinstance(value, Period):
        return str(value.last)
    if isinstance(value, tuple):
        return [str(each) for each in value]
    return value if value is None or isinstance(value, int | float) else str(value)


def check_told(told: Mapping[str, Any], want: Mapping[str, Any]) -> None:
    """See that an import tells what it is to tell."""
    by_change: dict[str, list[str]] = {"new": [], "changed": [], "same": []}
    for each in told["pledges"]:
        by_change[each["change"]].append(each["id"])
    assert by_change["new"] == want["new"]
    if "unchanged" in want:
        assert by_change["same"] == want["unchanged"]
    changed = {x["id"]: sorted(x["changed"]) for x in told["pledges"] if x["change"] == "changed"}
    assert changed == {x: sorted(each) for x, each in want.get("changed", {}).items()}
    moved = [
        {"id": x["id"], "from": last(x["moved"]["old"]), "to": last(x["moved"]["new"])}
        | {"why": x["moved"]["why"]}
        for x in told["pledges"]
        if x["moved"]
    ]
    assert moved == want.get("moved", [])
    reading = told["reading"]
    assert reading["vanished"] == want.get("vanished", [])
    assert reading["left_out"] == want.get("left_out", [])
    for key in ("heading_row", "title_rows", "chapter_rows", "skipped_rows", "hidden_rows"):
        if key in want:
            assert reading[key] == want[key]
    assert reading["sheets_not_read"] == want.get("sheets_not_read", [])


def last(period: str) -> str:
    """The last day of a period, by its name."""
    return str(read_period(period).last)
