"""Excel: a workbook with typed cells that people can fill in, and ``import`` reads back.

The same answer gives the same bytes: no workbook says when it was made.
"""

import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from pledges.clean import clean, guarded, safe_json
from pledges.domain.day import Period
from pledges.domain.fields import script_value
from pledges.domain.pledge import Every, Kind, Status, Strength
from pledges.errors import CannotWrite
from pledges.render import Canvas
from pledges.view.answer import Answer, Grid

CHOICES: Final[Mapping[str, Sequence[str]]] = {
    "status": [*map(str, Status)],
    "strength": [*map(str, Strength)],
    "kind": [*map(str, Kind)],
    "every": [*map(str, Every)],
    "seen": ["yes", "no"],
}
"""The columns of closed words, each of which has a drop-down list."""

KEPT_NUMBERS: Final = frozenset(("value", "baseline", "target"))
"""The columns of numbers that are in the ledger: each has to come back as it is."""

SHARES: Final = frozenset(("progress", "time_used"))
"""The columns of fractions, which are shown as percentages."""

MOST_ROWS: Final = 1_048_576
MOST_CHARACTERS: Final = 32_767  # in a cell
WIDTHS: Final = (8, 60)  # of a column, in characters: beyond the second a text is wrapped
PAGE_WIDTH: Final = 230  # characters: with more in a line of A4 nobody could read them
A4: Final = 9
MARGINS: Final = (0.4, 0.4, 0.5, 0.7)  # left, right, top and bottom, in inches
NEVER: Final = dt.datetime(1980, 1, 1)  # noqa: DTZ001  (no zone: the first day of any archive)
FIRST_DAY: Final = dt.date(1900, 3, 1)
"""Before it the numbers of days are wrong in Excel, to which 1900 was a leap year."""


def render_xlsx(answer: Answer, _: Canvas) -> bytes:
    """The rows of an answer, and what else it has for a workbook, a sheet each; or its form."""
    if answer.form:
        from pledges.render.form_workbook import form_bytes  # noqa: PLC0415  (it draws with these)

        return form_bytes(answer.form())
    book = Workbook()
    book.remove(book.worksheets[0])
    columns = {  # one that people fill in has no value
        name: value
        for own, value_of in answer.columns.items()
        for name, value in ((own, value_of), (answer.to_fill_in.get(own), lambda _: None))
        if name
    }
    first = Grid(answer.sheet, columns, answer.rows, answer.worked_out)
    for grid in (first, *answer.more_sheets()):
        fill(book.create_sheet(grid.title), grid)
    return workbook_bytes(book)


def workbook_bytes(book: Workbook) -> bytes:
    """A workbook as its file, which does not say when it was made."""
    book.properties.creator = "pledges"
    book.properties.created = book.properties.modified = NEVER
    written = io.BytesIO()
    # ``Workbook.save`` would note the time.
    ExcelWriter(book, zipfile.ZipFile(written, "w")).save()
    # The same archive, without the times at which its parts were written.
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(packed, "w") as out:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, NEVER.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(part, parts.read(name))
    return packed.getvalue()


