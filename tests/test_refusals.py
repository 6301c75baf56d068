"""Every refusal that a register can cause leads on: its hints are followed to the letter.

Each register is spoilt, or its mapping is cut, and a program that knows nothing but the hints
mends it.  In the end the ledger is that of the sound register.
"""

import csv
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any, Final

import pytest
import tomli_w

from desk import Desk
from nightly import IS_NIGHT
from test_registers import CASES, EMPTY, OF_IMPORTS, brought_in, expected

MOST_ROUNDS: Final = 6
"""So often at most are the hints followed."""

Table = dict[str, Any]
Fault = Table

RIGHT: Final = (
    r"did you mean (.+)\?",
    r"it seems to be ([\d-]+);",
    r"^write it with(?:out separators| a decimal point): ([\d.]+)$",
    r"^write ([^ ,]+),? (?:or|with)",
    r"for example ([^ ,]+)",
    r"^write a day \(([\d-]+)\)",
)
"""What a hint gives for a cell."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with an empty ledger."""
    return Desk(tmp_path, EMPTY)


class Person:
    """Somebody who brings in a register, and does what the hints say.

    What a hint leaves open, ``"..."``, is taken from the ``meant`` mapping.
    """

    def __init__(self, desk: Desk, file: Path, mapping: Table, meant: Table) -> None:
        self.desk = desk
        self.file = file
        self.mapping = mapping
        self.meant = meant
        self.options: list[str] = []

    def imports(self) -> list[Fault]:
        """What speaks against the import; nothing if it was done."""
        path = self.desk.folder / "a.map.toml"
        path.write_text(tomli_w.dumps(self.mapping), encoding="utf-8")
        argv = ("import", str(self.file), "--mapping", str(path), "--format", "json")
        found = self.desk(*argv, *self.options)
        if found.code == 0:
            return []
        error = json.loads(found.err)
        return error["faults"] or [error]

    def gets_it_done(self) -> list[Fault]:
        """Import, and follow the hints until it is done; with all that was refused."""
        told: list[Fault] = []
        for _ in range(MOST_ROUNDS):
            faults = self.imports()
            told += faults
            if not faults:
                return told
            for each in {x["hint"]: x for x in faults}.values():
                self.follows(each["hint"], each)
        raise AssertionError(told)

    def follows(self, hint: str, fault: Fault) -> None:
        """Do what a hint says."""
        if found := re.search(r"in a mapping \[([\w.]+)\] (.*)$", hint):
            table, line = found.groups()
            self.writes(table, line.partition(", or {")[0])
        elif found := re.search(r"--dates (\w+)( or --dates (\w+))?", hint):
            if "--dates" not in self.options:
                self.options += ["--dates", self.meant["dates"]["order"] if found[2] else found[1]]
        elif found := re.search(r"--encoding (\w+)", hint):
            self.options += ["--encoding", found[1]]
        elif found := re.search(r"--map 'HEADING=(\w+)'", hint):
            self.maps(found[1])
        elif found := re.search(r"--set (\w+)='?\.\.\.", hint):
            value = self.meant.get("set", {}).get(found[1], "As they said.")
            self.options += ["--set", f"{found[1]}={value}"]
        elif fault["code"] == "mapping" and (found := re.search(r"did you mean (.+)\?", hint)):
            wrong = re.findall(r"no \S+ '([^']+)'", fault["message"])[0]
            self.mapping = renamed(self.mapping, wrong, found[1])
        else:
            self.writes_cell(hint, fault)

    def writes_cell(self, hint: str, fault: Fault) -> None:
        """Write in a cell what a hint gives as right, or as an example of it."""
        matches = (re.search(pattern, hint) for pattern in RIGHT)
        right = next((each[1] for each in matches if each), None)
        assert right, fault
        rows = list(csv.reader(self.file.read_text(encoding="utf-8").splitlines()))
        rows[fault["line"] - 1][fault["column"] - 1] = right
        with self.file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)

    def writes(self, table: str, line: str) -> None:
        """Write a line in a table of the mapping, with what it leaves open."""
        ((key, value),) = tomllib.loads(line).items()
        place, meant = self.mapping, self.meant
        for name in table.split("."):
            place, meant = place.setdefault(name, {}), meant.get(name, {})
        same = [each for each in meant if each.casefold() == key.casefold()]
        place[key] = meant[same[0]] if same else value

    def maps(self, target: str) -> None:
        """Map the heading that gives a column."""
        uses = {
            x: use if isinstance(use, str) else use["to"]
            for x, use in self.meant["columns"].items()
        }
        [heading] = [x for x, use in uses.items() if use == target]
        self.options += ["--map", f"{heading}={target}"]


def renamed(value: Any, wrong: str, right: str) -> Any:  # noqa: ANN401  (any part of a mapping)
    """A part of a mapping with another word in the place of a wrong one."""
    if isinstance(value, dict):
        return {renamed(x, wrong, right): renamed(y, wrong, right) for x, y in value.items()}
    return right if value == wrong else value


def somebody(desk: Desk, name: str, mapping: Table) -> Person:
    """Somebody with a register, and a mapping that is not yet as it is meant."""
    want = expected(name)
    meant = tomllib.loads((CASES / want["mapping"]).read_text(encoding="utf-8"))
    person = Person(desk, CASES / want["file"], mapping, meant)
    person.options += ["--as-of", want["imported_on"]]
    return person


