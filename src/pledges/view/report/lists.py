"""What a report is about, and its lists of pledges, as long as there is room."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.cell_width import width
from pledges.domain.assessment import AssessedPledge
from pledges.domain.changes import Change
from pledges.domain.pledge import Ledger, is_url
from pledges.domain.snapshot import Snapshot
from pledges.view.page import Block, Bullets, Line, Paragraph, Run, Section, Table, more
from pledges.view.wording.values import excerpt

MOST_SHOWN: Final = 10  # the items of a list that are shown; the others are counted

LONGEST_ITEM: Final = 900
"""The characters of what is said of a pledge: two texts of the ledger, and our words."""

MOST_WORDS: Final = 150
MOST_LINES: Final = 25
LONGEST_WORD: Final = 12
CELLS: Final = 72 - LONGEST_WORD
"""What of a line of text is filled at least, if no word in it is longer."""

FEW_WORDS: Final = 10  # of a title, and of what is said of it, if there is no room for more

LONGEST_TITLE: Final = 80
SHORT_TITLE: Final = 40
SHORT_REST: Final = 80
"""The characters of a title, and of what is said of it, if there is little room."""


class Matter(Struct, frozen=True, kw_only=True):
    """What a report is about, and what was asked of it.

    ``choice`` says how its pledges were chosen; ``before`` are they on the day of the last report.
    """

    now: Snapshot
    pledges: Sequence[AssessedPledge]
    choice: str = ""
    before: Snapshot | None = None
    changes: Sequence[Change] = ()
    within_days: int
    next_on: dt.date | None = None
    title: str | None = None
    subject: str | None = None
    is_brief: bool = False
    is_full: bool = False

    @property
    def ledger(self) -> Ledger:
        """The ledger as it was known on the day of the report."""
        return self.now.ledger


def pledge_item(each: AssessedPledge, text: str, ledger: Ledger) -> Line:
    """A pledge by its id and title, with a link to its source, then what there is to say of it."""
    key = each.pledge.source[0] if each.pledge.source else ""
    source = ledger.sources.get(key)
    url = source.url if source else key if is_url(key) else None
    name = Run(f"{each.pledge.id} {excerpt(each.pledge.title)}", is_bold=True, link=url)
    return (name, Run(f": {excerpt(text, LONGEST_ITEM)}" if text else ""))


def shortlist(items: Sequence[Line], most: int = MOST_SHOWN) -> Bullets:
    """A list of at most so many items."""
    return Bullets(items[:most], left_out=max(0, len(items) - most))


def list_section(
    title: str, items: Sequence[Line], most: int = MOST_SHOWN, *, level: int = 2
) -> Iterator[Section]:
    """A list under its title and number, unless it is empty."""
    if items:
        yield Section(f"{title} ({len(items):,})", blocks=[shortlist(items, most)], level=level)


def fitting_list(title: str, items: Sequence[Line], above: Sequence[Section]) -> Bullets:
    """A list of what fits below ``above`` in a section of that title; one item is in any case."""
    blocks = [block for section in above for block in section.blocks]
    heads = [title, *(section.title for section in above)]
    lines, words = _size([*heads, *chain(*map(_block_texts, blocks))])
    room = MOST_LINES - lines - len(above), MOST_WORDS - words  # a blank line between sections
    shorter = [_shortened(item, LONGEST_TITLE) for item in items]
    lengths = range(min(len(items), MOST_SHOWN), 0, -1)
    for candidate in (shortlist(items), *(shortlist(shorter, most) for most in lengths)):
        lines, words = _size(_block_texts(candidate))
        if lines <= room[0] and words <= room[1]:
            return candidate
    short = _shortened(items[0], SHORT_TITLE, SHORT_REST)
    return Bullets([[replace(x, text=_few_words(x.text)) for x in short]], left_out=len(items) - 1)


def _shortened(item: Line, title: int, rest: int = LONGEST_ITEM) -> Line:
    return [replace(run, text=excerpt(run.text, title if run.is_bold else rest)) for run in item]


def _few_words(text: str) -> str:
    words = text.split()
    return text if len(words) <= FEW_WORDS else f"{' '.join(words[:FEW_WORDS])}..."


def _block_texts(block: Block) -> Iterator[str]:
    """What is on the page, a paragraph or an item at a time."""
    if isinstance(block, Paragraph):
        yield "".join(run.text for run in block.line)
        return
    if not isinstance(block, Table | Bullets):
        return
    for line in block.lines if isinstance(block, Table) else block.items:
        yield "- " + "".join(run.text for run in line)
    if isinstance(block, Bullets) and block.left_out:
        yield f"- {more(block.left_out)}"


def _size(texts: Iterable[str]) -> tuple[int, int]:
    """How many lines some texts take at most, and how many words."""
    # A word that is longer than most may leave as much of a line empty.
    lines = words = 0
    for text in texts:
        cells = [width(word) for word in text.split()]
        empty = sum(min(each - LONGEST_WORD, CELLS) for each in cells if each > LONGEST_WORD)
        lines += -(-(width(text) + empty) // CELLS)
        words += len(cells)
    return lines, words
