"""A page as HTML: for a browser, and for pasting into a mail."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pledges.clean import clean, is_plain_url
from pledges.render import Canvas, Format, markup
from pledges.render.fit import fitted
from pledges.render.layout import (
    PADDING,
    Place,
    Stack,
    narrow_text,
    phone_stacks,
    places,
    tables_by_columns,
)
from pledges.render.tidy import tidy
from pledges.render.timeline.strips import strips
from pledges.view.answer import Answer
from pledges.view.page import (
    Block,
    Bullets,
    Cell,
    Column,
    Line,
    Page,
    Paragraph,
    Run,
    Section,
    Table,
    Tone,
    line,
    more,
)
from pledges.view.wording.values import whole_percents

LIST: Final = markup.PARAGRAPH
ITEM: Final = f"{markup.TEXT}margin-bottom:4px;"
MAIL_PADDING: Final = 6
"""The pixels around the words of a cell of a mail."""


def render_html(answer: Answer, _: Canvas) -> str:
    """The page as HTML, whole."""
    return HtmlPage(fitted(answer.page(), Format.HTML)).document()


class HtmlPage:
    """The HTML of a page; its tables of the same columns are laid out together."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.plain = tidy if page.is_mail else clean
        self.drawing = strips(page)
        self.layouts: Mapping[tuple[Column, ...], Sequence[Stack]] = {
            columns: phone_stacks(tables)
            for columns, tables in tables_by_columns(page).items()
            if not page.is_mail
        }

    def document(self) -> str:
        """The whole page."""
        title = self.plain(self.page.title or self.page.caption or "pledges")
        return markup.document(title, self.parts(title))

    def parts(self, title: str) -> Iterator[str]:
        """The parts of the page, from its title to its notes."""
        page = self.page
        yield markup.heading(title, 1)
        caption = [line(page.caption)] if page.title and page.caption else []
        yield from map(self.paragraph, (*caption, *page.lead))
        for section in page.sections:
            yield from self.section(section)
        if page.is_mail:
            yield f'<hr style="border-top:1px solid {markup.RULE};">'
        yield from map(self.paragraph, page.notes)
        if self.drawing:
            yield self.drawing.legend()

    def section(self, section: Section) -> Iterator[str]:
        """A section under its heading."""
        if section.title:
            yield markup.heading(self.plain(section.title), section.level)
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
            case Bullets():
                items = [_item(self.line(item)) for item in block.items]
                rest = [_item(more(block.left_out))] if block.left_out else []
                yield "\n".join([f'<ul style="{LIST}">', *items, *rest, "</ul>"])
            case Paragraph():
                yield self.paragraph(block.line)

    def table(self, table: Table) -> str:
        """Rows under their heads; the first cell of each row is the head of that row."""
        across = list(self.places(table))
        rows = [markup.row(self.filled(table, row, each) for each in across) for row in table.rows]
        if table.has_head:
            tops = [each.top for each in across]
            heads = (markup.column_head(self.text(top.label), _align(top)) for top in tops)
            rows.insert(0, markup.row(heads))
        if self.page.is_mail:
            return markup.data_table(rows, MAIL_PADDING)
        return markup.data_table(rows, PADDING, "100%")

    def places(self, table: Table) -> Iterator[Place]:
        """What is next to what, as a phone has room for it; the few columns of a mail stay so."""
        if not self.page.is_mail:
            yield from places(table, self.layouts[tuple(table.columns)])
            return
        for at, column in enumerate(table.columns):
            yield Place(Stack((at,), 0), column, 0, is_head=at == 0)

    def filled(self, table: Table, row: Sequence[Cell], place: Place) -> str:
        """The cells of one row that share a place, then their bars.

        A column is named if it is below a title, or below one that says nothing of it.
        """
        said = []
        for at in place.stack.members:
            column, top = table.columns[at], place.top
            is_plain = column == top or (column.under == top.label and not top.is_main)
            name = "" if is_plain else f"{self.text(column.label)}: "
            if row[at].text:
                said.append(name + markup.toned_html(self.text(row[at].text), row[at].tone))
        bars = (bar.done for at in place.stack.members if (bar := row[at].bar))
        drawn = (markup.bar(whole_percents(done)) for done in bars if done is not None)
        inner = "".join(["<br>".join(said), *drawn])
        if place.is_head:
            return markup.row_head(inner, place.least)
        return markup.cell(inner, _align(place.top), place.least)

    def paragraph(self, runs: Line) -> str:
        """A line of words as a paragraph."""
        return markup.paragraph(self.line(runs))

    def line(self, runs: Line) -> str:
        """The words of a line, each run in its look."""
        return "".join(map(self.run, runs))

    def run(self, run: Run) -> str:
        """Some words; a link is one if it can't be anything else."""
        inner = self.text(run.text)
        if run.link and (self.page.is_mail or is_plain_url(run.link)):
            inner = markup.link(inner, self.plain(run.link))
        inner = markup.toned_html(inner, run.tone)
        return f"<b>{inner}</b>" if run.is_bold else inner

    def text(self, text: str) -> str:
        """A text of the ledger; on the narrow columns of a page single words break sooner."""
        plain = self.plain(text)
        return (
            markup.text_html(plain) if self.page.is_mail else markup.marked_html(narrow_text(plain))
        )


def _item(inner: str) -> str:
    return f'<li style="{ITEM}">{inner}</li>'


def _align(column: Column) -> str:
    return "right" if column.is_number else "left"
