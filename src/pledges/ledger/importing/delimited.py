"""CSV and TSV of any spreadsheet, as rows of texts."""

import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import Final

from pledges.ledger.importing.sheets import FileLayout, Row, Sheet, row_refusal, sheet_of_rows
from pledges.ledger.reading.find import LARGEST_FILE
from pledges.ledger.text.finding import Explanation

DELIMITERS: Final = ",;\t"
JUDGED: Final = 100
"""So many rows are looked at to see what is between the cells."""

_SEPARATOR_LINE: Final = re.compile(r'"?sep=(.)"?;*\r?\n', re.IGNORECASE)


def csv_sheet(
    text: str, name: str, delimiter: str | None, layout: FileLayout | None = None
) -> Sheet:
    """The sheet in a text of CSV; without a delimiter its rows show which it is.

    Raises: ``FaultyRows`` if it has no heading, or a quote that is out of place.
    """
    if named := _SEPARATOR_LINE.match(text):  # a line for Excel, which does not count it
        text, delimiter = text[named.end() :], delimiter or named[1]
    delimiter = delimiter or _delimiter(text)
    csv.field_size_limit(LARGEST_FILE)
    rows: list[Row] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(Row(len(rows) + 1, cells))
    except csv.Error as error:
        is_open = "unexpected end" in str(error)
        message = (
            "the closing quote is missing"
            if is_open
            else "there is something after a closing quote"
        )
        hint = 'write a quote inside a quoted cell twice: ""'
        raise row_refusal(name, len(rows) + 1, Explanation("quotes", message, hint)) from None
    return sheet_of_rows(rows, name, layout or FileLayout(), delimiter)


def _delimiter(text: str) -> str:
    """What is between the cells: what cuts the most rows into equally many.

    One line alone would mislead: titles have none, and texts have commas.
    """
    csv.field_size_limit(LARGEST_FILE)
    scores = {}
    for each in DELIMITERS:
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=each)
            widths = [len(cells) for cells in islice(reader, JUDGED) if cells]
        except csv.Error:
            continue
        width, count = max(
            Counter(width for width in widths if width > 1).items(),
            key=lambda pair: (pair[1], pair[0]),
            default=(1, 0),
        )
        scores[each] = (count / max(1, len(widths)), width)
    return max(scores, key=lambda each: scores[each], default=",")
