"""Ledgers as people write them: sound ones, in any manner that TOML has, and edits that fit them.

A ``Dice`` makes every choice; its lowest throw is always the plainest one, so that what hypothesis
shrinks becomes plainer, and a seed gives the same ledger every time.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, Literal, TypeVar

from hypothesis import strategies as st
from msgspec import Struct

from pledges.domain.day import read_interval, read_period
from pledges.domain.edits import Append, Clear, Edit, Move, NewPledge, Put, RegisterEntry, Remove
from pledges.domain.fields import Several
from pledges.domain.pledge import Ask, Claim, Measure, Pledge, Source, Status, Strength, Update

T = TypeVar("T")
Table = dict[str, Any]

TEXTS: Final = (
    *("Open the market", "[[pledge]]", "[[pledge.update]]", "# not a comment", 'say "yes"', "it's"),
    *("C:\\plans\\new", "ends in \\", '"', "''", '"""', "'''", "\\u0041", "= { } , ]", " spaces "),
    *(
        "Việt Nam",
        unicodedata.normalize("NFD", "Việt Nam"),
        "中文と한국어",
        "\U0001f468\u200d\U0001f469",
    ),
    *(
        "\u202eabc\u2066",
        "a\u2028b\u2029c",
        "a\x85b",
        "a\tb",
        "\ufeff",
        "a\r\nb\rc",
        "\x00\x1f\x7f",
    ),
    *("two\nlines", '[[pledge]]\nid = "B"\n\n[[pledge.update]]\n# x', "\n[[ pledge ]]\n", "\n"),
    *("[pledge.measure]", "x" * 200),
)
TITLES: Final = tuple(text for text in TEXTS if text.strip())
COMMENTS: Final = (
    *("# about this", "#", "# [[pledge]]", "#[[pledge.update]]", '# id = "Z"', '# """', "# '''"),
    *("# ]", "# }", "# Việt Nam \u202e", "# C:\\", "# ---- Economy ----", "# \U0001f600\u2028\tx"),
)
KEYS: Final = ("VN", "SG", "hà-nội", "a b", "x.y", "[[pledge]]", "it's", "#", '"')
STRANGE_KEYS: Final = ("zz-top", "7", "ghi chú", "q.r", "", "Ω", "[[pledge]]", "# k")
BASELINES: Final = ("0", "+5", "1_0", "0x10", "0o7", "1.5", "-3", "5e-1", "-0.0")
TARGETS: Final = ("20_000", "0x7fff", "1e6", "12345.5", "+20000", "0b1000000000000000")
DAYS: Final = ("2026-01-01", "2025-12-31", "2024-02-29")
PERIODS: Final = ("2026", "2026-H2", "2026-q4", "2026-11", "2026-12-31")
ADDRESS: Final = "https://example.org/a#b"


class Raw(str):
    """A value as it stands in a text."""

    __slots__ = ()


STRANGE: Final = tuple(
    Raw(value)
    for value in (
        *("1_000", "0x10", "+5", "1e3", "inf", "-nan", "true", "1979-05-27T07:32:00Z"),
        *("1979-05-27 07:32:00", "07:32:00.5", "1979-05-27", "[1, [2, 3], { a = 1 }]", "[]", "{}"),
        *("[ # [[pledge]]\n  1,\n\n# ]\n]", '{ "[[pledge]]" = 1, b.c = [{}] }'),
        *('"""\n[[pledge]]\n"""', "'''\n[[pledge.update]]\nnote = 1'''", "[['[[pledge]]'],\n]"),
    )
)


class Dice:
    """Makes choices: ``throw(n)`` is a number from 0 up to but not including n."""

    def __init__(self, throw: Callable[[int], int]) -> None:
        self.throw = throw

    def below(self, count: int) -> int:
        """A number from 0 up to but not including ``count``."""
        return self.throw(count) if count > 1 else 0

    def one_of(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.below(len(options))]

    def happens(self, tenths: int) -> bool:
        """Whether something comes about that does so in so many of ten cases."""
        return tenths > 0 and self.below(10) >= 10 - tenths

    def shuffled(self, options: Sequence[T]) -> list[T]:
        """The options in some order."""
        rest = list(options)
        return [rest.pop(self.below(len(rest))) for _ in options]

    def some(self, options: Sequence[T], most: int) -> list[T]:
        """Some of the options, no more than ``most``."""
        return self.shuffled(options)[: self.below(most + 1)]


