"""NDJSON: one JSON object a line, a record each."""

import msgspec

from pledges.render import Canvas
from pledges.render.clean import json_safe
from pledges.render.json import plain
from pledges.view.page import Answer


def render(answer: Answer, _: Canvas) -> str:
    """The records as JSON, a line each."""
    encoder = msgspec.json.Encoder(enc_hook=plain)
    return json_safe(encoder.encode_lines(list(answer.records())).decode())
