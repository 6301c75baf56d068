"""What can grow in what people mistype: faults of a ledger, TOML that is none, odd words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from dimensions import START, Input, Maker, entries, joined, ledger, pledge, pledges

FAULTS: Final[Mapping[str, Maker]] = {
    "unknown pillars": pledges(lambda at: f'pillar = "pp{at}"'),
    "unknown pillars of many": pledges(lambda at: f'pillar = "qq{at}"', more="pillars"),
    "unknown parties": pledges(lambda at: f'owed_by = ["VNN{at}"]'),
    "unknown sources": pledges(lambda at: f'source = "ss{at}"'),
    "unknown sources of many": pledges(lambda at: f'source = "ss{at}x"', more="sources"),
    "unknown wholes": pledges(lambda at: f'part_of = "P-{at}x"'),
    "circles": pledges(lambda at: f'superseded_by = ["P-{at + 1}", "P-0"]'),
    "unknown words": pledges(lambda _: 'strength = "agred"'),
    "unknown keys": pledges(lambda _: 'titel = "x"'),
    "keys of people's own": pledges(lambda at: f'x-own-{at} = "x"'),
    "wrong dates": pledges(lambda _: 'due = "2026-13"'),
    "wrong types": pledges(lambda _: "due = 7"),
    "wrong updates": entries(lambda _: f'date = {START}\nstatus = "dnoe"'),
    "moves without a reason": entries(lambda _: f"date = {START}\ndue = 2027-01-01"),
    "ids twice": lambda size: Input(ledger(joined(lambda at: pledge(at // 2), size))),
    "one id": lambda size: Input(ledger(joined(lambda _: pledge(), size))),
    "unknown keys of a pledge": lambda size: Input(
        ledger(pledge(0, joined(lambda at: f'k{at} = "x"\n', size)))
    ),
    "long wrong date": lambda size: Input(ledger(pledge(0, f'due = "2026{" " * size}x"'))),
}


def added(text: Callable[[int], str]) -> Maker:
    """A ledger with more text after it."""
    sound = ledger(pledge())
    return lambda size: Input(f"{sound}{text(size)}\n")


BROKEN: Final[Mapping[str, Maker]] = {
    "[aaaa=": added(lambda size: f"[{'a' * size}="),
    "[a.a.a=": added(lambda size: f"[{'a.' * size}="),
    "[a-a-a = 1": added(lambda size: f"[{'a-' * size} = 1"),
    "a.a.a = 1": added(lambda size: f"x{'.a' * size} = 1"),
    "aaaa": added(lambda size: "a" * size),
    "a a a": added(lambda size: "a " * size),
    "a = = =": added(lambda size: f"a {'= ' * size}"),
    "[[[[": added(lambda size: "[" * size),
    "a = [[[[": added(lambda size: f"a = {'[' * size}"),
    "a = {b={b=": added(lambda size: f"a = {'{b=' * size}"),
    "a = [1, 1": added(lambda size: f"a = [{'1, ' * size}"),
    "a = 1111": added(lambda size: f"a = {'1' * size}"),
    "a = 1-1-1": added(lambda size: f"a = {'1-' * size}"),
    "quotes": added(lambda size: f"a = {chr(34) * size}"),
    "an open quote": added(lambda size: f'a = "{"b " * size}'),
    "an open long quote": added(lambda size: f'a = """{"b" + chr(10) + "c = 1" + chr(10)}' * size),
    "open quotes": added(lambda size: 'a = "b\n' * size),
    "apostrophes": added(lambda size: "a = '''" + "'\n" * size),
    "backslashes": added(lambda size: 'a = "' + "\\" * size),
    "wrong escapes": added(lambda size: 'a = "' + "\\q" * size + '"'),
    "curly quotes": added(lambda size: "a = \u201cb\u201d\n" * size),
    "blank lines": added(lambda size: "\n" * size),
    "blanks": added(lambda size: " " * size),
    "comments": added(lambda size: "# a comment\n" * size),
    "number signs": added(lambda size: "#" * size),
    "keys twice": added(lambda size: "note = 1\n" * size),
    "tables twice": added(lambda size: "[plan]\n" * size),
    "lines without =": added(lambda size: "title The title\n" * size),
    "colons": added(lambda size: 'title: "x"\n' * size),
    "open lists": added(lambda size: "a: [\n" * size),
    "open headers": added(lambda size: "[[pledge\n" * size),
    "carriage returns": added(lambda size: "\r" * size),
    "merge conflicts": added(lambda size: "<<<<<<< a\n=======\n>>>>>>> b\n" * size),
    "commas": added(lambda size: f"a = [{',' * size}]"),
    "dotted keys": added(lambda size: joined(lambda at: f"a.b{at}.c = 1\n", size)),
    "inline tables": added(lambda size: f"x = [{'{a = 1}, ' * size}]"),
    "nulls": added(lambda size: "\0" * size),
}
"""Text that is no TOML, or that hardly anybody writes."""


def worded(words: Callable[[int], Sequence[str]]) -> Maker:
    """Words of the command line, for a ledger of 200 pledges."""
    text = ledger(joined(pledge, 200))
    return lambda size: Input(text, words(size))


WORDS: Final[Mapping[str, Maker]] = {
    "brackets of a pattern": worded(lambda size: ["[" * size]),
    "stars of a pattern": worded(lambda size: ["*a" * size]),
    "patterns": worded(lambda size: ["P-1*"] * size),
    "ids": lambda size: Input(
        ledger(joined(pledge, size)), [f"p-{at}" for at in range(size)] or ["P-0"]
    ),
    "words that are searched": worded(lambda size: ["--search", "pledge " * size]),
    "pillars that are asked for": worded(lambda size: ["--pillar", "p"] * size),
    "tags that are asked for": worded(lambda size: ["--tag", "t"] * size),
}
