"""A form as a workbook: what is asked on the first sheet, and a row for each answer.

What is told is grey and locked, what is asked is open.  Nothing in it is a formula.
"""

from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pledges.cell_width import filled_lines
from pledges.cell_width import width as cell_width
from pledges.clean import clean, guarded
from pledges.domain.answers import ANSWERS, FIRST_SHEET, STATES, ToldState
from pledges.domain.pledge import LARGEST
from pledges.errors import CannotWrite
from pledges.render.xlsx import MOST_ROWS, fill, lay_out, workbook_bytes
from pledges.view.answer import Blank, Form, FormColumn, Grid, columns_of

DARK, LIGHT = "FF1F3864", "FFFFFFFF"
HEAD: Final = PatternFill("solid", fgColor=DARK)
GREY: Final = PatternFill("solid", fgColor="FFF2F2F2")
WHITE: Final = PatternFill("solid", fgColor=LIGHT)
LINE: Final = Side("thin", color="FFBFBFBF")
BOX: Final = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
FONT: Final = "Calibri"
PLAIN, BOLD = Font(FONT, 11), Font(FONT, 11, bold=True)
TITLE, HEADING = Font(FONT, 16, bold=True, color=DARK), Font(FONT, 11, bold=True, color=LIGHT)
WRAPPED, DAY = Alignment("general", "top", wrap_text=True), Alignment("left", "top")
UNLOCKED: Final = Protection(locked=False)
LABEL_WIDTH, TEXT_WIDTH = 18, 84  # of the columns of the first sheet, in characters
LINE_HEIGHT: Final = 15.5  # in points
FIRST_DAY: Final = "61"  # 1900-03-01, from which on all spreadsheets count alike
LEAST_LINES: Final = 2  # there has to be room to write in
HEADINGS_ROW: Final = 2  # below the band that says which columns tell and which ask


def form_bytes(form: Form) -> bytes:
    """The workbook of a form."""
    if len(form.rows) + HEADINGS_ROW > MOST_ROWS:
        raise CannotWrite(f"a sheet has at most {MOST_ROWS:,} rows", "use filters")
    book = Workbook()
    book.remove(book.worksheets[0])
    _draw_first_sheet(book.create_sheet(FIRST_SHEET), form)
    _draw_answers(book.create_sheet(ANSWERS), form)
    states = book.create_sheet(STATES)
    fill(states, Grid(STATES, columns_of(ToldState), form.states))
    states.sheet_state = "hidden"
    for each in book.worksheets:
        each.protection.sheet = True  # without a password: against slips alone
        each.protection.formatColumns = each.protection.formatRows = False  # which is allowed
    return workbook_bytes(book)


def _draw_first_sheet(sheet: Worksheet, form: Form) -> None:
    """Write what is asked, the fields to fill in, and how to answer."""
    for letter, width in zip("AB", (LABEL_WIDTH, TEXT_WIDTH), strict=True):
        sheet.column_dimensions[letter].width = width
    _put(sheet, 1, 2, form.title).font = TITLE
    for row, text in enumerate(form.lead, start=3):
        _write_line(sheet, row, text)
    for row, (label, blank) in enumerate(form.fields.items(), start=sheet.max_row + 2):
        _put(sheet, row, 1, label).font = BOLD
        _open(sheet, row, 2, blank)
        _limit(sheet, FormColumn(label, TEXT_WIDTH, blank), f"B{row}")
        sheet.row_dimensions[row].height = LINE_HEIGHT * LEAST_LINES
    for number, (row, text) in enumerate(enumerate(form.steps, sheet.max_row + 2), start=1):
        _put(sheet, row, 1, f"{number}.").alignment = Alignment(horizontal="right", vertical="top")
        _write_line(sheet, row, text)
    sheet.sheet_view.showGridLines = False
    sheet.print_area = f"A1:B{sheet.max_row}"
    lay_out(sheet, "portrait")


