"""A draft that opens in a mail program: the text and the HTML, each equal to its own output."""

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from hashlib import sha256
from typing import Final

from pledges.errors import WrongUse
from pledges.render.paper import Envelope, html, text
from pledges.render.paper.tidy import tidy
from pledges.view.paper import Report

LONGEST_SUBJECT: Final = 100
NAMES: Final = {"X-Unsent", "Subject", "To", "Cc", "MIME-Version", "Content-Type"}
"""The headers that a draft may have."""


def render(report: Report, envelope: Envelope) -> str:
    """The report as a draft, in lines that end as mail's do.

    Raises: ``WrongUse`` where it can't be addressed as was asked.
    """
    plain, marked = text.render(report, envelope), html.render(report, envelope)
    draft = EmailMessage(policy=SMTP)
    draft["X-Unsent"] = "1"
    draft["Subject"] = subject(report.subject)
    for name, addresses in (("To", envelope.to), ("Cc", envelope.cc)):
        if addresses:
            draft[name] = ", ".join(addresses)
    draft.set_content(plain, cte="quoted-printable")
    draft.add_alternative(marked, subtype="html", cte="quoted-printable")
    draft.set_boundary(f"=_{sha256((plain + marked).encode()).hexdigest()[:40]}")
    written = draft.as_bytes()
    _check(written)
    return written.decode("ascii")


def subject(given: str) -> str:
    """A subject that no header can hide in, of at most 100 characters.

    Python's own headers decode what looks like an encoded word, with the line end in it.
    """
    plain = tidy(given).replace("=?", "= ?")
    return plain if len(plain) <= LONGEST_SUBJECT else f"{plain[: LONGEST_SUBJECT - 3].rstrip()}..."


def _check(written: bytes) -> None:
    """See that the draft has no header but its own."""
    found = BytesParser(policy=SMTP).parsebytes(written, headersonly=True)
    strange = set(found.keys()) - NAMES
    if strange or len(found.keys()) != len(set(found.keys())):
        raise WrongUse("this subject or address would make a header of its own", "use plain words")