Cut = tuple[str, ...]
"""What is taken out of a mapping: the path of a table or of a key."""


def cuts(mapping: Table) -> Iterator[Cut]:
    """Yield what a mapping can be without, so that the import is refused."""
    for column in mapping.get("words", {}).keys() - {"percent"}:  # any percentage can be read
        yield "words", column
    for heading, use in mapping.get("columns", {}).items():
        if isinstance(use, dict):
            yield from (("columns", heading, each) for each in use.keys() & {"all", "twice"})
    optional = (("dates",), ("register",), ("rows", "encoding"), ("set", "why"))
    yield from (
        each
        for each in optional
        if each[-1] in reduce(lambda x, y: x.get(y, {}), each[:-1], mapping)
    )


def without(mapping: Table, several: Sequence[Cut]) -> Table:
    """A mapping without what is cut."""
    kept: Table = tomllib.loads(tomli_w.dumps(mapping))
    for path in several:
        del reduce(getitem, path[:-1], kept)[path[-1]]
    return kept


FIRST: Final = [each for each in OF_IMPORTS if "after" not in expected(each)]


@pytest.mark.parametrize("name", OF_IMPORTS)
def test_a_mapping_that_lacks_lines(desk: Desk, name: str) -> None:
    """What a mapping does not say yet is asked for, and the hints lead to the same ledger."""
    want = expected(name)
    if "after" in want:
        brought_in(desk, f"{want['after'].partition('.')[0]}.expected.json")
    before = desk.text
    meant = tomllib.loads((CASES / want["mapping"]).read_text(encoding="utf-8"))
    somebody(desk, name, meant).gets_it_done()
    whole = desk.text
    # The ids of a later version are known with their letters, so it is its titles that differ.
    every = [x for x in cuts(meant) if not ("after" in want and x[-1] == "twice")]
    for several in [every, *([each] for each in every if IS_NIGHT)]:
        desk.text = before
        told = somebody(desk, name, without(meant, several)).gets_it_done()
        assert desk.text == whole
        assert told or len(several) < 2  # what one line says may be needed by no row


def mistyped(mapping: Table) -> Table:
    """A mapping in which two letters of its keys, headings and columns of ours changed places."""
    columns = {
        slip(heading): {slip(x): slip(y) if x == "to" else y for x, y in use.items()}
        if isinstance(use, dict)
        else slip(use)
        for heading, use in mapping.get("columns", {}).items()
    }
    statuses = {x: slip(y) for x, y in mapping.get("words", {}).get("status", {}).items()}
    changed = {**mapping, "columns": columns}
    if statuses:
        changed["words"] = {**mapping["words"], "status": statuses}
    return {slip(table): value for table, value in changed.items()}


def slip(word: Any) -> Any:  # noqa: ANN401  (any value of a mapping)
    """A word of which two letters changed places; one of few letters is not changed."""
    if not isinstance(word, str) or len(word) < LONG_ENOUGH or word[2] == word[3]:
        return word
    return f"{word[:2]}{word[3]}{word[2]}{word[4:]}"


LONG_ENOUGH: Final = 6


@pytest.mark.parametrize("name", FIRST)
def test_a_mapping_that_is_mistyped(desk: Desk, name: str) -> None:
    """A slip of letters in a mapping is answered with the word that was meant."""
    meant = tomllib.loads((CASES / expected(name)["mapping"]).read_text(encoding="utf-8"))
    person = somebody(desk, name, mistyped(meant))
    assert person.gets_it_done()
    assert person.mapping == meant


@pytest.mark.parametrize(
    ("column", "text"),
    [
        *(
            ("due", x)
            for x in ("soon", "45000", "2026-13-01", "30/02/2026", "Dec 26", "every year")
        ),
        *(("made", x) for x in ("yesterday", "45000", "2026-02-30")),
        *(("updated", x) for x in ("yesterday", "2025", "31/12/2025")),
        *(("percent", x) for x in ("12,5", "1 200", "many", "40 %%", "0.5", "1.234")),
        *(("target", x) for x in ("12,5", "about 12", "1 200", "7 %", "26-28")),
        *(("status", x) for x in ("Complettd", "in progess", "Unclear")),
        *(("owed_by", x) for x in ("Laos", "Viet Nma")),
        *(("source", x) for x in ("The minutes", "www.example.org")),
        *(("kind", x) for x in ("one of", "ongoin")),
    ],
)
def test_a_cell_that_is_spoilt(desk: Desk, column: str, text: str) -> None:
    """What a cell should hold is told so that it, or the mapping, is mended by that alone."""
    file = desk.folder / "a.csv"
    rows = [["id", "title", "pillar", "status", "unit", column], ["A", "One", "P", "", "km", text]]
    if column == "status":
        rows = [each[:3] + each[-1:] for each in rows]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    desk.text = f'{EMPTY}[parties]\nVN = "Viet Nam"\n'
    meant = {"dates": {"order": "dmy"}, "words": {"status": {"Unclear": "suspended"}}}
    person = Person(desk, file, {"register": {"pillars": "new"}}, meant)
    assert person.gets_it_done()
