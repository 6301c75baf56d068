"""Two histories of a ledger that went apart, of which it is known what they say together.

Each change is known by the cell that it is about: a key of a pledge or of a register, or of an
entry, which is known by its note.  So what must come of a merge is worked out from the cells alone,
without a text.
"""

import random
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

import rtoml

from pledges.domain.edits import Append, Clear, Edit, NewPledge, Put, RegisterEntry, Remove
from pledges.domain.pledge import Ask, Measure, Pledge, Status, Strength, Update
from pledges.ledger.editing.amend import UnsoundEdit, amendment
from samples import holding

Cell = tuple[str, ...]
Cells = dict[Cell, str]
"""What a ledger says: each cell with its value, as it is written in Python."""

KINDS: Final = ("update", "ask", "claim")
ENTRY_LENGTH: Final = 3  # a pledge, a kind of entries, and the mark of one
STATUSES: Final = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.COMPLETED)
TERMS: Final[Mapping[str, tuple[Any, ...]]] = {
    "title": ("Open the market", "Open both markets", "Open all markets"),
    "lead": ("Ministry A", "Ministry B", "Ministry C"),
    "strength": (Strength.AGREED, Strength.REAFFIRMED, Strength.SIGNED),
    "due_text": ("by the end of 2027", "in 2028", "soon"),
}


def cells(text: str) -> Cells:
    """The cells of a ledger's text."""
    found: Cells = {}
    for name, table in rtoml.loads(text).items():
        if name != "pledge":
            found.update(_leaves((name,), table))
            continue
        for pledge in table:
            own = dict(pledge)
            for kind in KINDS:
                for record in own.pop(kind, []):
                    entry = dict(record)
                    mark = entry.pop("note", None) or entry.pop("what", None)
                    found.update(_leaves((pledge["id"], kind, mark), entry))
            found.update(_leaves((pledge["id"],), own))
    return found


def _leaves(path: Cell, value: object) -> Cells:
    if not isinstance(value, dict):
        return {path: repr(value)}
    leaves: Cells = {path: "there"}
    for key, each in value.items():
        leaves.update(_leaves((*path, key), each))
    return leaves


def together(base: Cells, ours: Cells, theirs: Cells) -> tuple[Cells, set[Cell]]:
    """What must come of a merge: what is in no doubt, and the cells that are contested."""
    agreed: Cells = {}
    contested: set[Cell] = set()
    for cell in {*base, *ours, *theirs}:
        was, one, other = (each.get(cell) for each in (base, ours, theirs))
        if one in (was, other):
            value = other
        elif other == was:
            value = one
        else:
            contested.add(cell)
            continue
        if value is not None:
            agreed[cell] = value
    for entry in (each for each in base if len(each) == ENTRY_LENGTH and each[1] in KINDS):
        versions = [
            {c: v for c, v in x.items() if c[:ENTRY_LENGTH] == entry} for x in (base, ours, theirs)
        ]
        if not all(versions) and any(each and each != versions[0] for each in versions):
            contested.update(*versions)  # taken out by one, changed by the other
            agreed = {c: v for c, v in agreed.items() if c[:ENTRY_LENGTH] != entry}
    return agreed, contested


def place_of(cell: Cell) -> Cell:
    """A cell as conflicts name it: an entry, or a key of a pledge or another table."""
    return cell[:ENTRY_LENGTH] if cell[1] in KINDS else cell[:2]


