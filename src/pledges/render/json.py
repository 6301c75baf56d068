"""JSON: one document, indented, or a record a line; the same bytes for the same ledger and date."""

import msgspec

from pledges.clean import safe_json
from pledges.domain.day import Interval, Period
from pledges.render import Canvas
from pledges.view.answer import Answer


def render_json(answer: Answer, _: Canvas) -> str:
    """The document as JSON."""
    return indented_json(answer.document())


def render_ndjson(answer: Answer, _: Canvas) -> str:
    """The records as JSON, a line each."""
    encoder = msgspec.json.Encoder(enc_hook=name_of)
    return safe_json(encoder.encode_lines(list(answer.document().records)).decode())


def indented_json(value: object) -> str:
    """A value as a file of JSON."""
    encoded = msgspec.json.encode(value, enc_hook=name_of)
    return safe_json(msgspec.json.format(encoded, indent=2).decode()) + "\n"


def name_of(value: object) -> str:
    """A period or an interval by its name."""
    if isinstance(value, Period):
        return value.name
    if isinstance(value, Interval):
        return str(value)
    raise NotImplementedError(type(value))