class Manner(Struct, frozen=True):
    """How a ledger is written; a plain one has its parts under headers, in the usual order."""

    is_plain: bool
    newline: str
    has_mark: bool
    is_ended: bool
    noise: int
    is_modern: bool


Place = tuple[str | int, ...]
"""The way to a table, such as ``("pledge", 1, "update", 0)``."""


class Written(Struct, frozen=True):
    """A ledger's text, and the statements, comments and blank lines that it is made of.

    ``blocks`` are the statements of each table under a header, from the first to behind the last.
    """

    text: str
    statements: tuple[str, ...]
    is_plain: bool
    blocks: Mapping[Place, tuple[int, int]] = {}


def written(dice: Dice, *, is_plain: bool) -> Written:
    """Some sound ledger."""
    manner = Manner(
        is_plain=is_plain,
        newline=dice.one_of(("\n", "\n", "\r\n")),
        has_mark=dice.happens(1),
        is_ended=not dice.happens(2),
        noise=dice.one_of((0, 1, 3)),
        is_modern=not is_plain and dice.happens(1),
    )
    scribe = Scribe(dice, manner)
    scribe.ledger()
    lines = [each.replace("\n", manner.newline) for each in scribe.statements]
    if not manner.is_ended:
        lines[-1] = lines[-1].removesuffix(manner.newline)
    mark = "\ufeff" if manner.has_mark else ""
    return Written(mark + "".join(lines), tuple(lines), is_plain, scribe.blocks)


def dice_of(draw: st.DrawFn) -> Dice:
    """Dice that hypothesis throws."""
    return Dice(lambda count: draw(_NUMBERS[count]))


_NUMBERS: Final = {count: st.integers(0, count - 1) for count in range(2, 60)}


