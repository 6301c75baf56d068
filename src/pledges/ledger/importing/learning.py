"""A first mapping of a file: its headings with guesses, and the words that have to be mapped.

It is written for somebody who fills it in: guesses about headings are lines to check, those about
words are comments, because only a person knows what a word means.  On a later version of the file
only what is new is added, and nothing that was written by hand is touched.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import rtoml
from msgspec import Struct

from pledges.clean import clean, tidy
from pledges.domain.pledge import UNREPORTED
from pledges.ledger.editing.toml_writing import key_text, value_text
from pledges.ledger.importing.cell_texts import cell_text
from pledges.ledger.importing.cell_values import RECURRING
from pledges.ledger.importing.contradictions import MADE_DAY
from pledges.ledger.importing.guesses import (
    DATES,
    DAY,
    DUE_WORDS_MEANT,
    MEANT,
    STATUS_WORDS_MEANT,
    date_order,
    guessed_target,
    is_date,
    list_split,
)
from pledges.ledger.importing.mapping import SheetMapping, heading_key, word_key
from pledges.ledger.importing.mapping_file import CLOSED_WORDS
from pledges.ledger.importing.sheet_dates import DateOrder
from pledges.ledger.importing.sheets import Row, Sheet

EXAMPLES: Final = 3
LONGEST_EXAMPLE: Final = 30

KeyedLines = Iterator[tuple[str, str]]  # lines of a mapping, each after its key


class LearnedColumn(Struct, frozen=True):
    """A heading with the texts under it, and what it is guessed to mean; "" if nothing is.

    It ``is_doubled`` if several columns have it.
    """

    heading: str
    texts: Sequence[str]
    target: str
    is_doubled: bool


def learned_mapping(sheet: Sheet, known: SheetMapping) -> tuple[str, str]:
    """The text of a mapping for a sheet, and what is new in it, in words.

    With ``known`` it is that mapping's text, with what is new of this version of the sheet.
    """
    columns = list(_columns(sheet, known))
    sections = {
        "rows": [] if known.name else list(_rows_lines(sheet, known)),
        "columns": _new_lines(known.text, _column_lines(columns, known)),
    }
    for column in columns:
        lines = _new_lines(known.text, _word_lines(column, known))
        if lines:
            sections.setdefault(f"words.{column.target}", []).extend(lines)
    if not re.search(r"^[#\s]*order\s*=", known.text, re.MULTILINE):
        dates = [text for each in columns if each.target in DATES for text in each.texts]
        order = date_order(dates)
        if order is not DateOrder.ISO:
            sections["dates"] = [f'order = "{order}"']
        elif any(map(DAY.match, dates)):
            sections["dates"] = ['# order = "dmy"  # or "mdy": the dates do not show which']
    if not known.name:
        targets = {each.target for each in columns}
        lines = [line for target, line in _SET_LINES.items() if target not in targets]
        sections |= {"register": _REGISTER_LINES, "set": [*lines, _WHY_LINE]}
    new = {name: lines for name, lines in sections.items() if lines}
    text = known.text or _HEAD.format(name=clean(sheet.name))
    for name, lines in new.items():
        text = _with_lines(text, name, lines)
    rtoml.loads(text)  # what is written must be read again
    headings = len(new.get("columns", ()))
    words = sum(len(lines) for name, lines in new.items() if name.startswith("words."))
    counted = ((headings, "heading"), (words, "word"))
    said = [f"{count} {what}{'' if count == 1 else 's'}" for count, what in counted if count]
    if "dates" in new and known.name:
        said.append("the order of dates")
    return text, " and ".join(said) or "how its rows are found"


_HEAD: Final = """\
# How {name} is read.
# Check each line: "" leaves a heading out.  A line that begins with # is not used: where it is
# right, take the # away.
"""


def _columns(sheet: Sheet, known: SheetMapping) -> Iterator[LearnedColumn]:
    """Yield each heading once, with what the mapping says of it, or else a guess."""
    given = {heading_key(heading): use.to for heading, use in known.columns.items()}
    # What a heading surely means is not taken by another one that only begins so.
    taken = {*given.values(), *(MEANT.get(heading_key(each), "") for each in sheet.headings)}
    used = set(given.values())
    totals = known.skip or _TOTAL
    rows = [row for row in sheet.rows if not totals.match(_first_text(row))]
    headings = [each.strip() for each in sheet.headings]
    places = {name: at for at, name in reversed([*enumerate(headings)])}
    for name, count in Counter(filter(None, headings)).items():
        texts = [text for row in rows if (text := cell_text(row.cells[places[name]]))]
        target = given.get(heading_key(name))
        if target is None:
            target = guessed_target(name, texts, used, taken)
            used.add(target)
            taken.add(target)
        yield LearnedColumn(name, texts, target, count > 1)


def _first_text(row: Row) -> str:
    """The text of the first cell of a row that is filled."""
    return next(filter(None, map(cell_text, row.cells)), "")


def _rows_lines(sheet: Sheet, known: SheetMapping) -> Iterator[str]:
    """Yield where the rows are, and how totals and chapters would be passed over."""
    if known.encoding:
        yield f"encoding = {value_text(known.encoding)}"
    if sheet.other_sheets:
        others = _quoted(", ".join(sheet.other_sheets))
        yield f"sheet = {value_text(sheet.title)}  # not read: {others}"
    if not sheet.heading_row:
        return
    if titles := sheet.title_rows:
        rows = f"rows {titles[0]} to {titles[-1]} are titles"
        rows = rows if len(titles) > 1 else f"row {titles[0]} is a title"
        yield f"heading = {sheet.heading_row}  # the number of its row; {rows}"
    total = next((row.number for row in sheet.rows if _TOTAL.match(_first_text(row))), None)
    if total:
        yield f'skip = "^({_TOTAL_WORDS})"  # row {total}: a total, not a pledge'
    yield from _chapter_line(sheet)


def _chapter_line(sheet: Sheet) -> Iterator[str]:
    """Yield how chapters would be found, if a row has few cells and is no total."""
    for row in sheet.rows:
        filled = [(at, text) for at, cell in enumerate(row.cells) if (text := cell_text(cell))]
        is_short = 0 < len(filled) <= _CELLS_OF_CHAPTER < len(row.cells)
        if is_short and not _TOTAL.match(filled[0][1]):
            (at, text), (title_at, title) = filled[0], filled[-1]
            parts = {
                "column": sheet.headings[at].strip(),
                "matches": "^[IVXLC]+$" if re.fullmatch("[IVXLC]+", text) else "^[A-Z]",
                "title": sheet.headings[title_at].strip(),
            }
            note = f"row {row.number} may be a chapter: {_quoted(title)}"
            yield f"# chapter = {value_text(parts)}  # {note}"
            return


_CELLS_OF_CHAPTER: Final = 2
"""A row with so few cells may be a chapter: its number and its title."""
_TOTAL_WORDS: Final = "Total|TOTAL|Grand total|Tổng"
_TOTAL: Final = re.compile(_TOTAL_WORDS)


def _column_lines(columns: Sequence[LearnedColumn], known: SheetMapping) -> KeyedLines:
    """Yield each heading that the mapping does not have, with its line."""
    mapped = {*map(heading_key, (*known.columns, *known.log))}
    in_templates = "".join(known.make.values())
    for each in columns:
        if heading_key(each.heading) in mapped or f"{{{each.heading}}}" in in_templates:
            continue
        use = value_text(each.target)
        if each.is_doubled and each.target:
            use = value_text({"to": each.target, "all": True})
        elif split := list_split(each.target, each.texts):
            use = value_text({"to": each.target, "split": split})
        note = "no cell is filled"
        if different := list(dict.fromkeys(each.texts)):
            shown = "; ".join(map(_quoted, different[:EXAMPLES]))
            more = "; ..." if len(different) > EXAMPLES else ""
            note = f"{'' if each.target else 'left out; '}{len(each.texts)} filled: {shown}{more}"
        yield each.heading, f"{key_text(each.heading)} = {use}  # {note}"


def _quoted(text: str) -> str:
    """The beginning of a text in one line, for a comment, which may have no controls."""
    plain = tidy(text).strip()
    return plain if len(plain) <= LONGEST_EXAMPLE else f"{plain[: LONGEST_EXAMPLE - 3]}..."


def _word_lines(column: LearnedColumn, known: SheetMapping) -> KeyedLines:
    """Yield each word of a column that is none of ours yet, with its line and how often."""
    words = known.words.get(column.target, {})
    spelt = {word_key(text): text for text in reversed(column.texts)}
    order = date_order(column.texts) if known.order is DateOrder.ISO else known.order
    for key, count in Counter(map(word_key, column.texts)).items():
        text, rows = spelt[key], "1 row" if count == 1 else f"{count:,} rows"
        guess, note = ("", "") if key in words else _guess_of_word(column.target, text, order)
        if note:
            yield text, f"# {key_text(text)} = {value_text(guess)}  # {rows}; {note}"


def _guess_of_word(target: str, text: str, order: DateOrder) -> tuple[Any, str]:
    """What a word most likely means, and what it may be; no note if it needs no line."""
    if words := CLOSED_WORDS.get(target):
        plain = word_key(re.sub("[-_]", " ", text))
        if plain in {*(word.replace("-", " ") for word in words), UNREPORTED}:
            return "", ""
        guess = STATUS_WORDS_MEANT.get(word_key(text), "") if target == "status" else ""
        return guess, "a guess" if guess else f'one of {", ".join(words)}; "" leaves it out'
    if target in DATES and not (DAY.fullmatch(text) or is_date(text, order)):
        if meant := DUE_WORDS_MEANT.get(word_key(text)) if target == "due" else None:
            return meant, "a guess; check the year" if "since" in meant else "a guess"
        return "", f'a date, or {{ kind = "ongoing" }}, or {RECURRING}'
    if target == "id" and MADE_DAY.fullmatch(text):
        return "", "a spreadsheet has made a day of this id; write the id"
    return "", ""


_REGISTER_LINES: Final = [
    f'{each} = "new"  # those that the ledger does not have are added'
    for each in ("pillars", "parties")
]
_SET_LINES: Final = {
    "owed_by": '# owed_by = ["..."]  # who owes it, if that is the same for all rows',
    "pillar": '# pillar = "..."  # its pillar, if that is the same for all rows',
}
_WHY_LINE: Final = '# why = "..."  # why a deadline is another than before, if no column says it'


def _new_lines(text: str, lines: KeyedLines) -> list[str]:
    """The lines whose keys the text of the mapping does not have, not in a comment either."""
    return [
        line
        for key, line in lines
        if not re.search(rf"^[#\s]*{re.escape(key_text(key))}\s*=", text, re.MULTILINE)
    ]


def _with_lines(text: str, section: str, lines: Sequence[str]) -> str:
    """The text with lines at the end of a section, which may be new."""
    added = "".join(f"{line}\n" for line in lines)
    header = re.search(rf"^\[{re.escape(section)}\][^\n]*\n", text, re.MULTILINE)
    if not header:
        return f"{text.rstrip()}\n\n[{section}]\n{added}"
    following = re.compile(r"^\[", re.MULTILINE).search(text, header.end())
    if not following:
        return f"{text.rstrip()}\n{added}"
    return f"{text[: following.start()].rstrip()}\n{added}\n{text[following.start() :]}"
