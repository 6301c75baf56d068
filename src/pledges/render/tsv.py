"""TSV: tab-separated, one record a line, for ``cut`` and ``awk``."""

from pledges.render import Canvas
from pledges.render.csv import cell
from pledges.view.page import Answer


def render(answer: Answer, _: Canvas) -> str:
    """The grid with tabs between, with a head; tabs and line ends inside a value are escaped."""
    grid = answer.grid()
    rows = [grid.names, *([cell(value) for value in row] for row in grid.rows)]
    return "".join("\t".join(row) + "\n" for row in rows)