class Scribe:
    """Writes a ledger statement by statement."""

    def __init__(self, dice: Dice, manner: Manner) -> None:
        self.dice = dice
        self.manner = manner
        self.statements: list[str] = []
        self.blocks: dict[Place, tuple[int, int]] = {}
        self.parties = dice.shuffled(KEYS)[: dice.below(4)]
        self.pillars = dice.shuffled(KEYS)[: 1 + dice.below(3)]
        self.sources = dice.shuffled(KEYS)[: dice.below(4)]

    # What a ledger holds.

    def ledger(self) -> None:
        """All of it: what has no header first."""
        dice, plain = self.dice, self.manner.is_plain
        count = dice.below(5)
        pledges = [self._pledge(number) for number in range(count)]
        head: list[Table] = [{"schema": Raw("1")}] if dice.happens(3) else []
        head += [{key: value} for key, value in self._strange(1).items()]
        sections: list[Callable[[], None]] = []
        if count and not plain and dice.happens(1):
            head.append({"pledge": pledges})
            pledges = []
        for name, content in self._registers().items():
            way = "header" if plain else dice.one_of(("header", "header", "braces", "dotted"))
            if way == "header" or (way == "dotted" and not content):
                sections += self._sections(name, content)
            else:
                head += [{name: content}] if way == "braces" else _dotted(name, content)
        sections += [partial(self._pledge_block, each) for each in pledges]
        if not plain:
            head, sections = dice.shuffled(head), dice.shuffled(sections)
        self._keys(head)
        for section in sections:
            section()
        self._noise(is_between=True)

    def _registers(self) -> dict[str, Table]:
        dice = self.dice
        plan: Table = {"title": dice.one_of(TITLES), **self._strange(1)}
        if dice.happens(3):
            plan["warn_days"] = Raw("+6_0")
        sources = {key: self._source() for key in self.sources}
        found: dict[str, Table] = {"plan": plan}
        if self.parties or dice.happens(3):
            found["parties"] = {key: dice.one_of(TEXTS) for key in self.parties}
        found["pillars"] = {key: dice.one_of(TEXTS) for key in self.pillars}
        if sources or dice.happens(3):
            found["sources"] = sources
        return found

    def _source(self) -> Table:
        terms: Table = {"title": self.dice.one_of(TEXTS), "date": self._period(), "url": ADDRESS}
        rest = self.dice.some(["date", "url"], 2)
        return {key: terms[key] for key in ["title", *rest]} | self._strange(1)

    def _period(self) -> str:
        name = self.dice.one_of(PERIODS)
        return Raw(name) if len(name) == 10 and self.dice.happens(5) else name

    def _cited(self) -> str:
        return self.dice.one_of([ADDRESS, *self.sources])

    def _pledge(self, number: int) -> Table:
        dice = self.dice
        name = dice.one_of((f"A-{number}", f"B/{number}.x", f"Đ_{number}"))
        terms: Table = {
            "id": name,
            "title": dice.one_of(TITLES),
            "pillar": dice.one_of(self.pillars),
        }
        others: Table = {
            **{key: dice.one_of(TEXTS) for key in ("lead", "note", "internal", "due_text")},
            "owed_by": self.parties[: dice.below(len(self.parties) + 1)],
            "strength": dice.one_of([str(each) for each in Strength]),
            "made": self._period(),
            "tags": dice.some(TEXTS, 3),
            "source": self._cited(),
        }
        terms |= {key: others[key] for key in dice.some(list(others), 4)}
        terms |= self._kind() | self._strange(2)
        if dice.happens(4):
            terms["measure"] = self._measure()
        for key, record in (("update", self._update), ("claim", self._claim), ("ask", self._ask)):
            if count := dice.below(3):
                terms[key] = [record(terms) for _ in range(count)]
        return terms

    def _kind(self) -> Table:
        return dict(
            self.dice.one_of(
                [
                    {},
                    {"due": self._period()},
                    {"kind": "ongoing", "review": "6  months"},
                    {"kind": "recurring", "every": "quarter", "since": "2025-Q1"},
                ]
            )
        )

    def _measure(self) -> Table:
        dice = self.dice
        measure: Table = {"unit": dice.one_of(TEXTS)}
        others = {
            "baseline": Raw(dice.one_of(BASELINES)),
            "target": Raw(dice.one_of(TARGETS)),
            "baseline_date": Raw(dice.one_of(DAYS)),
            "source": self._cited(),
        }
        return measure | {key: others[key] for key in dice.some(list(others), 4)} | self._strange(1)

    def _update(self, pledge: Table) -> Table:
        dice = self.dice
        update: Table = {"date": Raw(dice.one_of(DAYS))}
        if dice.happens(3):
            update["note"] = dice.one_of(TEXTS)
        if dice.happens(3):
            update["status"] = "in-progress"
        if dice.happens(3) and "measure" in pledge:
            update["value"] = Raw(dice.one_of(BASELINES))
        if dice.happens(2) and pledge.get("kind") == "recurring":
            update["period"] = "2026-q3"
        return update | self._strange(2)

    def _claim(self, pledge: Table) -> Table:
        claim: Table = {"source": self._cited()}
        if pledge.get("kind") != "recurring":
            claim["due"] = self._period()
        elif "measure" not in pledge:
            pledge["measure"] = self._measure()
        if "measure" in pledge:
            claim["target"] = Raw(self.dice.one_of(TARGETS))
        return claim | self._strange(1)

    def _ask(self, _: Table) -> Table:
        dice = self.dice
        ask: Table = {"what": dice.one_of(TEXTS), "date": Raw(dice.one_of(DAYS))}
        if dice.happens(3):
            ask["settled"] = Raw(dice.one_of(DAYS))
        return ask | self._strange(1)

    def _strange(self, tenths: int) -> Table:
        """What the model does not declare: a value, or a table."""
        if not self.dice.happens(tenths):
            return {}
        value: Any = self.dice.one_of(STRANGE)
        if self.dice.happens(5):
            value = {"k": value, self.dice.one_of(STRANGE_KEYS): self.dice.one_of(TEXTS)}
        return {self.dice.one_of(STRANGE_KEYS): value}

    # How it is written.

    def _sections(self, name: str, content: Table) -> list[Callable[[], None]]:
        """A register: all under one header, or each table in it under its own."""
        if name != "sources" or not content:
            return [partial(self._under_header, [name], content, is_one_of_several=False)]
        apart = content if self.manner.is_plain else dict(self.dice.some(list(content.items()), 9))
        rest = {key: each for key, each in content.items() if key not in apart}
        found = [([name, key], each) for key, each in apart.items()]
        found += [([name], rest)] if rest else []
        return [partial(self._under_header, *each, is_one_of_several=False) for each in found]

    def _pledge_block(self, pledge: Table) -> None:
        """A pledge, of the number that it has in the order of the file."""
        number = sum(len(place) == 2 and place[0] == "pledge" for place in self.blocks)
        self._under_header(["pledge"], pledge, ("pledge", number))

    def _under_header(
        self,
        names: Sequence[str],
        content: Table,
        place: Place = (),
        *,
        is_one_of_several: bool = True,
    ) -> None:
        """A table: its keys, then the tables inside it that have headers of their own."""
        self._noise(is_between=True)
        start = len(self.statements)
        self._header(names, is_one_of_several=is_one_of_several)
        self.blocks[place] = (start, start + 1)  # so that the next pledge gets the next number
        keys: list[Table] = []
        inner: list[tuple[str, Table, bool]] = []
        for key, value in content.items():
            if _is_records(value) and (self.manner.is_plain or not self.dice.happens(3)):
                inner += [(key, each, True) for each in value]
            elif isinstance(value, dict) and value and names != ["sources"]:
                self._table(key, value, keys, inner)
            elif isinstance(value, dict) and self.dice.happens(3):
                keys += _dotted(key, value)
            else:
                keys.append({key: value})
        self._keys(keys if self.manner.is_plain else self.dice.shuffled(keys))
        inner = inner if self.manner.is_plain else self.dice.shuffled(inner)
        for at, (key, each, is_array) in enumerate(inner):
            number = sum(other == key for other, *_ in inner[:at])
            below = (*place, key, number) if is_array else (*place, key)
            self._under_header([*names, key], each, below, is_one_of_several=is_array)
        self.blocks[place] = (start, len(self.statements))

    def _table(
        self, key: str, value: Table, keys: list[Table], inner: list[tuple[str, Table, bool]]
    ) -> None:
        ways = ("braces", "header") if self.manner.is_plain else ("braces", "header", "dotted")
        way = self.dice.one_of(ways)
        if way == "header":
            inner.append((key, value, False))
        else:
            keys += [{key: value}] if way == "braces" else _dotted(key, value)

    def _header(self, names: Sequence[str], *, is_one_of_several: bool) -> None:
        plain = self.manner.is_plain
        space = "" if plain else self.dice.one_of(("", "", "", " ", "\t"))
        dot = "." if plain else self.dice.one_of((".", ".", ".", " . "))
        name = space + dot.join(self._key(each) for each in names) + space
        self._line(f"[[{name}]]" if is_one_of_several else f"[{name}]")

    def _keys(self, keys: Sequence[Table]) -> None:
        for each in keys:
            for key, value in each.items():
                name = ".".join(map(self._key, key)) if isinstance(key, tuple) else self._key(key)
                self._noise(is_between=False)
                self._line(f"{name}{self._equals()}{self._value(value)}")

    def _line(self, statement: str) -> None:
        indent = "" if self.manner.is_plain else self.dice.one_of(("", "", "", "  ", "\t"))
        comment = f" {self.dice.one_of(COMMENTS)}" if self._is_noisy() else ""
        self.statements.append(f"{indent}{statement}{comment}\n")

    def _noise(self, *, is_between: bool) -> None:
        if is_between and (self.manner.is_plain or not self.dice.happens(3)) and self.statements:
            self.statements.append("\n")
        while self._is_noisy():
            blank = self.dice.one_of(("\n", "", "", "  \n"))
            self.statements.append(blank or f"{self.dice.one_of(COMMENTS)}\n")

    def _is_noisy(self) -> bool:
        return self.dice.happens(self.manner.noise)

    def _equals(self) -> str:
        return " = " if self.manner.is_plain else self.dice.one_of((" = ", " = ", "=", " \t=  "))

    def _key(self, key: str) -> str:
        is_bare = re.fullmatch(r"[A-Za-z0-9_-]+", key)
        if is_bare and (self.manner.is_plain or not self.dice.happens(2)):
            return key
        return self._on_one_line(key)

    def _value(self, value: object) -> str:
        if isinstance(value, Raw):
            return str(value)
        if isinstance(value, dict):
            return self._braces(value)
        return self._brackets(value) if isinstance(value, list) else self._text(str(value))

    def _braces(self, value: Mapping[str, Any]) -> str:
        if not value:
            return self.dice.one_of(("{}", "{ }"))
        pairs = [
            f"{self._key(key)}{self._equals()}{self._value(each)}" for key, each in value.items()
        ]
        if self.manner.is_modern and self.dice.happens(3):
            return "{\n  " + ",\n  ".join(self.dice.shuffled(pairs)) + self._last_comma() + "\n}"
        return self.dice.one_of(("{ %s }", "{%s}", "{%s }")) % ", ".join(self.dice.shuffled(pairs))

    def _brackets(self, value: Sequence[Any]) -> str:
        each = [self._value(one) for one in value]
        if not self.dice.happens(4):
            return f"[{', '.join(each)}]"
        noise = [f" {self.dice.one_of(COMMENTS)}" if self._is_noisy() else "" for _ in (*each, 0)]
        if not each:
            return f"[{noise[0]}\n]"
        *first, last = each
        lines = [f"  {one},{comment}\n" for one, comment in zip(first, noise, strict=False)]
        return f"[\n{''.join(lines)}  {last}{self._last_comma()}{noise[-1]}\n]"

    def _last_comma(self) -> str:
        return self.dice.one_of((",", "", " ,"))

    def _text(self, text: str) -> str:
        ways = [self._basic(text), *_literal(text), self._long(text), *_long_literal(text)]
        return self.dice.one_of(ways)

    def _on_one_line(self, text: str) -> str:
        return self.dice.one_of([self._basic(text), *_literal(text)])

    def _basic(self, text: str) -> str:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        escaped = _without_controls(escaped)
        if not text.isascii() and self.dice.happens(3):
            escaped = "".join(each if each.isascii() else f"\\U{ord(each):08x}" for each in escaped)
        return f'"{escaped}"'

    def _long(self, text: str) -> str:
        escaped = _without_controls(text.replace("\\", "\\\\").replace('""', '"\\"'))
        start = "\n" if text.startswith("\n") else self.dice.one_of(("", "\n", "\\\n   "))
        return f'"""{start}{escaped}{self.dice.one_of(("", chr(92) + chr(10)))}"""'


