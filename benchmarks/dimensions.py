"""What can grow in a ledger: for each part of it a function that makes one of a size.

A dimension is one line of a table here, or in ``odd_dimensions`` and ``file_dimensions``.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

HEAD: Final = 'schema = 1\n[plan]\ntitle = "Growth"\n'
REGISTERS: Final[Mapping[str, str]] = {
    "parties": '[parties]\nVN = "Viet Nam"\nSG = "Singapore"\n',
    "pillars": '[pillars]\np = "Pillar"\n',
    "sources": '[sources.s]\ntitle = "A source"\n',
}
ENTRIES: Final[Mapping[str, Callable[[int], str]]] = {
    "parties": lambda at: f'Q{at} = "Party {at}"\n',
    "pillars": lambda at: f'q{at} = "Pillar {at}"\n',
    "sources": lambda at: (
        f'[sources.s{at}]\ntitle = "Source {at}"\nurl = "https://a.example/{at}"\n'
    ),
}
START: Final = dt.date(2020, 1, 1)
STATUSES: Final = ("in-progress", "completed", "suspended")
UPDATE: Final = f'[[pledge.update]]\ndate = {START}\nnote = "An update."\nby = "Me"\n'
SUPERSEDED: Final = f'[[pledge.update]]\ndate = {START}\nstatus = "superseded"\n'


@dataclass(frozen=True)
class Input:
    """A ledger, more words for the command, and the file that an import reads."""

    ledger: str
    words: Sequence[str] = ()
    file: str = "id,title,pillar\nX-1,Brought in,p\n"
    suffix: str = ".csv"

    @property
    def length(self) -> int:
        """How many bytes there are in all."""
        return sum(len(text.encode()) for text in (self.ledger, self.file, *self.words))


Maker = Callable[[int], Input]
Part = Callable[[int], str]
"""What there is of one number; the numbers go from 0 up to the size."""


def day(at: int) -> dt.date:
    """A day before today, one after the other, and again."""
    return START + dt.timedelta(days=at % 2000)


def joined(part: Part, size: int, by: str = "") -> str:
    """What there is of each number below a size."""
    return by.join(map(part, range(size)))


def pledge(at: int = 0, terms: str = "", tables: str = "") -> str:
    """One pledge in TOML, with terms and tables of its own; the first has an entry to correct."""
    pillar = "" if "pillar =" in terms else 'pillar = "p"\n'
    title = "" if "title =" in terms else f'title = "Pledge number {at}"\n'
    owed_by = "" if "owed_by =" in terms else 'owed_by = ["VN"]\n'
    tables = tables or ("" if at else UPDATE)
    return f'[[pledge]]\nid = "P-{at}"\n{title}{pillar}{owed_by}{terms}\n{tables}\n'


def ledger(*pledges: str, more: str = "", size: int = 0) -> str:
    """A sound ledger of these pledges; one of its registers has so many entries ``more``."""
    parts = dict(REGISTERS)
    if more:
        parts[more] += joined(ENTRIES[more], size)
    return "".join((HEAD, *parts.values(), *pledges))


def pledges(terms: Part, tables: Part = lambda _: "", more: str = "") -> Maker:
    """So many pledges with terms and tables of their own, and entries of a register."""

    def made(size: int) -> Input:
        each = joined(lambda at: pledge(at, terms(at), tables(at)), size)
        return Input(ledger(each or pledge(), more=more, size=size))

    return made


def lists(terms: str, part: Part, more: str = "") -> Maker:
    """One pledge with lists of so many texts; ``@`` in its terms stands for the list."""

    def made(size: int) -> Input:
        members = joined(lambda at: f'"{part(at)}"', size, ", ")
        return Input(ledger(pledge(0, terms.replace("@", f"[{members}]")), more=more, size=size))

    return made


def entries(part: Part, table: str = "update", terms: str = "", tables: str = "") -> Maker:
    """One pledge with so many entries of a kind."""

    def made(size: int) -> Input:
        each = joined(lambda at: f"[[pledge.{table}]]\n{part(at)}\n", size)
        return Input(ledger(pledge(0, terms, tables + each)))

    return made


def long(term: str, piece: str) -> Maker:
    """One pledge with a term of so many pieces of text."""
    return lambda size: Input(ledger(pledge(0, f'{term} = "{piece * size}x"')))


def more_pledges(first: str, terms: Part) -> Maker:
    """One pledge, and so many after it that have to do with it."""
    after: Part = lambda at: pledge(at + 1, terms(at))  # noqa: E731
    return lambda size: Input(ledger(pledge(0, first), joined(after, size)))


def full_pledge(at: int) -> str:
    """The terms and entries that a pledge most often has."""
    due = day(at) + dt.timedelta(days=2000)
    return (
        f'due = {due}\nmade = {day(at)}\nsource = "s"\nlead = "Body"\n'
        'owed_by = ["VN", "SG"]\nnote = "A note on it."\ntags = ["a", "b"]\n'
        '[pledge.measure]\nunit = "parks"\nbaseline = 1\ntarget = 9\n'
        f'[[pledge.update]]\ndate = {day(at)}\nstatus = "in-progress"\nvalue = 3\nnote = "Begun."\n'
        f'[[pledge.ask]]\nwhat = "Decide"\ndate = {day(at)}\n'
        '[[pledge.claim]]\nsource = "s"\ntarget = 12\n'
    )


def _successors(size: int) -> Input:
    ids = joined(lambda at: f'"P-{at + 1}"', size, ", ")
    others = joined(lambda at: pledge(at + 1), size)
    return Input(ledger(pledge(0, f"superseded_by = [{ids}]", SUPERSEDED), others))


def _long_id(size: int, letter: str = "a") -> Input:
    return Input(ledger(pledge(), pledge(1).replace("P-1", f"P-1{letter * size}")))


def _long_key(size: int) -> Input:
    key = "k" * size
    return Input(
        ledger(f'[sources.{key}]\ntitle = "T"\n', pledge(), pledge(1, f'source = "{key}"'))
    )


MANY: Final[Mapping[str, Maker]] = {
    "pledges": pledges(full_pledge),
    "bare pledges": pledges(lambda _: ""),
    "recurring pledges": pledges(lambda _: 'kind = "recurring"\nevery = "year"\nsince = "2020"'),
    "pledges of one title": pledges(lambda _: 'title = "The same title"'),
    "parties": pledges(lambda at: f'owed_by = ["Q{at}"]\nwaiting_on = "Q{at}"', more="parties"),
    "unused parties": lambda size: Input(ledger(pledge(), more="parties", size=size)),
    "parties of a pledge": lists("owed_by = @\nasked_by = @", lambda at: f"Q{at}", more="parties"),
    "pillars": pledges(lambda at: f'pillar = "q{at}"', more="pillars"),
    "unused pillars": lambda size: Input(ledger(pledge(), more="pillars", size=size)),
    "sources": pledges(lambda at: f'source = "s{at}"', more="sources"),
    "sources of a pledge": lists("source = @", lambda at: f"s{at}", more="sources"),
    "URLs of a pledge": lists("source = @", lambda at: f"https://news.example/{at}"),
    "leads": pledges(lambda at: f'lead = "Ministry {at}"'),
    "leads of a pledge": lists("lead = @", lambda at: f"Ministry {at}"),
    "tags": pledges(lambda at: f'tags = ["tag {at}"]'),
    "tags of a pledge": lists("tags = @", lambda at: f"tag {at}"),
    "parts of a pledge": more_pledges("", lambda _: 'part_of = "P-0"'),
    "parts of parts": more_pledges("", lambda at: f'part_of = "P-{at}"'),
    "successors of a pledge": _successors,
    "successors in a row": pledges(
        lambda at: f'superseded_by = "P-{at - 1}"' if at else "",
        lambda at: SUPERSEDED if at else "",
    ),
}
"""What there can be many of in a ledger."""

HISTORY: Final[Mapping[str, Maker]] = {
    "updates": entries(lambda at: f'date = {day(at)}\nnote = "News {at}"\nby = "Me"'),
    "updates of one day": entries(lambda at: f'date = {START}\nnote = "News {at}"\nby = "Me"'),
    "updates alike": entries(lambda _: f'date = {START}\nnote = "News"'),
    "updates with a status": entries(lambda at: f'date = {day(at)}\nstatus = "{STATUSES[at % 3]}"'),
    "updates with a value": entries(
        lambda at: f"date = {day(at)}\nvalue = {at}",
        terms="made = 2019-01-01\ndue = 2030-01-01",
        tables='[pledge.measure]\nunit = "parks"\nbaseline = 0\ntarget = 10\n',
    ),
    "updates of periods": entries(
        lambda at: f'date = 2026-01-01\nperiod = "{2026 - at % 1900:04}"\nstatus = "completed"',
        terms='kind = "recurring"\nevery = "year"\nsince = "0100"',
    ),
    "moved deadlines": entries(
        lambda at: f'date = {day(at)}\ndue = {day(7 * at)}\nwhy = "Because {at}"',
        terms="due = 2027-01-01",
    ),
    "claims": entries(
        lambda at: f'source = "s"\ndue = {day(at)}\nnote = "Claim {at}"',
        "claim",
        "due = 2027-01-01",
    ),
    "settled claims": entries(
        lambda at: f'source = "s"\ndue = {day(at)}\nsettled = {day(at)}',
        "claim",
        "due = 2027-01-01",
    ),
    "claims of one deadline": entries(
        lambda at: f'source = "s"\ndue = 2028-01-01\nnote = "{at}"', "claim", "due = 2028-01-01"
    ),
    "asks": entries(lambda at: f'what = "Decide {at}"\ndate = {day(at)}', "ask"),
    "asks alike": entries(lambda _: f'what = "Decide"\ndate = {START}', "ask"),
}
"""What there can be many of in one pledge."""

PIECES: Final[dict[str, str]] = {
    "letters": "a",
    "words": "word ",
    "numbers": "12 ",
    "wide letters": "越",
    "emoji": "\U0001f469\u200d\U0001f467",
    "marks": "e\u0301",
    "marks on one letter": "\u0301",
    "dates": "2026-11-22 ",
    "hyphens": "a-b-",
    "dots": "a.b/c?",
    "blanks": " ",
    "words from right to left": "שלום ",
    "controls": "\\u001b",
    "marks of direction": "\\u202e",
    "markup": "*_`[<&|=#>",
    "brackets": "[(",
    "URLs": "https://a.example/b ",
    "quotes": "\\\"'",
}
LINES: Final[dict[str, str]] = {
    "lines": "a line\\n",
    "points": "- a point\\n",
    "paragraphs": "a line\\n\\n",
}
TEXTS: Final[Mapping[str, Maker]] = {
    **{f"title of {name}": long("title", piece) for name, piece in PIECES.items()},
    **{f"note of {name}": long("note", piece) for name, piece in (PIECES | LINES).items()},
    **{f"{term} of letters": long(term, "a") for term in ("lead", "due_text", "waiting_on")},
    "id of letters": _long_id,
    "id of digits": lambda size: _long_id(size, "1"),
    "key of letters": _long_key,
    "name of words": lambda size: Input(ledger(pledge()).replace("Viet Nam", "word " * size + "x")),
}
"""Texts that can be long."""
