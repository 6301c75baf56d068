"""A report as text: what a plain mail keeps of it."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from everything import REPORTED
from papers import HOSTILE, LEDGERS, LONG, SINCE, late_by, paper
from pledges.clean import tidy
from pledges.render import Format
from pledges.render.text import mail_lines
from pledges.view.page import Bullets, Entries, Entry, Figure, Figures, Page, Run, Section, line
from samples import ledger_text, numbered_pledge

MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
BROKEN = re.compile(
    rf"\d\n *(?:{MONTHS}|days?|pledges?|parks?)\b|{MONTHS}\n *\d{{4}}|[A-Z]{{3}}-\n|\d%\n *done"
)
OPTIONS: dict[str, tuple[str, ...]] = {"": (), "--full": ("--full",), "--brief": ("--brief",)}

every_ledger = pytest.mark.parametrize("name", LEDGERS)
every_length = pytest.mark.parametrize("length", OPTIONS)


@every_ledger
@every_length
def test_lines(name: str, length: str, tmp_path: Path) -> None:
    """No line is wider than 72 cells but an address; none ends in a space or ends the mail."""
    text = paper(tmp_path, LEDGERS[name], *SINCE, *OPTIONS[length])
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert lawless(text) == []
    assert not BROKEN.search(text)


def lawless(text: str) -> list[str]:
    """The lines that a mail program would break, drop or take for something else."""
    return [
        line
        for line in text.removesuffix("\n").split("\n")
        if (cell_len(line) > 72 and not re.fullmatch(r" *(- )?https?://\S+", line))
        or line != line.rstrip()
        or re.match(r"From |>|\.$|-- ?$", line)
        or "\t" in line
    ]


def test_no_columns(tmp_path: Path) -> None:
    """Nothing of the layout is aligned, drawn or boxed: mail programs use proportional fonts."""
    text = paper(tmp_path, LEDGERS["shipped"], *SINCE, "--full")
    assert not re.search(r"\S {2,}\S|[|\u2500-\u259f\u2600-\u27bf]|[\U0001f300-\U0001faff]", text)


def test_dates_have_their_month_in_letters(tmp_path: Path) -> None:
    """No date can be read as another one: there is none like 11/20 or 22.11."""
    text = paper(tmp_path, LEDGERS["shipped"], *SINCE, "--full")
    own = re.sub(r"https?://\S+|Industry 4.0", "", text)
    assert not re.search(r"\b\d{1,4}[/.]\d{1,2}\b", own)


@given(
    said=st.lists(
        st.one_of(
            st.sampled_from([*HOSTILE, LONG, "12 Nov 2026", "10 days", "From", ">", ".", "--"]),
            st.text(max_size=100),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_words(said: list[str]) -> None:
    """Whatever a ledger says, the laws of the lines hold, and nothing seen is lost."""
    item = line(" ".join(said))
    entry = Entry(item, Run(said[-1]), [item, *map(line, said)], item)
    figures = Figures([Figure(said[0], said[-1], said[0])])
    section = Section("P", blocks=[Bullets([item]), Entries([entry], 2), figures])
    page = Page(said[0] or "x", lead=[item], sections=[section], is_mail=True)
    text = "".join(f"{each}\n" for each in mail_lines(page))
    assert lawless(text.rstrip("\n") + "\n") == []
    assert "".join(tidy(" ".join(said)).split()) in "".join(text.split())


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07x", "x"),
        ("\x9b31mred", "red"),
        ("\x1b(B\x1b[mred", "red"),
        ("\x1bPpayload\x1b\\red", "red"),
        ("\x9d0;evil\x9cred", "red"),
        ("red \x1b]0;evil", "red 0;evil"),
        ("r\u034fe\ufe0fd\u3164", "red"),
        ("Vie\u0323\u0302t", "Vi\u1ec7t"),
        ("a\u200fb\u202ec\u200bd\ufeffe\u00adf", "abcdef"),
        ("a\u00a0b\u3000c\u2003d\u2028e", "a b c d e"),
        ("two\nlines\r\nand\ta tab", "two lines and a tab"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("x\u200dy", "xy"),
        ("x\ufffe\uffff\ufdd0y", "xy"),
        ("工业园区", "工业园区"),
        ("اتفاقية", "اتفاقية"),
    ],
)
def test_titles_are_cleaned(title: str, shown: str, tmp_path: Path) -> None:
    """Sequences, controls and unseen marks go, odd spaces become one, letters are composed."""
    plan = ledger_text(numbered_pledge(1, title, due=late_by(1)))
    assert f"\n- PPL-01 {shown}: 1 day late, no news yet.\n" in paper(tmp_path, plan)
    for form in (Format.MD, Format.HTML):
        assert shown in paper(tmp_path, plan, "--format", form)


@pytest.mark.parametrize("form", REPORTED)
def test_nothing_unseen(form: str, tmp_path: Path) -> None:
    """No format lets a control or a mark of direction through; the joiner is that of an emoji."""
    text = paper(tmp_path, LEDGERS["hostile"], *SINCE, "--full", "--format", form)
    unseen = {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co")}
    assert unseen - {"\u200d"} <= {"\n", "\r" if form == "eml" else "\n"}
    assert text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("form", REPORTED)
@pytest.mark.parametrize("name", ["shipped", "hostile", "sixty"])
def test_the_same_bytes(name: str, form: str, tmp_path: Path) -> None:
    """The same ledger on the same day gives the same bytes."""
    first = paper(tmp_path, LEDGERS[name], *SINCE, "--format", form)
    assert first == paper(tmp_path, LEDGERS[name], *SINCE, "--format", form)


def test_what_is_left_open_ends_with_its_text(tmp_path: Path) -> None:
    """A sequence without an end takes nothing of what stands behind it."""
    title = "Open \x1b]0;evil"
    plan = ledger_text(
        numbered_pledge(1, title, due=late_by(1), owed_by=["VN"]),
        plan={"title": title},
        parties={"VN": "Viet Nam \x07", "SG": "Singapore"},
        pillars={"economy": title, "people": title},
    )
    text = paper(tmp_path, plan)
    assert text.startswith("Open 0;evil\nStatus report")
    assert "- PPL-01 Open 0;evil: 1 day late, no news yet.\n" in text
    assert "- Open 0;evil: 1 agreed: 1 overdue." in text


@pytest.mark.parametrize("address", ["https://example.org/", "HTTPS://example.org/", "www.x.org/"])
def test_an_address_is_never_broken(address: str, tmp_path: Path) -> None:
    """An address stays whole, also in brackets, on a line of its own."""
    whole = address + "a" * 80
    note = [{"date": late_by(2), "note": f"See ({whole}), please.", "by": "The desk"}]
    lines = paper(tmp_path, ledger_text(numbered_pledge(1, update=note)), *SINCE).split("\n")
    assert f"  {whole}" in lines


@pytest.mark.parametrize("start", [">", "> quoted", ".", "-- ", "From here on"])
def test_a_line_that_mail_programs_take_for_something_else(start: str, tmp_path: Path) -> None:
    """No line begins as a quote or as From, and none is what a text ends with."""
    text = paper(tmp_path, ledger_text(), "--title", f"{'x' * 70} {start}")
    assert text.split("\n")[1] == f" {start}".rstrip()
    assert not re.search(r"^(From |>|\.$|-- ?$)", text, re.MULTILINE)


def test_a_date_with_its_whole_month_stays_together(tmp_path: Path) -> None:
    """A date in a source's words is not broken either."""
    for length in range(40):
        words = f"{'x' * length} 31 December 2026"
        plan = ledger_text(numbered_pledge(1, due=late_by(9), due_text=words))
        assert "31 December 2026" in paper(tmp_path, plan)


def test_a_large_report_is_whole(tmp_path: Path) -> None:
    """A file of text or Markdown has every pledge, however many there are."""
    for form in (Format.TEXT, Format.MD):
        text = paper(tmp_path, LEDGERS["a thousand"], "--full", "--format", form)
        assert len(re.findall(r"^- (?:\*\*)?(?:ECO|PPL)-\d+ ", text, re.MULTILINE)) >= 1000
