"""CSV (RFC 4180) that opens in any spreadsheet with the right columns and runs no formula."""

import csv
import io
import re

from pledges.clean import clean
from pledges.render import Canvas
from pledges.view.page import Answer, Plain


def render(answer: Answer, _: Canvas) -> str:
    """The grid as CSV, with a head."""
    grid, out = answer.grid(), io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(grid.names)
    writer.writerows([cell(value) for value in row] for row in grid.rows)
    return out.getvalue()


def cell(value: Plain) -> str:
    """A value as a spreadsheet should take it.

    A text that would be run as a formula gets an apostrophe before it, and so does one that begins
    with apostrophes before such a sign: taking one away gives the text back.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, int | float):
        return "" if value is None else str(value)
    text = clean(value)
    return f"'{text}" if re.match(r"'*[=+\-@]", text) else text
