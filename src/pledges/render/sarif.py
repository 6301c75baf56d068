"""SARIF 2.1.0, the form in which tools that check files tell other programs what they found."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from pledges.clean import clean
from pledges.errors import Fault
from pledges.render import Canvas
from pledges.render.json import indented_json
from pledges.view.check_page import FaultAnswer

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def render_sarif(answer: FaultAnswer, _: Canvas) -> str:
    """The log of one run: the rules with their descriptions, and what they found."""
    places = {each.name: at for at, each in enumerate(answer.rules)}
    rules = [
        {
            "id": each.name,
            "shortDescription": {"text": each.summary},
            "fullDescription": {"text": each.description},
            "defaultConfiguration": {"level": each.severity},
        }
        for each in answer.rules
    ]
    run = {
        "tool": {"driver": {"name": "pledges", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, places[each.code]) for each in answer.faults],
    }
    return indented_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(fault: Fault, rule: int) -> Mapping[str, object]:
    path = quote(fault.file.replace("\\", "/"), errors="backslashreplace")
    uri = f"file://{path}" if path.startswith("/") else path  # relative if the path is
    hint = f"; {fault.hint}" if fault.hint else ""
    region = {
        "startLine": fault.line,
        "startColumn": fault.column,
        "endColumn": fault.column + fault.width,
    }
    location = {"artifactLocation": {"uri": uri}, "region": region}
    return {
        "ruleId": fault.code,
        "ruleIndex": rule,
        "level": fault.severity,
        "message": {"text": clean(f"{fault.message}{hint}")},
        "locations": [{"physicalLocation": location}],
    }
