"""A page of the manual as a man page, in roff with the macros of man(7)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pledges.cell_width import filled_lines
from pledges.clean import clean
from pledges.render.text import words
from pledges.view.page import Block, Bullets, Code, Definitions, Page, Paragraph, line
from pledges.view.wording.values import sentence

WIDEST_SOURCE: Final = 78  # letters of a line of the source
SIGNS: Final = str.maketrans(
    {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"}
)
"""The signs that roff would show as others."""
DAY: Final = "2026-11-28"  # of the text: a man page without one is faulty


def man_text(page: Page, name: str, section: int, see_also: Sequence[str] = ()) -> str:
    """The source of the man page of a name: its usage, if it has one, is its synopsis.

    ``see_also`` are other man pages, such as ``pledges-list(1)``.
    """
    usage = page.title.removeprefix("Usage: ") if page.caption else ""
    about = (page.caption or page.title).removesuffix(".")
    lines = [
        f'.TH "{name.upper()}" {section} "{DAY}" "pledges" "pledges manual"',
        *(".nh", ".ad l"),  # words and commands stay whole, and lines are not stretched
        *(".SH NAME", f"{_escaped(name)} \\- {_escaped(about)}"),
        *([".SH SYNOPSIS", f".B {_escaped(usage)}"] if usage else []),
    ]
    if page.lead:
        lines += [".SH DESCRIPTION", *_blocks(map(Paragraph, page.lead))]
    for each in page.sections:
        # What is in brackets is a table of the ledger, by its own name.
        title = each.title if each.title.startswith("[") else each.title.upper()
        said = [Paragraph(line(sentence(each.summary)))] if each.summary else []
        lines += [f'.SH "{_escaped(title or "DESCRIPTION")}"', *_blocks([*said, *each.blocks])]
    if see_also:
        names = [re.sub(r"(.*)(\(\d\))", r".BR \1 \2", _escaped(each)) for each in see_also]
        lines += [".SH SEE ALSO", *(f"{each} ," for each in names[:-1]), names[-1]]
    return "".join(f"{each}\n" for each in lines)


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for number, block in enumerate(blocks):
        match block:
            case Definitions():
                for name, meaning in block.pairs:
                    yield from (".TP", f"\\fB{_escaped(name)}\\fR", *_filled(meaning))
            case Bullets():
                for item in block.items:
                    yield from (".IP \\(bu 2", *_filled(words(item)))
            case Code():
                yield from ([".PP"] if number else [])
                yield from (".RS 4", ".nf", *map(_line, block.lines), ".fi", ".RE")
            case Paragraph():
                yield from ([".PP"] if number else [])
                yield from _filled(words(block.line))


def _filled(text: str) -> Iterator[str]:
    yield from map(_line, filled_lines(clean(text).split(), WIDEST_SOURCE))


def _line(text: str) -> str:
    """A line of text, which no sign at its beginning makes a request."""
    escaped = _escaped(text)
    return f"\\&{escaped}" if escaped.startswith(".") else escaped


def _escaped(text: str) -> str:
    return clean(text).translate(SIGNS)