def _write_line(sheet: Worksheet, row: int, text: str) -> None:
    """Write a text of the first sheet, in a row of its height."""
    _put(sheet, row, 2, text)
    sheet.row_dimensions[row].height = LINE_HEIGHT * _lines(text, TEXT_WIDTH)


def _draw_answers(sheet: Worksheet, form: Form) -> None:
    """Write a row for each pledge, below headings that stay in sight.

    It has what is told of the pledge, and open cells for its answer.
    """
    first, last = HEADINGS_ROW + 1, HEADINGS_ROW + len(form.rows)
    first_open = next(at for at, each in enumerate(form.columns, start=1) if each.blank)
    bands = {1: "What we know (grey)", first_open: "Your answer (white)"}
    for at, each in enumerate(form.columns, start=1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = each.width
        _limit(sheet, each, f"{letter}{first}:{letter}{last}")
        for row, text in ((1, bands.get(at)), (HEADINGS_ROW, each.heading)):
            head = _put(sheet, row, at, text)
            head.font, head.fill = HEADING, HEAD
            head.alignment = Alignment(vertical="center")
    for number, pledge in enumerate(form.rows, start=first):
        told = [*pledge.told, *[""] * (len(form.columns) - len(pledge.told))]
        cells = [*zip(form.columns, told, strict=True)]
        for at, (column, text) in enumerate(cells, start=1):
            if column.blank and column.heading not in pledge.closed:
                _open(sheet, number, at, column.blank)
            else:
                cell = _put(sheet, number, at, text)
                cell.fill, cell.border = GREY, BOX
        lines = max(_lines(text, column.width) for column, text in cells)
        sheet.row_dimensions[number].height = LINE_HEIGHT * max(lines, LEAST_LINES)
    sheet.freeze_panes = f"C{first}"
    sheet.print_title_rows = f"1:{HEADINGS_ROW}"
    lay_out(sheet, "landscape")


def _put(sheet: Worksheet, row: int, column: int, text: str | None) -> Any:  # noqa: ANN401  (openpyxl)
    """A cell with a text, whatever it looks like: it is no formula."""
    cell: Any = sheet.cell(row, column)
    cell.alignment, cell.font = WRAPPED, PLAIN
    if text:
        shown = "\n".join(map(clean, text.split("\n")))
        cell.value, cell.data_type = shown, "s"
        cell.quotePrefix = guarded(shown) != shown
    return cell


def _lines(text: str, width: int) -> int:
    """The lines that a text takes in a column.

    Spreadsheets don't look for themselves how high a row must be that they have not written.
    """
    parts = (filled_lines(part.split(), width - 1) for part in text.split("\n"))
    return sum(max(sum(-(-cell_width(x) // width) for x in part), 1) for part in parts)


def _open(sheet: Worksheet, row: int, column: int, blank: Blank) -> None:
    """Make a cell one to fill in."""
    cell = _put(sheet, row, column, None)
    cell.fill, cell.border, cell.protection = WHITE, BOX, UNLOCKED
    if blank is Blank.DAY:
        cell.number_format = "yyyy-mm-dd"
        cell.alignment = DAY


def _limit(sheet: Worksheet, column: FormColumn, cells: str) -> None:
    """Let cells take only what their column is for; a text may be any."""
    if column.choices:
        choice = DataValidation("list", formula1=f'"{",".join(column.choices)}"')
        message = f"Choose one of {', '.join(column.choices)}."
    elif column.blank is Blank.NUMBER:
        least, most = str(-LARGEST), str(LARGEST)
        choice = DataValidation("decimal", formula1=least, formula2=most, operator="between")
        message = "Give a number alone, such as 21 or 21.5."
    elif column.blank is Blank.DAY:
        choice = DataValidation("date", formula1=FIRST_DAY, operator="greaterThanOrEqual")
        message = "Give a day, such as 2026-12-31."
    else:
        return
    choice.allow_blank = choice.showErrorMessage = True
    choice.errorTitle, choice.error = column.heading, message
    choice.add(cells)
    sheet.add_data_validation(choice)
