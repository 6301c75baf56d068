"""A sheet of an Excel workbook as rows of texts."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

from msgspec.structs import replace

from pledges.errors import FaultyRows, WrongUse, nearest_hint
from pledges.ledger.importing.ask_form import form_sheet, is_form
from pledges.ledger.importing.cell_texts import cell_value_text
from pledges.ledger.importing.mapping import SheetMapping
from pledges.ledger.importing.own_workbook import is_own_workbook, own_workbook_sheet
from pledges.ledger.importing.sheets import Row, Sheet, cell_fault, row_refusal, sheet_of_rows
from pledges.ledger.text.finding import Explanation

LARGEST_UNPACKED: Final = 1024 * 1024 * 1024
"""Bytes of all parts of a workbook: a small file may be made to fill the memory."""

NO_RESULT: Final = Explanation(
    "formula", "the formula has no result", "open it in a spreadsheet, and save it again"
)
SAVE_HINT: Final = "save it in the format .xlsx, or as CSV UTF-8"
_OLD: Final = b"\xd0\xcf\x11\xe0"
"""How workbooks of before 2007 begin, and those with a password."""


def workbook_sheet(content: bytes, name: str, how: SheetMapping) -> Sheet:
    """The sheet of a workbook that the mapping names, or else the first one that has rows.

    If ``list`` or ``ask`` wrote it, all its sheets are read together.

    Raises: ``FaultyRows`` if it is no workbook, or has formulas without a result; ``WrongUse`` if
    it has no such sheet.
    """
    book = _workbook(content, name)
    names = [each.title for each in book.worksheets]
    if how.sheet is not None and how.sheet not in names:
        message = f"there is no sheet {how.sheet!r} in {name}"
        raise WrongUse(message, nearest_hint(how.sheet, names))
    is_own = how.sheet is None and is_own_workbook(book)
    is_answer = how.sheet is None and is_form(book)
    filled = (x for x in book.worksheets if x.sheet_state == "visible" and x.max_row > 1)
    first = next(filled, book.worksheets[0]).title
    chosen = book[how.sheet or first]
    _check_formulas(content, book.worksheets if is_own or is_answer else [chosen], name)
    if is_own or is_answer:
        return own_workbook_sheet(book, name) if is_own else form_sheet(book, name)
    sheet = sheet_of_rows(list(_rows(chosen)), name, how, None)
    body = {row.number for row in sheet.rows}
    hidden = [at for at, row in chosen.row_dimensions.items() if row.hidden and at in body]
    others = [each for each in names if each != chosen.title]
    return replace(sheet, hidden_rows=sorted(hidden), title=chosen.title, other_sheets=others)


def _workbook(content: bytes, name: str, *, with_formulas: bool = False) -> Any:
    """A workbook with the results of its formulas, or with these themselves.

    Raises: ``FaultyRows`` if it is none.
    """
    from openpyxl import load_workbook  # noqa: PLC0415  (only if a workbook is read)
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    words = Explanation("workbook", "it is not a workbook of Excel", SAVE_HINT)
    if content.startswith(_OLD):
        message = "it is a workbook of an old format, or it is protected by a password"
        words = Explanation("workbook", message, f"{SAVE_HINT}, without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size > LARGEST_UNPACKED:
            words = Explanation("workbook", "it unpacks to more than 1 GiB", "import it in parts")
            content = b""
        with warnings.catch_warnings():  # of what a workbook has that is not read, such as lists
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(content), data_only=not with_formulas)
    except (InvalidFileException, KeyError, OSError, ValueError, zipfile.BadZipFile):
        raise row_refusal(name, 1, words) from None


def _check_formulas(content: bytes, sheets: Iterable[Any], name: str) -> None:
    """Refuse formulas that no program has worked out yet: their cells would seem to be empty.

    Raises: ``FaultyRows`` with each of the first sheet that has any.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        texts = (parts.read(x) for x in parts.namelist() if x.startswith("xl/worksheets/"))
        if not any(re.search(rb"<f[ >/]", each) for each in texts):
            return  # which spares most workbooks to be read twice
    formulas = _workbook(content, name, with_formulas=True)
    for sheet in sheets:
        faults = [
            cell_fault(name, cell.row, NO_RESULT, cell.column)
            for cell in chain.from_iterable(formulas[sheet.title].iter_rows())
            if cell.data_type == "f" and sheet.cell(cell.row, cell.column).value is None
        ]
        if faults:
            raise FaultyRows(name, faults)


def _rows(sheet: Any) -> Iterator[Row]:
    """Yield the rows of a sheet; a cell that goes over several rows is in each of them."""
    below: dict[tuple[int, int], str] = {}
    for area in sheet.merged_cells.ranges:
        if area.min_col == area.max_col:
            text = cell_value_text(sheet.cell(area.min_row, area.min_col))
            below |= {(at, area.min_col): text for at in range(area.min_row + 1, area.max_row + 1)}
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        texts = [cell_value_text(cell) for cell in cells]
        if below:
            texts = [below.get((number, at), text) for at, text in enumerate(texts, start=1)]
        yield Row(number, texts)
