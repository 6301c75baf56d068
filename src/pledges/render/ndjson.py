"""NDJSON: one JSON object a line, a record each."""

import msgspec

from pledges.clean import safe_json
from pledges.render import Canvas
from pledges.render.json import plain
from pledges.view.page import Answer


def render(answer: Answer, _: Canvas) -> str:
    """The records as JSON, a line each."""
    encoder = msgspec.json.Encoder(enc_hook=plain)
    return safe_json(encoder.encode_lines(list(answer.records())).decode())
