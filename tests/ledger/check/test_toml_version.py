"""What is TOML 1.1, held against a reader of TOML 1.0: that of the standard library."""

import datetime as dt
import json
import sys
import tomllib
from pathlib import Path

import pytest
import rtoml

from pledges.ledger.check.checked_ledger import CheckedLedger
from pledges.ledger.check.mends import with_replacements
from pledges.ledger.check.toml_version import toml_1_0
from pledges.ledger.text.finding import Finding
from pledges.ledger.text.salvage import read_tables

CORPUS = Path(__file__).parents[2] / "cases" / "toml" / "toml-test.json"
TEXTS: dict[str, str] = {
    name: text
    for name, text in json.loads(CORPUS.read_text(encoding="utf-8")).items()
    if not any("\ud800" <= char <= "\udfff" for char in text)
}
"""The files of TOML's own test suite that are UTF-8."""

AS_OF = dt.date(2026, 11, 22)

MORE = {
    "nothing": "",
    "byte order mark": "\ufeffa = 1\n",
    "escapes": 'a = "\\e\\x41\\\\e\\\\x41 \\u0041"\nb = \'\\e\\x41: \'\n# \\e\n"\\x41" = 1\n',
    "escapes over lines": 'a = """\\e\n\\\n  "\\x41" ""\\\\e"""""\n',
    "no escapes over lines": "a = '''\\e\n\\x41 12:30 '''\n",
    "times": "a = 07:32\nb = 2026-01-01 07:32\nc = 2026-01-01T07:32Z\nd = 2026-01-01t07:32-07:00\n",
    "times of 1.0": "a = 07:32:00\nb = 2026-01-01 07:32:00.5\nc = 2026-01-01T07:32:00+07:00\n",
    "times in a list": "a = [07:32, 07:32:01,08:33]\nb = {c = 07:32}\n",
    "inline tables": "a = {\n  b = 1,\n  c = { d = 2, }\n}\ne = [{\n}, { }, {f = [\n1,\n],}]\n",
    "comment in a table": "a = { # one\n  b = 1, # two\n}\nc = [ # three\n  1,\n]\n",
    "table of 1.0": "a = { b = [\n  1, # one\n], c = '}', d = \"{\\n\" }\n[e]\n[[f]]\n",
    "keys like dates": "12-30 = 1\n2026-01-01 = 2\n[a.07]\n",
}


def findings(text: str) -> list[Finding]:
    """What the rule says of a text."""
    return list(toml_1_0(CheckedLedger.of(text, read_tables(text), AS_OF)))


def is_toml_1_0(text: str) -> bool:
    """Whether the standard library reads it."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


@pytest.mark.skipif(sys.version_info >= (3, 15), reason="its tomllib may read TOML 1.1")
def test_exactly_what_readers_of_toml_1_0_refuse() -> None:
    """A text is warned of just if they refuse it, and once it is mended they read the same."""
    wrong = []
    for name, text in (TEXTS | MORE).items():
        try:
            tables = rtoml.loads(text)
        except rtoml.TomlParsingError:
            assert name not in MORE
            continue
        found = findings(text)
        if is_toml_1_0(text) == bool(found):
            wrong.append(name)
        if all(each.replacements for each in found):
            new = with_replacements(text, (x for each in found for x in each.replacements))
            if not is_toml_1_0(new) or repr(rtoml.loads(new)) != repr(tables):
                wrong.append(f"{name}, mended")
    assert wrong == []


def test_only_a_comment_in_a_table_is_mended_by_hand() -> None:
    """There is no place for it on the one line that a table has in TOML 1.0."""
    by_hand = {
        name for name, text in MORE.items() if any(not x.replacements for x in findings(text))
    }
    assert by_hand == {"comment in a table"}