def _without_controls(text: str) -> str:
    """The text with all control characters escaped but tabs and line ends."""
    is_escaped = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
    return is_escaped.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _literal(text: str) -> list[str]:
    is_fit = "'" not in text and "\n" not in text and _without_controls(text) == text
    return [f"'{text}'"] if is_fit else []


def _long_literal(text: str) -> list[str]:
    is_fit = "'''" not in text and text[-1:] != "'" and _without_controls(text) == text
    return [f"'''\n{text}'''"] if is_fit else []


def _dotted(name: str, content: Table) -> list[dict[Any, Any]]:
    return [{(name, key): value} for key, value in content.items()]


def _is_records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


# Edits.


def edits_for(dice: Dice, tables: Table, count: int) -> list[Edit]:
    """Edits that fit a ledger, none of them of the same place, or of one that another removes."""
    found: dict[object, Sequence[Edit]] = {}
    for number in range(count):
        edits = _edits(dice, tables, number)
        place = _place(edits[0]) or (number,)
        if not any(_is_within(place, each) or _is_within(each, place) for each in found):
            found[place] = edits
    return [edit for edits in found.values() for edit in edits]


def _place(edit: Edit) -> Place | None:
    match edit:
        case Clear(pledge, ("measure",)):
            return ("pledge", pledge)  # which might get a value by another edit
        case Put(pledge, path) | Clear(pledge, path):
            return ("pledge", pledge, *(path[:1] if path[0] == "measure" else path))
        case Remove(pledge, path):
            return ("pledge", pledge, *path)
        case RegisterEntry(register, key):
            return (register, key)
        case Append(pledge):
            return ("pledge", pledge, "entries", id(edit))
        case _:
            return None


