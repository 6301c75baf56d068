"""The options of a draft: to whom it is addressed, and its subject."""

from typing import Annotated, Final

from msgspec import Struct

from pledges.clean import tidy
from pledges.commands._options import Word, Words, option
from pledges.errors import WrongUse
from pledges.render import Format
from pledges.view.answer import Envelope
from pledges.view.wording.values import be, enumeration

DRAFT: Final = "A draft, with --format eml"


class Draft(Struct, frozen=True):
    """The options of the commands that write a draft for somebody."""

    subject: Annotated[
        Word, option("TEXT", "The subject of the draft, instead of the usual one.", DRAFT)
    ] = None
    to: Annotated[Words, option("ADDRESS", "A recipient of the draft; repeatable.", DRAFT)] = None
    cc: Annotated[Words, option("ADDRESS", "A recipient of a copy; repeatable.", DRAFT)] = None

    @property
    def envelope(self) -> Envelope:
        """To whom it is addressed."""
        return Envelope(tuple(self.to or ()), tuple(self.cc or ()))

    @property
    def said_subject(self) -> str | None:
        """The subject that was given."""
        return said_text(self.subject)

    def check(self, form: Format) -> None:
        """Refuse its options with other formats, before anything is read."""
        given = {"--subject": self.subject, "--to": self.to, "--cc": self.cc}
        if form is not Format.EML and (names := [name for name, to in given.items() if to]):
            message = f"{enumeration(names)} {be(len(names))} only for drafts, not {form}"
            raise WrongUse(message, "add --format eml")


def said_text(text: str | None) -> str | None:
    """A text of the command line; None if it has no visible characters."""
    return text if text and tidy(text).strip() else None
