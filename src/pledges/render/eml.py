"""A draft that opens in a mail program: the text and the HTML, each equal to its own output."""

import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from email.message import EmailMessage
from email.parser import HeaderParser
from email.policy import SMTP
from hashlib import sha256
from typing import Final

from pledges.cell_width import filled_lines, letter_pieces, pieces
from pledges.clean import clean, tidy
from pledges.errors import WrongUse
from pledges.render import Canvas
from pledges.render.html import html_text
from pledges.render.mail_size import MOST_BYTES, fitted, html_fits
from pledges.render.text import mail_lines
from pledges.view.answer import Answer, Form
from pledges.view.page import Page, Subject
from pledges.view.wording.values import beginning

RESULT_WITHIN: Final = 70
"""The characters of a subject in which its result must stand: a list of mails shows no more."""
SHORTEST_NAME: Final = 20  # the characters of a name that are shown in any case
LONGEST_SUBJECT: Final = 100
LONGEST_WORD: Final = 60
LONGEST_LINE: Final = 76
LONGEST_PIECE: Final = 70
"""The characters of an address, and of a word of a name: a raw line has 78."""
MOST_BYTES_OF_WORD: Final = 39
"""Of a text in one encoded word: with its marks it fits after any header's name."""

XLSX_TYPE: Final = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")

ADDRESS_HINT: Final = (
    'give one address, for example desk@example.org or "Trade Desk <desk@example.org>"'
)
_GIVEN: Final = re.compile(r'(?:"?(?P<name>[^<>"\\]*?)"?\s*<(?P<bare>[^<>\s]+)>|(?P<alone>\S+))')
_ATOM: Final = r"[\w!#$%&'*+/?^`{|}~=-]+"
_BARE: Final = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@[a-zA-Z\d-]+(?:\.[a-zA-Z\d-]+)*", re.ASCII)


def render_eml(answer: Answer, _: Canvas) -> str:
    """The page as a draft, in lines that end as mail's do; a form is attached to it.

    Raises: ``WrongUse`` if it can't be addressed as was asked.
    """
    page = answer.page().for_pasting
    subject = page.subject or Subject(page.title or page.caption)
    headers: dict[str, Iterable[str]] = {"X-Unsent": "1", "Subject": encoded(subject_line(subject))}
    for name, given in (("To", answer.envelope.to), ("Cc", answer.envelope.cc)):
        if given:
            headers[name] = addresses(given, f"--{name.lower()}")
    own = {}
    for name, words in headers.items():
        lines = filled_lines(words, LONGEST_LINE, f"{name}: ", " ", len)
        own[name] = "".join(f"{each.rstrip()}\r\n" for each in lines)
    shown = fitted(page, lambda x: html_fits(html_text(x)) and len(_draft(x, own)) <= MOST_BYTES)
    return _draft(shown, own, answer.form() if answer.form else None)


def _draft(page: Page, own: dict[str, str], form: Form | None = None) -> str:
    """A draft with headers of its own and the two looks of a page, and a form as a file."""
    plain, marked = "".join(f"{line}\n" for line in mail_lines(page)), html_text(page)
    draft = EmailMessage(policy=SMTP)
    draft.set_content(plain, cte="quoted-printable")
    draft.add_alternative(marked, subtype="html", cte="quoted-printable")
    mark = sha256((plain + marked).encode()).hexdigest()[:40]
    draft.set_boundary(f"=_{mark}")
    if form:
        from pledges.render.form_workbook import form_bytes  # noqa: PLC0415  (it takes a while)

        draft.add_attachment(form_bytes(form), *XLSX_TYPE, filename=form.file)
        draft.set_boundary(f"=_form_{mark}")  # that of the two looks stays
    written = "".join(own.values()) + draft.as_bytes().decode("ascii")
    check_headers(written, [*own, *draft.keys()])
    return written


def subject_line(given: Subject) -> str:
    """A subject of at most 100 characters; the name gives way, so that the result is seen."""
    name, result, day = _plain(given.name), _plain(given.result), _plain(given.day)
    if not result:
        return beginning(name, LONGEST_SUBJECT)
    room = max(SHORTEST_NAME, RESULT_WITHIN - len(f", {day}: {result}"))
    return beginning(f"{beginning(name, room)}, {day}: {result}", LONGEST_SUBJECT)


def _plain(given: str) -> str:
    """Text in which no header can hide: mail programs decode what looks like an encoded word.

    A word without an end is parted: it would make a line that is too long.
    """
    words = tidy(given).replace("=?", "= ?").split()
    return " ".join(piece for word in words for piece in letter_pieces(word, LONGEST_WORD))


def check_headers(written: str, names: list[str]) -> None:
    """See that what was written has the headers that were meant, and no other.

    Raises: ``WrongUse`` where it has not.
    """
    if HeaderParser(policy=SMTP).parsestr(written).keys() != names:
        said = "the subject or address contains a line break or control character"
        raise WrongUse(said, "delete it")


def encoded(text: str) -> Sequence[str]:
    """A text as the words of a header: as they are, or as RFC 2047 writes what is beyond ASCII."""
    if text.isascii():
        return text.split()
    parts = pieces(text, MOST_BYTES_OF_WORD, lambda part: len(part.encode()))
    return [f"=?utf-8?b?{b64encode(part.encode()).decode()}?=" for part in parts]


def addresses(given: Sequence[str], option: str) -> Iterator[str]:
    """The words of a header that names all of ``given``; names are in quotes if a mark needs them.

    Raises: ``WrongUse`` for what is no address, or is more than one.
    """
    for at, text in enumerate(given, 1):
        composed = re.sub(" {2,}", " ", unicodedata.normalize("NFC", text)).strip()
        found = _GIVEN.fullmatch(composed)
        bare = (found["bare"] or found["alone"]) if found else ""
        is_long = max(map(len, composed.replace("<", " ").split()), default=0) > LONGEST_PIECE
        is_odd = "=?" in composed or tidy(composed) != composed
        if not found or not _BARE.fullmatch(bare) or is_long or is_odd:
            raise WrongUse(f"{option} {clean(text)!r} is not an email address", ADDRESS_HINT)
        if name := found["name"]:
            is_plain = not name.isascii() or re.fullmatch(rf"(?:{_ATOM} ?)+", name, re.ASCII)
            yield from encoded(name if is_plain else f'"{name}"')
        address = f"<{bare}>" if name else bare
        yield address if at == len(given) else f"{address},"