def _is_within(place: object, other: object) -> bool:
    """Whether a place is another, or is inside it."""
    assert isinstance(place, tuple)
    assert isinstance(other, tuple)
    return place[: len(other)] == other


def _edits(dice: Dice, tables: Table, number: int) -> Sequence[Edit]:
    """An edit, or what goes with it: a pledge of another pillar is also moved."""
    pledges = tables.get("pledge", [])
    kind = dice.below(13) if pledges else 11 + dice.below(2)
    if kind == 12:
        return [_register(dice, tables)]
    if kind == 11:
        return [NewPledge(_new_pledge(dice, tables, number))]
    pledge = dice.one_of(pledges)
    if kind == 10:
        pillar = dice.one_of(list(tables["pillars"]))
        return [Put(pledge["id"], ("pillar",), pillar), Move(pledge["id"])]
    makers = (
        *(_appended_update, _put, _appended_claim, _appended_ask, _put_inside, _put),
        *(_cleared, _put_in_record, _removed_record, _removed_pledge),
    )
    return [makers[kind](dice, tables, pledge)]


def _cleared(dice: Dice, tables: Table, pledge: Table) -> Edit:
    """A term taken out of a pledge, of its measure, or of one of its records."""
    terms = ("lead", "note", "internal", "due_text", "owed_by", "strength", "made", "tags")
    paths: list[Place] = [(key,) for key in (*terms, "source", "due") if key in pledge]
    measure = pledge.get("measure", {})
    paths += [("measure", key) for key in ("baseline", "baseline_date", "source") if key in measure]
    if measure and not any("value" in each for each in pledge.get("update", [])):
        is_claimed = any("target" in each for each in pledge.get("claim", []))
        paths += [] if is_claimed else [("measure",)]
    for at, update in enumerate(pledge.get("update", [])):
        paths += [("update", at, key) for key in ("status", "value", "note") if key in update]
    for at, ask in enumerate(pledge.get("ask", [])):
        paths += [("ask", at, "settled")] if "settled" in ask else []
    return Clear(pledge["id"], dice.one_of(paths)) if paths else _put(dice, tables, pledge)


