"""TSV: tab-separated, one record a line, for ``cut`` and ``awk``."""

from pledges.render import Canvas
from pledges.render.csv import cell
from pledges.view.page import Answer, Plain


def render(answer: Answer, _: Canvas) -> str:
    """The grid with tabs between, with a head; tabs and line ends inside a value are cleaned."""
    grid = answer.grid()
    rows = [grid.names, *([_cell(value) for value in row] for row in grid.rows)]
    return "".join("\t".join(row) + "\n" for row in rows)


def _cell(value: Plain) -> str:
    """A value as in CSV; one that begins with a quote is quoted, else readers would drop it."""
    text = cell(value)
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if text.startswith('"') else text
