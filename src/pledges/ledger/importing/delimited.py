"""CSV and TSV of any spreadsheet, as rows of texts."""

import csv
import io
import re
from collections import Counter
from itertools import count, islice
from typing import Final, TextIO

from pledges.ledger.importing.mapping import NO_MAPPING, SheetMapping
from pledges.ledger.importing.sheets import Row, Sheet, row_refusal, sheet_of_rows
from pledges.ledger.reading.find import LARGEST_FILE
from pledges.ledger.text.finding import Explanation

DELIMITERS: Final = ",;\t"
JUDGED: Final = 100
"""So many rows are looked at to see what is between the cells."""

_SEPARATOR_LINE: Final = re.compile(r'"?sep=(.)"?;*\r?\n', re.IGNORECASE)


def csv_sheet(text: str, name: str, delimiter: str | None, how: SheetMapping = NO_MAPPING) -> Sheet:
    """The sheet in a text of CSV; without a delimiter its rows show which it is.

    Raises: ``FaultyRows`` if it has no heading, or a quote that is out of place.
    """
    if named := _SEPARATOR_LINE.match(text):  # a line for Excel, which does not count it
        text, delimiter = text[named.end() :], delimiter or named[1]
    lines = io.StringIO(text, newline="")
    csv.field_size_limit(LARGEST_FILE)
    delimiter = delimiter or _delimiter(lines)
    rows: list[Row] = []
    try:
        rows.extend(map(Row, count(1), csv.reader(lines, delimiter=delimiter, strict=True)))
    except csv.Error as error:
        message = "there is something after a closing quote"
        if "unexpected end" in str(error):
            message = "the closing quote is missing"
        hint = 'write a quote inside a quoted cell twice: ""'
        raise row_refusal(name, len(rows) + 1, Explanation("quotes", message, hint)) from None
    return sheet_of_rows(rows, name, how, delimiter)


def _delimiter(lines: TextIO) -> str:
    """What is between the cells: what cuts the most of the first rows into equally many.

    One line alone would mislead: titles have none, and texts have commas.
    """
    scores = {}
    for each in DELIMITERS:
        try:
            rows = islice(csv.reader(lines, delimiter=each), JUDGED)
            widths = [len(cells) for cells in rows if cells]
        except csv.Error:
            continue
        finally:
            lines.seek(0)
        counted = Counter(width for width in widths if width > 1)
        number, width = max(((n, width) for width, n in counted.items()), default=(0, 1))
        scores[each] = (number / max(1, len(widths)), width)
    return max(scores, key=lambda each: scores[each], default=",")
