"""Every date that the program prints can be typed: what is pasted from an answer is read."""

import re
from datetime import date
from typing import Final

import pytest

from build import SHIPPED
from desk import Desk
from everything import FORMS
from pledges.domain.day import read_when
from pledges.render import Format

pytestmark = pytest.mark.slow

COMMANDS: Final = (
    *("list", "progress --all", "due --within 9y", "log", "timeline", "overview"),
    *("show 'ECO-*'", "report --full --since 2026-01-01 --next 2w"),
)
PRINTED: Final = (
    r"\b(?:\d{1,2}\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\s\d{4}\b"
    r"|\b[QH]\d\s\d{4}\b|(?<![\w./-])\d{4}-(?:\d\d-\d\d|\d\d|[QH]\d)(?![\w./-])"
)


@pytest.mark.parametrize("form", FORMS)
def test_read(desk: Desk, form: Format) -> None:
    """Days, months, quarters, halves and years are read as they are printed, in every format."""
    desk.text = SHIPPED.read_text(encoding="utf-8")
    number = 0
    for command in COMMANDS:
        ended = desk.line(command, "--format", form)
        out = re.sub(r"=\r?\n", "", ended.out)  # the soft ends of lines in a mail
        text = out.replace("&nbsp;", "\u00a0")
        found = set(re.findall(PRINTED, text))
        number += len(found)
        assert (command, ended.code) == (command, 0)
        for said in found:
            first = date.fromisoformat(f"{re.findall(r'[0-9]{4}', said)[0]}-01-01")
            assert read_when(said, date(2026, 11, 22)).first >= first
    assert number
