"""JSON: one document, indented, the same bytes for the same ledger and as-of date."""

import msgspec

from pledges.clean import safe_json
from pledges.domain.day import Interval, Period
from pledges.render import Canvas
from pledges.view.page import Answer


def render(answer: Answer, _: Canvas) -> str:
    """The document as JSON."""
    encoded = msgspec.json.encode(answer.document(), enc_hook=plain)
    return safe_json(msgspec.json.format(encoded, indent=2).decode()) + "\n"


def plain(value: object) -> str:
    """A period or an interval by its name."""
    if isinstance(value, Period):
        return value.name
    if isinstance(value, Interval):
        return str(value)
    raise NotImplementedError(type(value))
