"""A page as HTML: for a browser, and for pasting into a mail."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

from pledges.clean import clean, is_plain_url, tidy
from pledges.render import Canvas
from pledges.render import html_elements as elements
from pledges.render.html_elements import element, text_html, toned_html
from pledges.render.layout import (
    PADDING,
    Place,
    narrow_text,
    phone_places,
    tables_by_columns,
    widths_of_shares,
)
from pledges.render.mail_size import fitted
from pledges.render.timeline.strips import strips
from pledges.view.answer import Answer
from pledges.view.page import (
    Block,
    Bullets,
    Cell,
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
    Share,
    Table,
    Tone,
    bold,
    line,
    more,
)
from pledges.view.wording.values import whole_percents

_BOLD: Final = f"{elements.FAMILY};color:{elements.INK};margin-top"
HEADINGS: Final = {
    1: f"font:bold 22px/28px {_BOLD}:0;margin-bottom:8px;",
    2: f"font:bold 18px/24px {_BOLD}:24px;margin-bottom:8px;",
    3: f"font:bold 15px/22px {_BOLD}:16px;margin-bottom:4px;",
}
PARAGRAPH: Final = f"{elements.TEXT}margin-top:0;margin-bottom:8px;"
ITEM: Final = f"{elements.TEXT}margin-bottom:4px;"
MUTED: Final = f"{elements.SMALL[:-8]}{elements.INKS[Tone.MUTED]};margin-top:0;margin-bottom:8px;"
MUTED_SPAN: Final = f"{elements.SMALL[:-8]}{elements.INKS[Tone.MUTED]};"
NUMBER: Final = f"font:bold 28px/32px {elements.FAMILY};"
CELL: Final = f"{elements.SMALL}border-bottom:1px solid {elements.RULE};vertical-align:top;"


def render_html(answer: Answer, _: Canvas) -> str:
    """The page as HTML, whole."""
    return HtmlPage(fitted(answer.page())).document()


class HtmlPage:
    """The HTML of a page; its tables of the same columns are laid out together."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.plain = tidy if page.is_mail else clean
        self.drawing = strips(page)
        # The few columns of a mail stay as they are.
        self.layouts: Mapping[tuple[Column, ...], Sequence[Place]] = {
            columns: [Place((at,)) for at in range(len(columns))]
            if page.is_mail
            else phone_places(tables)
            for columns, tables in tables_by_columns(page).items()
        }

    def document(self) -> str:
        """The whole page."""
        title = self.plain(self.page.title or self.page.caption or "pledges")
        return elements.document(title, self.parts(title))

    def parts(self, title: str) -> Iterator[str]:
        """The parts of the page, from its title to its notes."""
        page = self.page
        yield element("h1", text_html(title), style=HEADINGS[1])
        caption = [line(page.caption)] if page.title and page.caption else []
        yield from map(self.paragraph, (*caption, *page.lead))
        for section in page.sections:
            yield from self.section(section)
        if page.is_mail:
            yield f'<hr style="border-top:1px solid {elements.RULE};">'
        yield from map(self.paragraph, page.notes)
        if self.drawing:
            yield self.drawing.legend()

    def section(self, section: Section) -> Iterator[str]:
        """A section under its heading."""
        if section.title:
            title = text_html(self.plain(section.title))
            yield element(f"h{section.level}", title, style=HEADINGS[section.level])
        if section.summary:
            yield self.paragraph(line(section.summary, Tone.MUTED))
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
                if block.left_out:
                    yield self.paragraph(line(more(block.left_out), Tone.MUTED))
            case Bullets():
                items = [*map(self.line, block.items)]
                if block.left_out:
                    items.append(more(block.left_out))
                lines = [element("li", item, style=ITEM) for item in items]
                yield element("ul", "\n".join(["", *lines, ""]), style=PARAGRAPH)
            case Paragraph() if block.is_muted:
                yield element("p", self.line(block.line), style=MUTED)
            case Paragraph():
                yield self.paragraph(block.line)

    def figures(self, block: Figures) -> str:
        """Figures next to each other, each in a cell with an edge of its colour."""
        share = 100 // len(block.items) - 1
        gap = element("td", "&nbsp;", width=8, style=elements.SMALL)
        cells = (self.figure(each, f"{share}%") for each in block.items)
        inner = elements.row([gap.join(cells)])
        return elements.table(inner, padding=8, role="presentation", width="100%")

    def figure(self, figure: Figure, width: str) -> str:
        """A number in large type, its label, and its note."""
        ink = elements.INKS[figure.tone]
        fill = elements.TINTS[figure.tone]
        number = element("b", self.text(figure.number), style=f"{NUMBER}color:{ink};")
        label = f"<b>{self.text(figure.label)}</b>"
        note = toned_html(self.text(figure.note), Tone.MUTED)
        style = f"{elements.TEXT}background-color:{fill};{_edge(figure.tone)}vertical-align:top;"
        inner = "<br>".join(filter(None, (number, label, note)))
        return element("td", inner, width=width, bgcolor=fill, style=style)

    def entry(self, entry: Entry) -> str:
        """A pledge in a cell with an edge in the colour of its standing."""
        phrase = toned_html(self.text(entry.phrase.text), entry.phrase.tone or entry.tone)
        lines = [self.line(bold(entry.name)), f"<b>{phrase}</b>", *map(self.line, entry.lines)]
        if entry.source:
            lines.append(element("span", self.line(entry.source), style=MUTED_SPAN))
        style = f"{elements.TEXT}{_edge(entry.tone)}"
        inner = elements.row([element("td", "<br>".join(lines), style=style)])
        style = "margin-bottom:8px;"
        return elements.table(inner, padding=8, role="presentation", width="100%", style=style)

    def table(self, table: Table) -> str:
        """Rows under their heads, each on a line of its own."""
        places = self.layouts[tuple(table.columns)]
        rows = [elements.row(self.cells(table, row, places)) for row in table.rows]
        if table.has_head:
            tops = (table.columns[place.members[0]] for place in places)
            rows.insert(0, elements.row(map(self.column_head, tops)))
        style = "border-collapse:collapse;margin-bottom:8px;"
        inner = "\n".join(["", *rows, ""])
        if self.page.is_mail:
            return elements.table(inner, padding=6, style=style)
        return elements.table(inner, padding=PADDING, style=f"width:100%;{style}", width="100%")

    def column_head(self, column: Column) -> str:
        """The head of a column."""
        align, after = _alignment(column)
        style = f"{CELL}background-color:{elements.HEAD};text-align:{align};"
        inner = self.text(column.label) + after
        return element("th", inner, scope="col", align=align, bgcolor=elements.HEAD, style=style)

    def cells(self, table: Table, row: Sequence[Cell], places: Sequence[Place]) -> Iterator[str]:
        """What each place has in a row; the first one is the head of the row."""
        for number, place in enumerate(places):
            inner, least = self.place_html(table, row, place.members), place.least
            if number == 0:
                style = f"{CELL}text-align:left;"
                yield element("th", inner, scope="row", width=least, style=style)
            else:
                align, after = _alignment(table.columns[place.members[0]])
                style = f"{CELL}text-align:{align};"
                yield element("td", inner + after, align=align, width=least, style=style)

    def place_html(self, table: Table, row: Sequence[Cell], members: Sequence[int]) -> str:
        """The cells of one row that share a place, then their bars.

        A column is named if it is below a title, or below one that says nothing of it.
        """
        top = table.columns[members[0]]
        texts, bars = [], []
        for column, cell in ((table.columns[at], row[at]) for at in members):
            is_plain = column == top or (column.under == top.label and not top.is_main)
            name = "" if is_plain else f"{self.text(column.label)}: "
            if cell.text:
                texts.append(name + toned_html(self.text(cell.text), cell.tone))
            if cell.bar and cell.bar.done is not None:
                bars.append(_bar_html(cell.bar.done))
            if cell.stack:
                bars.append(_stack_html(cell.stack))
        return "".join(["<br>".join(texts), *bars])

    def paragraph(self, runs: Line) -> str:
        """A line of words as a paragraph."""
        return element("p", self.line(runs), style=PARAGRAPH)

    def line(self, runs: Line) -> str:
        """The words of a line, each run in its look."""
        return "".join(map(self.run, runs))

    def run(self, run: Run) -> str:
        """Some words; a link is one if it can't be anything else."""
        inner = self.text(run.text)
        if run.link and (self.page.is_mail or is_plain_url(run.link)):
            style = f"color:{elements.LINK};text-decoration:underline;"
            inner = element("a", inner, href=escape(self.plain(run.link)), style=style)
        inner = toned_html(inner, run.tone)
        return f"<b>{inner}</b>" if run.is_bold else inner

    def text(self, text: str) -> str:
        """A text of the ledger; on the narrow columns of a page single words break sooner."""
        plain = self.plain(text)
        return text_html(plain) if self.page.is_mail else elements.marked_html(narrow_text(plain))


def _alignment(column: Column) -> tuple[str, str]:
    """The side of a column's words, and a space after numbers: some programs drop the padding."""
    return ("right", "&nbsp;") if column.is_number else ("left", "")


def _edge(tone: Tone | None) -> str:
    return f"border-left:4px solid {elements.INKS[tone]};"


def _stack_html(stack: Sequence[Share]) -> str:
    """The parts of a whole as cells of one bar; an empty one is left out."""
    parts = zip(stack, widths_of_shares([share.count for share in stack], 100), strict=True)
    cells = (
        elements.fill_cell(f"{part}%", elements.FILLS[share.tone], height=8)
        for share, part in parts
        if part
    )
    return elements.table(elements.row(cells), role="presentation", width="100%")


def _bar_html(done: float) -> str:
    """The done and the open part as two cells; an empty one is left out."""
    share = min(100, max(0, whole_percents(done)))
    parts = ((share, elements.DONE), (100 - share, elements.REST))
    cells = (elements.fill_cell(f"{part}%", fill, height=8) for part, fill in parts if part)
    return elements.table(elements.row(cells), role="presentation", width="100%")
