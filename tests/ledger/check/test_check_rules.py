"""Ledgers that are doubtful, each with every word that ``check`` says about it.

A case is a small ledger ``cases/check/NAME.toml`` with what is printed beside it, in ``NAME.txt``;
it is named for its rule.  After a wanted change, ``UPDATE_GOLDEN=1 pytest`` of this file writes the
texts again; read each of them.
"""

import datetime as dt
import os
import re
import shutil
from pathlib import Path

import pytest
import rtoml
from hypothesis import given
from hypothesis import strategies as st

from desk import Desk
from pledges.errors import CannotWrite, Exit, Fault, FaultyLedger
from pledges.ledger.check.check_rules import ERRORS, RULES, every_fault
from pledges.ledger.check.mends import as_seen, mended
from pledges.ledger.reading.decode import decode

CASES = Path(__file__).parents[2] / "cases"
NAMES = sorted(path.name.removesuffix(".toml") for path in (CASES / "check").glob("*.toml"))
RULE_NAMES = [each.name for each in RULES]


@pytest.mark.parametrize("name", NAMES)
def test_a_doubtful_ledger_is_told_whole(name: str, desk: Desk) -> None:
    """Each warning is told once, at its place, with what to do; only errors make the answer bad."""
    shutil.copy(CASES / "check" / f"{name}.toml", desk.folder)
    code, out, err = desk("check", "--ledger", f"{name}.toml")
    expected = CASES / "check" / f"{name}.txt"
    told = out + err
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")
    assert code == (Exit.BAD_ANSWER if "error[" in out else Exit.DONE)


def test_every_text_has_its_ledger() -> None:
    """There is no expected text without the ledger that it is about."""
    texts = (path.name.removesuffix(".txt") for path in (CASES / "check").glob("*.txt"))
    assert sorted(texts) == NAMES


@pytest.mark.parametrize("rule", RULE_NAMES)
def test_a_rule_finds_what_is_named_for_it_and_nothing_else_does(rule: str, desk: Desk) -> None:
    """The ledgers of a rule have its warnings, no other and none that it can be left out for."""
    named = [each for each in NAMES if re.fullmatch(rf"{re.escape(rule)}(-.*)?", each)]
    assert named
    for name in named:
        shutil.copy(CASES / "check" / f"{name}.toml", desk.folder)
        told = desk("check", "--ledger", f"{name}.toml").out
        found = set(re.findall(r"(?:warning|error)\[(.+?)\]", told))
        # The escape of a control is new in TOML 1.1, and can't be seen.
        assert found - ({"hidden-character"} if rule == "toml-1.0" else set()) == {rule}
        only = desk("check", "--ledger", f"{name}.toml", "--rule", rule).out
        rest = desk("check", "--ledger", f"{name}.toml", "--no-rule", rule).out
        assert only
        assert f"[{rule}]" not in rest
        assert sorted(filter(None, (only + rest).splitlines())) == sorted(
            filter(None, told.splitlines())
        )


def test_every_kind_of_error_is_described() -> None:
    """The table of errors has the codes that broken ledgers have, and no other."""
    texts = (path.read_text(encoding="utf-8") for path in (CASES / "faults").glob("*.txt"))
    codes = {code for text in texts for code in re.findall(r"error\[(.+?)\]", text)}
    assert codes | {"encoding"} == ERRORS.keys()


def test_rules_are_told_in_words() -> None:
    """Each rule has a name of its own, a line and a paragraph, which ``python -OO`` keeps."""
    assert len(set(RULE_NAMES)) == len(RULES)
    for each in RULES:
        assert each.summary[0].islower()
        assert each.paragraph.endswith(".")
        assert len(each.paragraph) > len(each.summary)


FAULTY = sorted(each.name for each in (CASES / "faults").glob("*.toml"))
AS_OF = dt.date(2026, 11, 22)
PIECES = (
    *(
        "\u200b",
        "\u202e",
        "\ufeff",
        "\u0301",
        "e\u0301",
        "\u2028",
        "\r\n",
        "\t",
        '"',
        "'",
        "{",
        "}",
    ),
    *(
        "[",
        "]",
        ",",
        "\n",
        "=",
        "#",
        "\\e",
        "\\x41",
        "07:32",
        "x_",
        'due = "2020"\n',
        "value = 5\n",
    ),
    *("\n[[pledge.update]]\ndate = 2062-01-01\n", 'part_of = "E-02"\n', 'status = "superseded"\n'),
)


def errors_and_faults(text: str) -> tuple[list[Fault], list[Fault]]:
    """The errors that ``check`` finds in a text, and the faults that stop every other command."""
    found = every_fault(text, "x.toml", AS_OF, RULES)
    try:
        decode(text, "x.toml")
    except FaultyLedger as error:
        return [each for each in found if each.severity == "error"], [*error.faults]
    return [each for each in found if each.severity == "error"], []


@pytest.mark.parametrize("name", FAULTY)
def test_errors_are_those_of_every_command(name: str) -> None:
    """Of a faulty ledger ``check`` says what all others say, and no rule fails on the rest."""
    content = (CASES / "faults" / name).read_bytes()
    errors, faults = errors_and_faults(content.decode())
    assert errors == faults


@given(st.data())
def test_any_slip_of_the_keyboard(data: st.DataObject) -> None:
    """Whatever is typed into a ledger, it is checked, and mended only to what is seen the same."""
    name = data.draw(st.sampled_from(NAMES))
    text = (CASES / "check" / f"{name}.toml").read_bytes().decode()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        to = data.draw(st.integers(at, min(len(text), at + 20)))
        text = f"{text[:at]}{data.draw(st.sampled_from(PIECES))}{text[to:]}"
    errors, faults = errors_and_faults(text)
    assert errors == faults
    try:
        found = mended(text, "x.toml", AS_OF, RULES)
    except (FaultyLedger, CannotWrite):
        return
    assert as_seen(rtoml.loads(found.new)) == as_seen(mended_tables(text))
    assert mended(found.new, "x.toml", AS_OF, RULES).places == 0


def mended_tables(text: str) -> object:
    """The tables of a text; if it was no TOML, those of what is seen of it."""
    try:
        return rtoml.loads(text)
    except rtoml.TomlParsingError:
        return rtoml.loads(str(as_seen(text)))
