"""The schemas that the program prints, and the JSON that tests see held against them."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from jsonschema_rs import Draft202012Validator, ValidationError

import samples
from build import SHIPPED
from pledges.commands.schema import ANSWERS, answer_kinds
from pledges.own_commands import OVERVIEW
from pledges.view.json_schema import answer_schema
from program import Ended

SOUND: Final = {
    "shipped": SHIPPED.read_text("utf-8"),
    **{
        name: text
        for name, text in vars(samples).items()
        if isinstance(text, str) and name.isupper() and "[[pledge]]" in text
    },
}
"""The shipped ledger and the sample ledgers of all tests, by their names."""


@cache
def validator(of: str, *, is_line: bool = False) -> Draft202012Validator:
    """What holds an answer, or a line of one in NDJSON, against its schema."""
    schema = answer_schema(answer_kinds(of), is_line=is_line)
    return Draft202012Validator(schema, validate_formats=True)


def check_json(argv: Sequence[str], shown: Ended) -> Ended:
    """How a command ended, if what it showed in JSON or NDJSON is as ``pledges schema`` says.

    What was asked for in another format is let through.
    """
    command = argv[0] if argv and not argv[0].startswith("-") else OVERVIEW
    for of, text in ((command, shown.out), ("error", shown.err)):
        for found, is_line in _answers(text) if of in ANSWERS else ():
            try:
                validator(of, is_line=is_line).validate(found)
            except ValidationError as error:
                raise AssertionError(f"{' '.join(argv)}: {error}") from None
    return shown


def _answers(text: str) -> Iterator[tuple[object, bool]]:
    """The whole of a JSON answer, or each line of NDJSON."""
    if not text.startswith("{") or text.startswith('{\n  "$schema"'):  # SARIF has its own
        return
    try:
        parts = [json.loads(text)]
    except ValueError:
        try:
            parts = [json.loads(line) for line in text.splitlines()]
        except ValueError:  # text of people that begins so, or the remarks after an error
            return
    for part in parts:
        yield part, "schema_version" not in part