def _put_in_record(dice: Dice, tables: Table, pledge: Table) -> Edit:
    """A term of a record of a pledge, there already or not."""
    day = dt.date.fromisoformat(dice.one_of(DAYS))
    terms: Mapping[str, Table] = {
        "update": {"date": day, "note": dice.one_of(TEXTS), "status": Status.COMPLETED},
        "claim": {"note": dice.one_of(TEXTS), "source": ADDRESS, "settled": day},
        "ask": {"what": dice.one_of(TEXTS), "date": day, "by": day},
    }
    places = [(key, at) for key in terms for at in range(len(pledge.get(key, [])))]
    if not places:
        return _put(dice, tables, pledge)
    key, at = dice.one_of(places)
    usual = [x for x in terms[key] if (pledge.get("kind"), x) != ("recurring", "status")]
    name = dice.one_of(usual)
    return Put(pledge["id"], (key, at, name), terms[key][name])


def _removed_record(dice: Dice, tables: Table, pledge: Table) -> Edit:
    keys = ("update", "claim", "ask")
    places = [(key, at) for key in keys for at in range(len(pledge.get(key, [])))]
    return Remove(pledge["id"], dice.one_of(places)) if places else _put(dice, tables, pledge)


def _removed_pledge(_: Dice, __: Table, pledge: Table) -> Edit:
    return Remove(pledge["id"])


def _appended_update(dice: Dice, tables: Table, pledge: Table) -> Edit:
    return Append(pledge["id"], _an_update(dice, tables, has_measure="measure" in pledge))


def _appended_claim(dice: Dice, tables: Table, pledge: Table) -> Edit:
    if pledge.get("kind") == "recurring":
        return _appended_ask(dice, tables, pledge)
    return Append(pledge["id"], _a_claim(dice, tables))


def _appended_ask(dice: Dice, _: Table, pledge: Table) -> Edit:
    return Append(pledge["id"], _an_ask(dice))


