"""A mapping file, which is TOML: what is wrong with it is reported at its place, all at once."""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from pledges.domain.day import read_period
from pledges.domain.pledge import Every, Kind, Status, Strength
from pledges.errors import NotADate, nearest_hint
from pledges.ledger.importing.mapping import (
    Chapter,
    ColumnUse,
    Meaning,
    Parts,
    SheetMapping,
    faulty_mapping,
    heading_key,
    word_key,
)
from pledges.ledger.importing.sheet_dates import DateOrder
from pledges.ledger.importing.targets import IMPORTABLE, IMPORTABLE_AS_TEXT, NEWS_COLUMNS, PERCENT
from pledges.ledger.reading.find import home_path, path_text, read_file, utf8_text
from pledges.ledger.text.finding import Finding, Path
from pledges.ledger.text.salvage import read_tables

TABLES: Final = ("rows", "columns", "make", "words", "dates", "register", "set", "log")
REGISTERS: Final = ("pillars", "parties", "sources")
LOG_KEYS: Final[Mapping[str, str]] = {**NEWS_COLUMNS, PERCENT: PERCENT, "due": "in_force"}
"""What ``[log]`` can give: the keys of an update, with the columns that they are."""

CLOSED_WORDS: Final[Mapping[str, Sequence[str]]] = {
    "status": list(map(str, Status)),
    "kind": list(map(str, Kind)),
    "every": list(map(str, Every)),
    "strength": list(map(str, Strength)),
}
"""The words that a column of a closed set can have."""


def mapping_file(location: str) -> SheetMapping:
    """The mapping in the file at a path.

    Raises: ``NoLedger`` if it can't be read; ``FaultyLedger`` with all that is wrong with it.
    """
    path = home_path(location)
    name = path_text(path)
    text = utf8_text(read_file(path)[0], name)
    tables = read_tables(text)
    reader = _MappingReader(tables.content or {})
    mapping = reader.mapping()
    findings = [*tables.findings, *reader.findings]
    if findings:
        raise faulty_mapping(findings, text, name)
    return replace(mapping, name=name, text=text)


