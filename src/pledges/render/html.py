"""A page as HTML: for a browser, and for pasting into a mail."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape
from typing import Final

from pledges.clean import JOINT, clean, is_plain_url, tidy
from pledges.render import Canvas
from pledges.render import html_elements as elements
from pledges.render.html_elements import element, font, margins, text_html, toned_html
from pledges.render.layout import (
    PADDING,
    Place,
    is_word,
    narrow_text,
    phone_places,
    tables_by_columns,
    widths_of_shares,
)
from pledges.render.mail_size import fitted, html_fits
from pledges.render.timeline.strips import strips
from pledges.view.answer import Answer
from pledges.view.page import (
    PART_GAP,
    Block,
    Bullets,
    Cell,
    Code,
    Column,
    Entries,
    Entry,
    Figure,
    Figures,
    Line,
    Page,
    Paragraph,
    Run,
    Section,
    Table,
    Tone,
    bold,
    line,
    more,
)
from pledges.view.wording.values import capital, whole_percents

HEADINGS: Final = {
    2: f"{font(18, 24, weight='bold')}{margins(28, 8)}",
    3: f"{font(15, 22, weight='bold')}{margins(16, 4)}",
}
TITLE: Final = f"{font(22, 28, elements.BAND_INK, 'bold')}{margins(0, 4)}"
CAPTION: Final = f"{font(15, 22, elements.BAND_INK)}{margins(0, 0)}"
BAND: Final = f"{CAPTION[: -len(margins(0, 0))]}background-color:{elements.BAND};"
PARAGRAPH: Final = f"{font(16, 24)}{margins(0, 8)}"
MUTED: Final = f"{font(14, 20, elements.INKS[Tone.MUTED])}{margins(0, 8)}"
LIST: Final = f"{elements.TEXT}{margins(0, 8)}"
ITEM: Final = f"{elements.TEXT}margin-bottom:4px;"
CODE: Final = f"font-family:monospace;font-size:14px;white-space:pre-wrap;{margins(0, 8)}"
SOURCE: Final = f"font-size:14px;color:{elements.INKS[Tone.MUTED]};"
CELL: Final = f"{elements.SMALL}border-bottom:1px solid {elements.RULE};"
HEAD: Final = f"{CELL}font-weight:bold;background-color:{elements.HEAD};"
SHORT_CELL: Final = 24  # the letters of a cell that has no line of its own if it is below others
GAP: Final = '<td width="8"></td>'


def render_html(answer: Answer, _: Canvas) -> str:
    """The page as HTML, as much as a mail has room for."""
    page = answer.page().for_pasting
    return html_text(fitted(page, lambda shorter: html_fits(html_text(shorter))))


def html_text(page: Page) -> str:
    """A page as HTML, whole."""
    return HtmlPage(page).document()


class HtmlPage:
    """The HTML of a page; its tables of the same columns are laid out together."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.plain = partial(tidy if page.is_mail else clean, joint=JOINT)
        self.drawing = strips(page)
        self.layouts: Mapping[tuple[Column, ...], Sequence[Place]] = {
            columns: phone_places(tables) for columns, tables in tables_by_columns(page).items()
        }

    def document(self) -> str:
        """The whole page."""
        title = self.plain(self.page.title or self.page.caption.removesuffix(".") or "pledges")
        return elements.document(title, self.parts(title))

    def parts(self, title: str) -> Iterator[str]:
        """The parts of the page, from its title to its notes."""
        page = self.page
        head = element("h1", text_html(title), style=TITLE)
        if page.title and page.caption:
            head += element("p", self.text(page.caption), style=CAPTION)
        cell = element("td", head, bgcolor=elements.BAND, style=BAND)
        yield elements.layout_table([cell], padding=16, style="margin-bottom:16px;")
        yield from map(self.paragraph, page.lead)
        for section in page.sections:
            yield from self.section(section)
        if page.is_mail:
            yield f'<hr style="border-top:1px solid {elements.RULE};">'
        yield from (self.paragraph(note, MUTED) for note in page.notes)
        if self.drawing:
            yield self.drawing.legend()

    def section(self, section: Section) -> Iterator[str]:
        """A section under its heading."""
        if section.title:
            title = text_html(self.plain(section.title))
            yield element(f"h{section.level}", title, style=HEADINGS[section.level])
        if section.summary:
            yield self.paragraph(line(section.summary), MUTED)
        for block in section.blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[str]:
        """A table, a list or a paragraph."""
        match block:
            case Table():
                drawing = self.drawing if block.calendar else None
                yield from drawing.table(block) if drawing else [self.table(block)]
            case Figures():
                yield self.figures(block)
            case Entries():
                yield from map(self.entry, block.items)
            case Bullets():
                items = [*block.items, *([line(more(block.left_out))] if block.left_out else [])]
                lines = [element("li", self.line(item), style=ITEM) for item in items]
                yield element("ul", "\n".join(["", *lines, ""]), style=LIST)
            case Code():
                text = "\n".join(map(self.plain, block.lines))
                yield element("pre", elements.marked_html(text), style=CODE)
            case Paragraph():
                yield self.paragraph(block.line, MUTED if block.is_muted else PARAGRAPH)
        if isinstance(block, Table | Entries) and block.left_out:
            yield self.paragraph(line(more(block.left_out)), MUTED)

    def figures(self, block: Figures) -> str:
        """Figures next to each other, each in a cell with an edge of its colour."""
        share = 100 // len(block.items) - 1
        cells = (self.figure(each, f"{share}%") for each in block.items)
        row = elements.data_row([GAP.join(cells)])
        return elements.table(row, role="presentation", width="100%", style=margins(12, 8))

    def figure(self, figure: Figure, width: str) -> str:
        """A number in large type, its label, and its note."""
        ink, fill = elements.INKS[figure.tone], elements.TINTS[figure.tone]
        look = f"font-size:28px;line-height:32px;color:{ink};"
        number = element("b", self.text(figure.number), style=look)
        label = f"<b>{self.text(figure.label)}</b>"
        note = figure.note and element("span", self.text(figure.note), style=SOURCE)
        edge = f"{_edge(figure.tone)}padding:8px;"
        style = f"{font(15, 20)}background-color:{fill};{edge}"
        inner = "<br>".join(filter(None, (number, label, note)))
        return element("td", inner, width=width, bgcolor=fill, style=style)

    def entry(self, entry: Entry) -> str:
        """A pledge in a cell with an edge in the colour of its standing."""
        ink = elements.INKS[entry.phrase.tone or entry.tone]
        edge = _edge(entry.tone or entry.phrase.tone)
        phrase = element("b", self.text(capital(entry.phrase.text)), style=f"color:{ink};")
        lines = [self.line(bold(entry.name)), phrase, *map(self.line, entry.lines)]
        if entry.source:
            lines.append(element("span", self.line(entry.source), style=SOURCE))
        cell = element("td", "<br>".join(lines), style=f"{elements.TEXT}{edge}")
        return elements.layout_table([cell], padding=6, style="margin-bottom:12px;")

    def table(self, table: Table) -> str:
        """Rows under their heads, each on a line of its own."""
        places = self.layouts[tuple(table.columns)]
        rows = [elements.data_row(self.cells(table, row, places)) for row in table.rows]
        if table.has_head:
            rows.insert(0, elements.data_row(self.column_head(table, place) for place in places))
        style = "border-collapse:collapse;margin-bottom:8px;"
        return elements.table(
            "\n".join(["", *rows, ""]), padding=PADDING, style=style, width="100%"
        )

    def column_head(self, table: Table, place: Place) -> str:
        """The head of a column, which keeps as many pixels as its place needs, or its share."""
        column = table.columns[place.top]
        side, after = ("right", "&nbsp;") if column.is_number else ("left", "")
        return element(
            "th",
            self.text(column.label) + after,
            scope="col",
            width=place.least or (f"{column.share}%" if column.share else 0),
            bgcolor=elements.HEAD,
            style=f"{HEAD}text-align:{side};",
        )

    def cells(self, table: Table, row: Sequence[Cell], places: Sequence[Place]) -> Iterator[str]:
        """What each place has in a row; the first one is the head of the row."""
        for number, place in enumerate(places):
            inner = self.place_html(table, row, place)
            least = 0 if table.has_head else place.least
            column = table.columns[place.top]
            if number == 0:
                weight = "normal" if column.is_main else "bold"
                style = f"{CELL}font-weight:{weight};text-align:left;"
                yield element("th", inner, scope="row", width=least, style=style)
            elif column.is_number:  # some programs drop the padding
                yield element("td", f"{inner}&nbsp;", width=least, style=f"{CELL}text-align:right;")
            else:
                yield element("td", inner, width=least, style=CELL)

    def place_html(self, table: Table, row: Sequence[Cell], place: Place) -> str:
        """The cells of one row that share a place, then their bars.

        A column is named if it is below a title, or below one that says nothing of it.  Short
        cells share a line.
        """
        top = table.columns[place.top]
        lines: list[str] = []
        between, was_named = "", False
        for at in place.members:
            column, cell = table.columns[at], row[at]
            is_below = top.is_main or column.under != top.label
            is_named = at > place.top and is_below and not column.says_itself
            is_short = len(cell.text) <= SHORT_CELL if is_named else is_word(cell.text)
            if cell.text:
                name = f"{self.text(column.label)}:&nbsp;" if is_named else ""
                lines.append(name + self.cell_words(cell))
                if between and (is_short or not is_named) and is_named == was_named:
                    lines[-2:] = [between.join(lines[-2:])]
                between = ("&nbsp;\u00b7 " if is_named else " ") if is_short else ""
                was_named = is_named
        bars = (bar for at in place.members for bar in _bars(row[at]))
        return "".join(["<br>".join(lines), *bars])

    def cell_words(self, cell: Cell) -> str:
        """The words of a cell, line by line, or part by part with their links."""
        if cell.links:
            return PART_GAP.join(map(self.run, cell.links))
        lines = map(self.text, cell.lines or [cell.text])
        return toned_html("<br>".join(lines), cell.tone)

    def paragraph(self, runs: Line, style: str = PARAGRAPH) -> str:
        """A line of words as a paragraph."""
        return element("p", self.line(runs), style=style)

    def line(self, runs: Line) -> str:
        """The words of a line, each run in its look."""
        return "".join(map(self.run, runs))

    def run(self, run: Run) -> str:
        """Some words; a link is one if it can't be anything else."""
        inner = text_html(self.plain(run.text))
        if run.link and (self.page.is_mail or is_plain_url(run.link)):
            style = f"color:{elements.LINK};text-decoration:underline;"
            inner = element("a", inner, href=escape(self.plain(run.link)), style=style)
        toned = toned_html(inner, run.tone)
        return f"<b>{toned}</b>" if run.is_bold and run.tone is not Tone.LATE else toned

    def text(self, text: str) -> str:
        """A text of a cell, in which single words break sooner."""
        return elements.marked_html(narrow_text(self.plain(text)))


def _edge(tone: Tone | None) -> str:
    return f"border-left:4px solid {elements.INKS[tone or Tone.MUTED]};"


def _bars(cell: Cell) -> Iterator[str]:
    """The bars of a cell: the done and the open part of a whole, and all the parts of another."""
    bars: list[list[tuple[int, str]]] = []
    if cell.bar and cell.bar.done is not None:
        share = min(100, max(0, whole_percents(cell.bar.done)))
        bars.append([(share, elements.DONE), (100 - share, elements.REST)])
    if cell.stack:
        widths = widths_of_shares([share.count for share in cell.stack], 100)
        fills = [elements.FILLS[share.tone] for share in cell.stack]
        bars.append([*zip(widths, fills, strict=True)])
    for bar in bars:
        parts = (elements.fill_cell(f"{part}%", fill, height=8) for part, fill in bar if part)
        yield elements.layout_table(parts)
