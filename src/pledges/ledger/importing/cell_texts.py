"""The text of a cell, in one form, its parts, and how one is quoted that does not fit."""

import datetime as dt
import unicodedata
from typing import Any, Final

from pledges.ledger.text.finding import Explanation

FAILED_FORMULAS: Final = (
    *("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"),
)
"""What a spreadsheet shows in the place of a result."""

LONGEST_QUOTE: Final = 40  # characters of a cell that are quoted at most


class Misread(Exception):
    """A cell whose value does not fit its column."""

    def __init__(self, code: str, message: str, hint: str | None) -> None:
        super().__init__(message)
        self.words = Explanation(code, message, hint)


def cell_value_text(cell: Any) -> str:
    """A cell of a workbook as a text: a date by its ISO day, a percentage with its sign."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%Y-%m-%d") if value.year >= 1000 else str(value)[:10]  # noqa: PLR2004
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        if "%" in (cell.number_format or ""):
            return f"{round(value * 100, 9):.15g}%"
        return str(value) if isinstance(value, int) else f"{value:.15g}"
    return str(value)


def cell_text(cell: Any) -> str:
    """A cell of a sheet as it is in the file; of a list of JSON its texts."""
    if isinstance(cell, list):
        return "; ".join(map(cell_text, cell))
    if isinstance(cell, bool):
        return str(cell).lower()
    return "" if cell is None else plain_text(str(cell))


def plain_text(text: str) -> str:
    """A text in one form: composed, with plain line ends, and without blanks around it."""
    if text.isascii() and text.isprintable():
        return text.strip()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).strip().strip("\u200b\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def text_parts(text: str, separator: str = ";") -> list[str]:
    """The parts of a text, without the blanks around them."""
    separator = separator.strip() or separator
    return [each.strip() for each in text.split(separator) if each.strip()]


def quotation(text: str) -> str:
    """A text in quotes, shortened if it is long."""
    return repr(text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 3]}...")
