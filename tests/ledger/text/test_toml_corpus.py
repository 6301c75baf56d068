"""Every file of the TOML project's own test suite, as a ledger and at the end of one."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import rtoml

from desk import Desk
from nightly import number
from pledges.domain.edits import Append
from pledges.domain.pledge import Ledger, Update
from pledges.errors import FaultyLedger
from pledges.ledger.editing.amend import amendment
from pledges.ledger.reading.decode import decode
from pledges.ledger.reading.find import utf8_text

FILES: dict[str, bytes] = {
    name: text.encode("utf-8", "surrogateescape")
    for name, text in json.loads(
        (Path(__file__).parents[2] / "cases/toml/toml-test.json").read_text("utf-8")
    ).items()
}
"""What is in each file; some are no UTF-8."""

LEDGER = b"""[plan]
title = "Plan"
[pillars]
e = "Economy"
[[pledge]]
id = "A-1"
title = "Open the market"
pillar = "e"
[[pledge]]
id = "A-2"
title = "Build a park"
pillar = "e"
[[pledge.update]]
date = 2026-01-01
note = "Begun."
"""
"""A ledger whose last table takes what is put after it."""

OWN_LINES = LEDGER.count(b"\n")


def contents() -> Iterator[tuple[str, int, bytes]]:
    """Each file alone, after a ledger, and in a table of its own after it.

    With it are its name and how many lines before it are sound.
    """
    for name, content in FILES.items():
        yield name, 0, content
        yield name, OWN_LINES, LEDGER + content
        yield name, OWN_LINES + 1, LEDGER + b"[x]\n" + content


def is_toml(content: bytes) -> bool:
    """Whether the reader of sound ledgers takes it."""
    try:
        rtoml.loads(content.decode())
    except (UnicodeDecodeError, rtoml.TomlParsingError):
        return False
    return True


def read(content: bytes) -> Ledger | FaultyLedger:
    """The ledger, or what is wrong with it."""
    try:
        return decode(utf8_text(content, "x"), "x")
    except FaultyLedger as error:
        return error


def test_right_or_a_fault_with_its_line() -> None:
    """What is TOML is read, or has faults of its words; what is none has faults, in its lines."""
    wrong = []
    for name, sound_lines, content in contents():
        found = read(content)
        lines = content.count(b"\n") + 1
        if isinstance(found, FaultyLedger):
            is_right = all(sound_lines < each.line <= lines + 1 for each in found.faults)
            is_right = is_right and bool(found.faults)
        else:
            is_right = is_toml(content) and [each.id for each in found.pledges] == ["A-1", "A-2"]
        if not is_right or (name.startswith("valid") and not is_toml(content) and not sound_lines):
            wrong.append((name, found))
    assert wrong == []


def test_an_update_touches_nothing_else() -> None:
    """An update of a ledger puts its lines in and leaves every other byte as it was."""
    edited, wrong = 0, []
    for name, sound_lines, content in contents():
        if not sound_lines or not isinstance(read(content), Ledger):
            continue
        old = utf8_text(content, "x")
        for pledge in ("A-1", "A-2"):
            edit = Append(pledge, Update(date=date(2026, 2, 2), note="Read."))
            new = amendment(old, "x", lambda _, edit=edit: [edit]).new  # type: ignore[misc]
            same = (one == other for one, other in zip(old, new, strict=False))
            start = next((at for at, is_same in enumerate(same) if not is_same), len(old))
            if not new.endswith(old[start:]) or new == old:
                wrong.append((name, pledge))
            edited += 1
    assert wrong == []
    assert edited > len(FILES)


@pytest.mark.parametrize("line", ["list --format json", "update A-1 --note Read."])
def test_through_the_program(desk: Desk, line: str) -> None:
    """The program reads it, or says what is wrong and writes nothing; it never has a bug."""
    step = number(61, 1)
    for name, _, content in [*contents()][::step]:
        desk.path.write_bytes(content)
        code, _, err = desk.line(line)
        is_sound = isinstance(read(content), Ledger)
        assert (name, code) == (name, 0 if is_sound else 4)
        assert is_sound or desk.content == content
        assert is_sound or "error" in err
