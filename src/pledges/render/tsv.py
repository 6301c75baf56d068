"""TSV: tab-separated, one record a line, for ``cut`` and ``awk``."""

from pledges.render import Canvas
from pledges.render.csv import cell
from pledges.view.page import Answer, Plain


def render(answer: Answer, _: Canvas) -> str:
    """The grid with tabs between, with a head; tabs and line ends inside a value are escaped."""
    grid = answer.grid()
    rows = [grid.names, *([_cell(value) for value in row] for row in grid.rows)]
    return "".join("\t".join(row) + "\n" for row in rows)


def _cell(value: Plain) -> str:
    """A value as in CSV; a quote before it is escaped, since a spreadsheet would take it away."""
    text = cell(value)
    return f"\\x22{text[1:]}" if text.startswith('"') else text