class Writer:
    """One desk, which changes its copy by commands and by hand."""

    def __init__(self, text: str, name: str, chance: random.Random) -> None:
        self.text = text
        self.name = name
        self.chance = chance
        self.count = 0

    def work(self, changes: int, *, alone: bool = False) -> str:
        """The text after so many changes; ``alone`` with none that others may contradict."""
        acts: list[Callable[[], None]] = [
            *(self.report, self.report, self.report, self.ask, self.add, self.register),
            *(self.comment, self.comment_line, self.space, self.move, self.put_by_hand),
        ]
        if not alone:
            acts += [*(self.set_term,) * 3, self.set_target, self.clear, self.correct]
            acts.append(self.take_out)
        for _ in range(changes):
            self.chance.choice(acts)()
        return self.text

    def edit(self, *edits: Edit) -> None:
        """Do it as a command does; what a rule of the ledger speaks against is left."""
        with suppress(UnsoundEdit):
            self.text = amendment(self.text, "a", lambda _: edits).new

    def mark(self) -> str:
        """A text that nobody else writes."""
        self.count += 1
        return f"{self.name}{self.count}"

    def pledge(self) -> Mapping[str, Any]:
        """One of the pledges, as a table."""
        return dict(self.chance.choice(rtoml.loads(self.text)["pledge"]))

    def day(self) -> date:
        """A day in spring."""
        return date(2026, 3, 1) + timedelta(self.chance.randrange(40))

    def report(self) -> None:
        """A status, with a note of its own."""
        status = self.chance.choice(STATUSES)
        update = Update(self.day(), status=status, note=self.mark())
        self.edit(Append(self.pledge()["id"], update))

    def put_by_hand(self) -> None:
        """An entry as the same mail makes it on both desks: alike, or with another source."""
        pledge = self.pledge()
        note, day = f"mail {self.chance.randrange(3)}", date(2026, 5, 1)
        if all(each.get("note") != note for each in pledge.get("update", ())):
            self.edit(Append(pledge["id"], Update(day, status=Status.IN_PROGRESS, note=note)))

    def ask(self) -> None:
        """A decision asked for."""
        self.edit(Append(self.pledge()["id"], Ask(what=self.mark(), date=self.day())))

    def set_term(self) -> None:
        """A term set to one of a few values, so that two desks may differ."""
        key = self.chance.choice([*TERMS])
        self.edit(Put(self.pledge()["id"], (key,), self.chance.choice(TERMS[key])))

    def set_target(self) -> None:
        """A measure, or a figure of it."""
        pledge = self.pledge()
        if "measure" in pledge:
            key = self.chance.choice(["target", "baseline"])
            value = self.chance.choice([90, 95, 99] if key == "target" else [1, 2, 3])
            self.edit(Put(pledge["id"], ("measure", key), value))
        else:
            measure = Measure(unit="parks", baseline=1, target=self.chance.choice([90, 95]))
            self.edit(Put(pledge["id"], ("measure",), measure))

    def clear(self) -> None:
        """A term taken away."""
        self.edit(Clear(self.pledge()["id"], (self.chance.choice(["lead", "due_text"]),)))

    def correct(self) -> None:
        """Who reported an entry."""
        pledge = self.pledge()
        if updates := pledge.get("update"):
            at = self.chance.randrange(len(updates))
            if str(updates[at].get("note", "m"))[0] in ("b", self.name):
                by = self.chance.choice(["Desk A", "Desk B"])
                self.edit(Put(pledge["id"], ("update", at, "by"), by))

    def take_out(self) -> None:
        """An entry taken out."""
        pledge = self.pledge()
        if updates := pledge.get("update"):
            self.edit(Remove(pledge["id"], ("update", self.chance.randrange(len(updates)))))

    def add(self) -> None:
        """A new pledge."""
        mark = self.mark()
        pillar = self.chance.choice(["economy", "people"])
        self.edit(NewPledge(Pledge(id=f"NEW-{mark}", title=f"A promise of {mark}", pillar=pillar)))

    def register(self) -> None:
        """A new party or pillar."""
        mark = self.mark()
        entries = (RegisterEntry(x, f"K{mark}", f"Title of {mark}") for x in ("parties", "pillars"))
        self.edit(self.chance.choice([*entries]))

    def comment(self) -> None:
        """A comment above a statement."""
        at = self.chance.choice(self.statements())
        self.text = f"{self.text[:at]}# comment {self.mark()}.\n{self.text[at:]}"

    def comment_line(self) -> None:
        """A comment after a statement, on its line."""
        at = self.text.index("\n", self.chance.choice(self.statements()))
        self.text = f"{self.text[:at]}  # comment {self.mark()}.{self.text[at:]}"

    def space(self) -> None:
        """Two more spaces in a line."""
        at = self.chance.choice(self.statements())
        end = self.text.index("\n", at)
        self.text = self.text[:at] + self.text[at:end].replace(" = ", "  =  ", 1) + self.text[end:]

    def move(self) -> None:
        """A pledge moved to the end of the file, with all that is in it."""
        starts = [each.start() for each in re.finditer(r"(?m)^\[\[pledge\]\]", self.text)]
        at = self.chance.randrange(len(starts))
        end = [*starts, len(self.text)][at + 1]
        block = self.text[starts[at] : end]
        self.text = f"{self.text[: starts[at]]}{self.text[end:].rstrip()}\n\n{block.rstrip()}\n"

    def statements(self) -> list[int]:
        """Where the keys and headers begin."""
        return [each.start() for each in re.finditer(r"(?m)^(?=[a-z[])", self.text)]


class Pair(NamedTuple):
    """A base and the two texts that were made of it."""

    base: str
    ours: str
    theirs: str


def pair(seed: int) -> Pair:
    """Two histories of a sample ledger; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  (for tests)
    base = Writer(holding({}), "b", chance).work(6)
    ours, theirs = (Writer(base, x, chance).work(chance.randrange(1, 12)) for x in ("o", "t"))
    return Pair(base, ours, theirs)
