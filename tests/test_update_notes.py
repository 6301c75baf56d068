"""``pledges update``: a note is kept letter for letter, from wherever it comes."""

import re
import unicodedata

import pytest

from desk import WRITTEN, Desk
from samples import SMALL_PLAN, holding


@pytest.mark.parametrize(
    ("note", "line"),
    [
        ('say "no"', r'note = "say \"no\""'),
        ("it's", 'note = "it\'s"'),
        ("back\\slash", r'note = "back\\slash"'),
        ("'''", "note = \"'''\""),
        ('"""', r'note = "\"\"\""'),
        ("# no comment", 'note = "# no comment"'),
        ("[[pledge]]", 'note = "[[pledge]]"'),
        ("a = 1", 'note = "a = 1"'),
        ("\x1b[31mred\x07", r'note = "\u001b[31mred\u0007"'),
        ("Vi\u1ec7t Nam", 'note = "Vi\u1ec7t Nam"'),
        ("Vie\u0323\u0302t Nam", 'note = "Vie\u0323\u0302t Nam"'),
        ("新加坡 \U0001f600", 'note = "新加坡 \U0001f600"'),
        ("  blanks around \t", 'note = "blanks around"'),
        ("two\nlines", 'note = """\ntwo\nlines"""'),
        ('a\n"""\nb\\', 'note = """\na\n\\"\\"\\"\nb\\\\"""'),
        ("x" * 5000, f'note = "{"x" * 5000}"'),
    ],
)
def test_note(desk: Desk, note: str, line: str) -> None:
    """A note is kept letter for letter, whatever it is made of."""
    code, out, err = desk("update", "ECO-01", "--note", note)
    assert (code, err) == (0, WRITTEN)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", out)
    assert desk.text == holding({"ECO-01": f"\n[[pledge.update]]\ndate = 2026-11-22\n{line}\n"})
    assert desk.last_update()["note"] == note.strip()


@pytest.mark.parametrize(
    ("piped", "note"),
    [
        (b"One line.", "One line."),
        (b"One line.\n", "One line."),
        (b"\xef\xbb\xbfOne.\r\nTwo.  \r\n\r\nThree.\r\n\r\n", "One.\nTwo.\n\nThree."),
        (b"One.\rTwo.", "One.\nTwo."),
        (b"-", "-"),
        (b'"""\n[[pledge]]\nid = "x"\n', '"""\n[[pledge]]\nid = "x"'),
        ("Vie\u0323\u0302t".encode(), "Vie\u0323\u0302t"),
        (b"nul \x00 esc \x1b[2J", "nul \x00 esc \x1b[2J"),
        (b"y" * 100_000, "y" * 100_000),
    ],
)
def test_note_from_standard_input(desk: Desk, piped: bytes, note: str) -> None:
    """With ``--note -`` a note of any length is read from standard input."""
    code, out, err = desk("update", "ECO-01", "--note", "-", stdin=piped)
    assert (code, err) == (0, WRITTEN)
    assert out.startswith("ECO-01  update  22 Nov 2026: ")
    assert out.count("\n") == 1
    assert desk.last_update()["note"] == note


@pytest.mark.parametrize(
    ("piped", "message"),
    [
        (b"", "--note is empty\n  = hint: write something, or leave it out"),
        (b" \n\t\n", "--note is empty\n  = hint: write something, or leave it out"),
        (
            b"abc\xffdef",
            (
                "--note -: byte 4 of standard input is not valid UTF-8\n"
                "  = hint: convert the text to UTF-8"
            ),
        ),
        (b"x" * (1024 * 1024 + 1), "--note -: the text is longer than 1 MiB\n  = hint: shorten it"),
    ],
)
def test_no_note_from_standard_input(desk: Desk, piped: bytes, message: str) -> None:
    """What is no text, or none at all, is refused."""
    found = desk("update", "ECO-01", "--note", "-", stdin=piped)
    assert found == (2, "", f"pledges: error: {message}\n")
    assert desk.text == SMALL_PLAN


def test_letters_are_kept_as_given(desk: Desk) -> None:
    """Composed and decomposed letters both stay as they were typed, in one ledger."""
    for form in ("NFC", "NFD"):
        note = unicodedata.normalize(form, "Kế hoạch")
        desk("update", "ECO-01", "--note", note)
        assert desk.last_update()["note"] == note
    notes = re.findall('note = "(.*)"', desk.text)
    assert [len(note) for note in notes] == [8, 11]