class _MappingReader:
    """Reads the tables of a mapping, and collects what is wrong with them."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content
        self.findings: list[Finding] = []

    def mapping(self) -> SheetMapping:
        """The mapping, as far as it is valid."""
        self._check_keys((), self.content, TABLES)
        rows = self._table(
            ("rows",), ["heading", "below", "skip", "sheet", "encoding", "chapter", "parts"]
        )
        registers = self._table(("register",), REGISTERS)
        for key, word in registers.items():
            if word != "new":
                hint = f'write {key} = "new"'
                self._report(("register", key), f"{word!r} is not known here", hint)
        return SheetMapping(
            heading=self._heading(rows),
            below=self._text(("rows", "below"), rows),
            sheet=self._text(("rows", "sheet"), rows),
            encoding=self._text(("rows", "encoding"), rows),
            skip=self._pattern(("rows", "skip"), rows),
            chapter=self._chapter(rows),
            parts=self._parts(rows),
            columns=dict(self._columns()),
            make=dict(self._targets("make", str, 'title = "{A}[: {B}]"')),
            words=dict(self._words()),
            order=self._order(),
            new_entries=frozenset(registers),
            fixed=dict(self._targets("set", (str, int, float, bool, list, dt.date), 'lead = "A"')),
            log=dict(self._log()),
        )

    def _heading(self, rows: Mapping[str, Any]) -> int | None:
        heading = rows.get("heading")
        if heading is None or (type(heading) is int and heading > 0):
            return heading
        self._report(("rows", "heading"), "this must be the number of a row", "for example 4")
        return None

    def _order(self) -> DateOrder:
        order = self._table(("dates",), ["order"]).get("order", DateOrder.ISO)
        if order in list(DateOrder):
            return DateOrder(order)
        hint = f"use one of {', '.join(DateOrder)}"
        self._report(("dates", "order"), f"there is no order of dates {order!r}", hint)
        return DateOrder.ISO

    def _report(self, path: Path, message: str, hint: str, *, on_key: bool = False) -> None:
        self.findings.append(Finding("mapping", path, message, hint, on_key=on_key))

    def _table(self, path: Path, known: Sequence[str] | None = None) -> Mapping[str, Any]:
        """The table at a path; an empty one if there is none."""
        table: Any = self.content
        for key in path:
            table = table.get(key, {})
        if not isinstance(table, Mapping):
            self._report(path, "this must be a table", f"write [{'.'.join(map(str, path))}]")
            return {}
        if known is not None:
            self._check_keys(path, table, known)
        return table

    def _check_keys(self, path: Path, table: Mapping[str, Any], known: Sequence[str]) -> None:
        for key in table.keys() - set(known):
            hint = nearest_hint(key, known)
            where = f" in [{'.'.join(map(str, path))}]" if path else ""
            self._report((*path, key), f"there is no key {key!r}{where}", hint, on_key=True)

    def _text(self, path: Path, table: Mapping[str, Any]) -> str | None:
        value = table.get(str(path[-1]))
        if value is not None and not (isinstance(value, str) and value):
            self._report(path, "this must be a text", 'put it in quotes: "..."')
            return None
        return value

    def _pattern(self, path: Path, table: Mapping[str, Any]) -> re.Pattern[str] | None:
        text = self._text(path, table)
        try:
            return re.compile(text) if text is not None else None
        except re.error as error:
            hint = "for example ^Total, which finds what begins with Total"
            self._report(path, f"this is not a pattern: {error.msg}", hint)
            return None

    def _chapter(self, rows: Mapping[str, Any]) -> Chapter | None:
        if "chapter" not in rows:
            return None
        path: Path = ("rows", "chapter")
        keys = ("column", "matches", "title")
        table = self._table(path, keys)
        for key in keys:
            if key not in table:
                example = 'chapter = { column = "No", matches = "^[IVX]+$", title = "Task" }'
                self._report(path, f"a chapter needs {key}", f"for example {example}")
                return None
        pattern = self._pattern((*path, "matches"), table)
        column, title = (self._text((*path, key), table) for key in ("column", "title"))
        return Chapter(column, pattern, title) if pattern and column and title else None

    def _parts(self, rows: Mapping[str, Any]) -> Parts | None:
        if "parts" not in rows:
            return None
        path: Path = ("rows", "parts")
        table = self._table(path, ("by", "column"))
        column = self._text((*path, "column"), table)
        if column and table.get("by") in ("number", "level"):
            return Parts(str(table["by"]), column)
        example = 'parts = { by = "number", column = "No" }, or by = "level"'
        self._report(path, "parts need by and column", f"for example {example}")
        return None

    def _columns(self) -> Iterator[tuple[str, ColumnUse]]:
        for heading, given in self._table(("columns",)).items():
            path: Path = ("columns", heading)
            if not isinstance(given, str | Mapping):
                self._report(path, "this must name a column of ours", f'for example "{"title"}"')
                continue
            use = {"to": given} if isinstance(given, str) else given
            self._check_keys(path, use, ("to", "split", "all", "twice", "updated"))
            target = heading_key(str(use.get("to", "")))
            if target:
                self._check_target(path if isinstance(given, str) else (*path, "to"), target)
            updated = self._day((*path, "updated"), use.get("updated"))
            if use.get("twice") not in (None, "letter"):
                self._report((*path, "twice"), "this is not known", 'write twice = "letter"')
            split = self._text((*path, "split"), use)
            is_all, is_lettered = bool(use.get("all")), "twice" in use
            yield heading, ColumnUse(target, split, is_all, is_lettered, updated)

    def _check_target(
        self, path: Path, target: str, known: Collection[str] = IMPORTABLE, *, on_key: bool = False
    ) -> None:
        if target not in known:
            hint = nearest_hint(target, sorted(known))
            self._report(path, f"there is no column {target!r}", hint, on_key=on_key)

    def _day(self, path: Path, value: Any) -> dt.date | None:
        """A day; of a period its last one, because a figure is that of the end."""
        if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
            return value
        try:
            return read_period(str(value)).last
        except NotADate as error:
            self._report(path, error.reason, error.hint or "")
            return None

    def _targets(self, name: str, kinds: Any, example: str) -> Iterator[tuple[str, Any]]:
        """Yield what a table gives for columns of ours."""
        for key, value in self._table((name,)).items():
            target, path = heading_key(key), (name, key)
            self._check_target(path, target, IMPORTABLE_AS_TEXT, on_key=True)
            if name == "set" and target == "id":
                hint = "give each row its own, in a column or with [make]"
                self._report(path, "no two pledges have one id", hint, on_key=True)
            elif isinstance(value, kinds):
                yield target, value
            else:
                self._report(path, f"this can't be the value of {key}", f"for example {example}")

    def _words(self) -> Iterator[tuple[str, Mapping[str, Meaning]]]:
        for key in self._table(("words",)):
            target, path = heading_key(key), ("words", key)
            self._check_target(path, target, IMPORTABLE_AS_TEXT, on_key=True)
            meanings: dict[str, Meaning] = {}
            for word, given in self._table(path).items():
                if isinstance(given, Mapping):
                    for term, value in given.items():
                        place = (*path, word, term)
                        self._check_target(place, term, IMPORTABLE_AS_TEXT, on_key=True)
                        self._check_word(place, term, value)
                elif isinstance(given, list):
                    hint = "write a word, or several terms: { status = ..., tags = [...] }"
                    self._report((*path, word), "this must be a word", hint)
                else:
                    self._check_word((*path, word), target, given)
                meanings[word_key(word)] = given if isinstance(given, Mapping) else str(given)
            yield target, meanings

    def _check_word(self, path: Path, target: str, word: object) -> None:
        """Report a word that should be one of a closed set, and is not."""
        known = CLOSED_WORDS.get(target)
        if known and word and isinstance(word, str) and word not in known:
            hint = nearest_hint(word, known)
            self._report(path, f"there is no {target} {word!r}", hint)

    def _log(self) -> Iterator[tuple[str, str]]:
        for heading, key in self._table(("log",)).items():
            name = heading_key(str(key))
            target = LOG_KEYS.get(name, name)
            if target not in LOG_KEYS.values():
                hint = nearest_hint(name, list(LOG_KEYS))
                self._report(("log", heading), f"an update has no {key!r}", hint)
            yield heading, target