def fill(sheet: Worksheet, grid: Grid) -> None:
    """Write the rows of a sheet below a head that stays in sight."""
    sheet.append([*grid.columns])
    for head in sheet[1]:
        is_worked_out = head.value in grid.worked_out  # nobody need fill it in
        head.font = Font(italic=True, color="FF767676") if is_worked_out else Font(bold=True)
    widths = {name: len(name) + 3 for name in grid.columns}  # the filter has a button there
    number = 1
    for number, row in enumerate(grid.rows, start=2):
        if number > MOST_ROWS:
            raise CannotWrite(f"a sheet has at most {MOST_ROWS:,} rows", "use filters, or csv")
        cells: list[Cell | None] = []
        for name, column in grid.columns.items():
            value = column(row)
            cells.append(None)
            if value not in (None, (), ""):
                cells[-1] = cell = Cell(sheet, number, len(cells))
                widths[name] = max(widths[name], _write(cell, value, name))
        sheet.append(cells)
    _set_up_columns(sheet, widths)
    sheet.freeze_panes = "B2" if next(iter(widths)) == "id" else "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{number}"
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    lay_out(sheet, "landscape")
    width = sum(each.width for each in sheet.column_dimensions.values())
    sheet.page_setup.fitToWidth = -int(-width // PAGE_WIDTH)


def lay_out(sheet: Any, orientation: str) -> None:  # noqa: ANN401  (openpyxl)
    """Let a sheet be printed on pages as wide as it is."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = orientation, A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(*MARGINS)
    sheet.oddFooter.center.text = "&A, page &P of &N"


def _set_up_columns(sheet: Worksheet, widths: Mapping[str, int]) -> None:
    """Give each column its width, within bounds, and its drop-down list of words.

    The list is in rows that are yet to be filled, too.
    """
    least, most = WIDTHS
    for at, (name, wide) in enumerate(widths.items(), start=1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = min(max(wide + 1, least), most)
        if words := CHOICES.get(name):
            choice = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True)
            choice.errorTitle, choice.error = "pledges", f"Use one of {', '.join(words)}."
            choice.showErrorMessage = True
            choice.add(f"{letter}2:{letter}{MOST_ROWS}")
            sheet.add_data_validation(choice)


def _write(cell: Cell, value: object, name: str) -> int:
    """Write a value as what it is, and return how many characters it takes."""
    day = value.first if isinstance(value, Period) and value.is_day else value
    if isinstance(day, dt.date) and day >= FIRST_DAY:
        cell.value, cell.number_format = day, "yyyy-mm-dd"
        return 10
    plain = script_value(value)
    if isinstance(plain, bool):
        plain = "yes" if plain else "no"
    # Excel has 15 digits, and no sign of zero.
    if isinstance(plain, int | float) and (
        name not in KEPT_NUMBERS
        or (str(plain) != "-0.0" and type(plain)(float(f"{plain:.15g}")) == plain)
    ):
        cell.value = plain
        if name in SHARES:
            cell.number_format = "0.0%"
        elif isinstance(plain, float) and plain.is_integer():
            cell.number_format = "0.0"  # else it would be read back as a whole number
        return len(str(plain))
    text = _list_text(value) if isinstance(value, tuple) else _cell_text(str(plain))
    if len(text) > MOST_CHARACTERS:
        raise CannotWrite(
            f"a cell has at most {MOST_CHARACTERS:,} characters, and {name} has {len(text):,}",
            "use --format json, which has no limit",
        )
    cell.value, cell.data_type = text, "s"  # whatever it looks like, it is no formula
    cell.quotePrefix = guarded(text) != text  # and becomes none if somebody edits it
    width = max(map(len, text.split("\n")))
    if width > WIDTHS[1] or "\n" in text:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return width


def _list_text(value: tuple[Any, ...]) -> str:
    """A list with semicolons between; as JSON if that would not give its texts back."""
    texts = [str(script_value(each)) for each in value]
    joined = ";".join(texts)
    is_plain = all(x and x == x.strip() and ";" not in x for x in texts)
    if is_plain and joined == _cell_text(joined) and not joined.startswith("["):
        return joined
    return _json(texts)


def _cell_text(text: str) -> str:
    """A text as it is; if a cell can't have it, with escapes, as a text of JSON.

    Tabs and line ends are kept, other controls can't be in XML.  Excel takes ``_x0041_`` for a
    letter, and blanks alone for nothing.  A text that looks like one of JSON is one, too, so that
    each can be read back.
    """
    kept = all(clean(part) == part for part in re.split(r"[\n\t]", text))
    is_alike = text.startswith('"') and text.endswith('"') and "\\" in text
    if kept and text.strip() and not is_alike and not re.search(r"_x[0-9A-Fa-f]{4}_", text):
        return text
    return _json(text)


def _json(value: object) -> str:
    """A value as JSON, with escapes for all that a cell would not keep."""
    if isinstance(value, str) and not value.strip():
        escapes = "".join(f"\\u{ord(char):04x}" for char in value)  # each blank is below U+10000
        return f'"{escapes}"'
    encoded = safe_json(json.dumps(value, ensure_ascii=False))
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", r"\\u005f", encoded)
