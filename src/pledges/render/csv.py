"""CSV (RFC 4180) and TSV: the right columns in any spreadsheet, and no formula is run."""

import csv
import io
from collections.abc import Iterator

from pledges.clean import clean, guarded
from pledges.domain.fields import script_value
from pledges.render import Canvas
from pledges.view.answer import Answer, Plain


def render_csv(answer: Answer, _: Canvas) -> str:
    """The rows as CSV, with a head."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(answer.columns)
    writer.writerows(csv_rows(answer))
    return out.getvalue()


def render_tsv(answer: Answer, _: Canvas) -> str:
    """The rows with tabs between, with a head; tabs and line ends inside a value are cleaned."""
    lines = ["\t".join(answer.columns)]
    for row in csv_rows(answer):
        # A cell that begins with a quote is quoted, else readers would drop it.
        quoted = ('"' + x.replace('"', '""') + '"' if x.startswith('"') else x for x in row)
        lines.append("\t".join(quoted))
    return "".join(f"{line}\n" for line in lines)


def csv_rows(answer: Answer) -> Iterator[list[str]]:
    """The cells of each row, in the order of the columns."""
    columns = list(answer.columns.values())
    return ([csv_cell(script_value(column(row))) for column in columns] for row in answer.rows)


def csv_cell(value: Plain) -> str:
    """A value as a spreadsheet should take it: no text is run as a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, int | float):
        return "" if value is None else str(value)
    return guarded(clean(value))
