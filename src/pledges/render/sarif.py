"""SARIF 2.1.0, the form in which tools that check files tell other programs what they found."""

from typing import Final
from urllib.parse import quote

import msgspec

from pledges.clean import clean, safe_json
from pledges.errors import Fault
from pledges.render import Canvas
from pledges.view.check_page import FaultAnswer, RuleText

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"

Table = dict[str, object]


def render_sarif(answer: FaultAnswer, _: Canvas) -> str:
    """The log of one run: the rules with their descriptions, and what they found."""
    places = {each.name: at for at, each in enumerate(answer.rules)}
    driver = {"name": "pledges", "rules": [_rule(each) for each in answer.rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, places[each.code]) for each in answer.faults],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return safe_json(msgspec.json.format(msgspec.json.encode(log), indent=2).decode()) + "\n"


def _rule(rule: RuleText) -> Table:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.description},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(fault: Fault, rule: int) -> Table:
    hint = f"; {fault.hint}" if fault.hint else ""
    region = {
        "startLine": fault.line,
        "startColumn": fault.column,
        "endColumn": fault.column + fault.width,
    }
    location = {"artifactLocation": {"uri": _uri(fault.file)}, "region": region}
    return {
        "ruleId": fault.code,
        "ruleIndex": rule,
        "level": fault.severity,
        "message": {"text": clean(f"{fault.message}{hint}")},
        "locations": [{"physicalLocation": location}],
    }


def _uri(path: str) -> str:
    """The path of a file as a URI: relative if the path is."""
    uri = quote(path.replace("\\", "/"), errors="backslashreplace")
    return f"file://{uri}" if uri.startswith("/") else uri
