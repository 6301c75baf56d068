"""The faults of a ledger as text: as a compiler prints them, and as GitHub's runners read them."""

from collections.abc import Mapping
from typing import Final

from pledges.clean import clean, screen_text
from pledges.render import Canvas
from pledges.render.error_text import fault_lines
from pledges.view.check_page import FaultAnswer

DATA_ESCAPES: Final[Mapping[str, str]] = {"%": "%25", "\r": "%0D", "\n": "%0A"}
"""What would end a workflow command, or begin another one, and how its text has it."""

VALUE_ESCAPES: Final[Mapping[str, str]] = {**DATA_ESCAPES, ":": "%3A", ",": "%2C"}
"""The same for the values before its text."""


def render_text(answer: FaultAnswer, canvas: Canvas) -> str:
    """Each fault with its place, the user's own line, what to do, and an empty line."""
    lines = (line for each in answer.faults for line in (*fault_lines(each), ""))
    return "".join(f"{screen_text(line, is_ascii=canvas.is_ascii)}\n" for line in lines)


def render_github(answer: FaultAnswer, _: Canvas) -> str:
    """A workflow command for each fault, which marks it in the changes of a pull request."""
    lines = []
    for each in answer.faults:
        places = {
            "file": each.file,
            "line": each.line,
            "col": each.column,
            "endColumn": each.column + each.width,
            "title": each.code,
        }
        values = (f"{key}={_escaped(str(x), VALUE_ESCAPES)}" for key, x in places.items())
        hint = f"\nhint: {each.hint}" if each.hint else ""
        message = _escaped(f"{each.message}{hint}", DATA_ESCAPES)
        lines.append(f"::{each.severity} {','.join(values)}::{message}\n")
    return "".join(lines)


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    cleaned = "\n".join(clean(line) for line in text.split("\n"))
    return "".join(escapes.get(char, char) for char in cleaned)