def _an_update(dice: Dice, tables: Table, *, has_measure: bool) -> Update:
    return Update(
        date=dt.date.fromisoformat(dice.one_of(DAYS)),
        status=dice.one_of((None, Status.IN_PROGRESS)),
        value=dice.one_of((None, 3, 2.5, -1e-7)) if has_measure else None,
        note=dice.one_of((None, *TEXTS)),
        source=Several(dice.some((ADDRESS, *tables.get("sources", {})), 3)),
    )


def _a_claim(dice: Dice, tables: Table) -> Claim:
    due = read_period(dice.one_of(PERIODS))
    cited = dice.one_of((ADDRESS, *tables.get("sources", {})))
    return Claim(source=Several([cited]), due=due, note=dice.one_of((None, *TEXTS)))


def _an_ask(dice: Dice) -> Ask:
    by = dice.one_of((None, dt.date(2026, 12, 1)))
    return Ask(what=dice.one_of(TEXTS), date=dt.date.fromisoformat(dice.one_of(DAYS)), by=by)


def _a_measure(dice: Dice) -> Measure:
    return Measure(
        unit=dice.one_of(TEXTS),
        baseline=dice.one_of((None, 0, 1.5)),
        target=dice.one_of((None, 30_000, 1e6)),
    )


def _new_pledge(dice: Dice, tables: Table, number: int) -> Pledge:
    measure = _a_measure(dice) if dice.happens(4) else None
    return Pledge(
        id=f"NEW-{number}",
        title=dice.one_of(TITLES),
        pillar=dice.one_of(list(tables["pillars"])),
        due=read_period(dice.one_of(PERIODS)),
        review=dice.one_of((None, read_interval("1 year"))),
        owed_by=tuple(dice.some(list(tables.get("parties", {})), 2)),
        tags=tuple(dice.some(TEXTS, 2)),
        note=dice.one_of((None, *TEXTS)),
        measure=measure,
        updates=tuple(
            _an_update(dice, tables, has_measure=bool(measure)) for _ in range(dice.below(3))
        ),
        claims=tuple(_a_claim(dice, tables) for _ in range(dice.below(2))),
        asks=tuple(_an_ask(dice) for _ in range(dice.below(2))),
    )


def _register(dice: Dice, tables: Table) -> Edit:
    register: Literal["parties", "pillars", "sources"] = dice.one_of(
        ("parties", "pillars", "sources")
    )
    keys = [key for key in (*KEYS, "new", "n.e w") if key not in tables.get(register, {})]
    key, title = dice.one_of(keys), dice.one_of(TEXTS)
    if register != "sources":
        return RegisterEntry(register, key, title)
    date = dice.one_of((None, read_period("2026-01"), read_period("2026-01-31")))
    return RegisterEntry("sources", key, Source(title=title, date=date))


def _put(dice: Dice, tables: Table, pledge: Table) -> Edit:
    """A term of a pledge, there already or not."""
    values: dict[str, Any] = {
        **dict.fromkeys(("lead", "note", "title", "internal", "waiting_on"), dice.one_of(TITLES)),
        "strength": dice.one_of(list(Strength)),
        "made": read_period(dice.one_of(PERIODS)),
        "tags": tuple(dice.some(TEXTS, 3)) or ("t",),
        "source": dice.one_of([ADDRESS, *tables.get("sources", {})]),
    }
    if "kind" not in pledge:
        values["due"] = read_period(dice.one_of(PERIODS))
    key = dice.one_of(list(values))
    return Put(pledge["id"], (key,), values[key])


def _put_inside(dice: Dice, tables: Table, pledge: Table) -> Edit:
    """A value in a table of a pledge, or its measure."""
    settled = dt.date(2026, 2, 28)
    options: list[Edit] = [
        Put(pledge["id"], ("ask", at, "settled"), settled)
        for at in range(len(pledge.get("ask", [])))
    ]
    if "measure" in pledge:
        options.append(Put(pledge["id"], ("measure", "target"), dice.one_of((40_000, 99_999.5))))
    options.append(Put(pledge["id"], ("measure",), _a_measure(dice)))
    return dice.one_of(options) if options else _put(dice, tables, pledge)
