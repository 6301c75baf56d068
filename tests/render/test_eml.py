"""A report as a draft: its headers, its parts, and whom it may be addressed to."""

import re
from email import message_from_bytes, message_from_string
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers import HOSTILE, LEDGERS, LONG, SINCE, late_by, paper, refused
from pledges.errors import WrongUse
from pledges.render import Canvas
from pledges.render.eml import check_headers, render_eml, subject_line
from pledges.view.answer import Answer, Document
from pledges.view.page import Page, Subject, line
from samples import ledger_text, numbered_pledge

pytestmark = pytest.mark.slow

LARGE = {"sixty", "a thousand", "sixty in wide letters", "every standing"}
"""The ledgers whose reports a draft has no room for."""

every_ledger = pytest.mark.parametrize("name", LEDGERS)
TO = ("--to", "Nguyễn Phú <phu@example.org>", "--cc", "desk@example.org")


def draft(folder: Path, text: str, *options: str) -> str:
    """The report as a draft, as it would be written to a file."""
    return paper(folder, text, *SINCE, "--format", "eml", *options)


def read(text: str) -> EmailMessage:
    """A draft as a mail program reads it."""
    message = message_from_bytes(text.encode("ascii"), policy=SMTP)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def header(text: str, name: str) -> str:
    """A header as RFC 2047 has it read: nothing stands between encoded words."""
    return str(make_header(decode_header(message_from_string(text)[name])))


def part(message: EmailMessage, kind: str) -> str:
    """One of a draft's two looks, with the line ends of a text."""
    body = message.get_body((kind,))
    assert body
    assert body["Content-Transfer-Encoding"] == "quoted-printable"
    content: str = body.get_content()
    return content.replace("\r\n", "\n")


@every_ledger
@pytest.mark.parametrize("length", ["", "--full"])
def test_what_it_is_made_of(name: str, length: str, tmp_path: Path) -> None:
    """A draft has two parts, equal to the outputs of their own as long as it has room for them."""
    more = [length] if length else []
    text = draft(tmp_path, LEDGERS[name], *more)
    message = read(text)
    assert message.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in message.iter_parts()] == ["text/plain", "text/html"]
    plain = paper(tmp_path, LEDGERS[name], *SINCE, *more)
    html = paper(tmp_path, LEDGERS[name], *SINCE, *more, "--format", "html")
    if part(message, "plain") == plain:
        assert part(message, "html") == html
    else:
        assert name in LARGE
        assert re.search(r"^- and \d+ more$|^\d+ not shown$", part(message, "plain"), re.MULTILINE)
    assert len(text) <= 100_000


@every_ledger
def test_lines(name: str, tmp_path: Path) -> None:
    """It is 7-bit, its lines end as mail's do and have at most 78 characters."""
    lines = draft(tmp_path, LEDGERS[name], *TO).split("\r\n")
    assert lines.pop() == ""
    for each in lines:
        assert each.isascii()
        assert not set(each) & {"\r", "\n"}
        assert len(each) <= 78


def test_headers(tmp_path: Path) -> None:
    """It opens as a draft and says to whom, about what, and nothing else: no sender, no date."""
    message = read(draft(tmp_path, LEDGERS["shipped"], *TO, "--to", "vn@example.org"))
    assert dict(message.items()) == {
        "X-Unsent": "1",
        "Subject": "VN-SG Plan of Action, 22 Nov 2026: 2 due by 31 Dec, 1 far behind; none overdue",
        "To": "Nguyễn Phú <phu@example.org>, vn@example.org",
        "Cc": "desk@example.org",
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="{message.get_boundary()}"',
    }


def test_without_addresses(tmp_path: Path) -> None:
    """Addresses that were not given are no headers."""
    message = read(draft(tmp_path, LEDGERS["one pledge"]))
    assert message.keys() == ["X-Unsent", "Subject", "MIME-Version", "Content-Type"]


def test_the_boundary_derives_from_the_content(tmp_path: Path) -> None:
    """The same report has the same boundary, another one another, and no line begins with it."""
    one, two = (draft(tmp_path, LEDGERS[name]) for name in ("one pledge", "all done"))
    assert one == draft(tmp_path, LEDGERS["one pledge"])
    found = [str(read(text).get_boundary()) for text in (one, two)]
    assert found[0] != found[1]
    assert one.count(f"--{found[0]}") == 3


@pytest.mark.parametrize(
    "title",
    ["=?UTF-8?Q?=0A?=Bcc: x@y", "=?utf-8?b?CkJjYzogeEB5?=", "a\nBcc: x@y", "a\r\n\r\n<b>", "\x00"],
)
@pytest.mark.parametrize("option", ["", "--subject", "--title"])
def test_header_injection(title: str, option: str, tmp_path: Path) -> None:
    """A title that decodes to a line end makes no header, wherever it comes from."""
    plan = ledger_text(numbered_pledge(1, title, due=late_by(1)), plan={"title": title})
    text = draft(tmp_path, plan, *([option, title] if option else []))
    assert read(text).keys() == ["X-Unsent", "Subject", "MIME-Version", "Content-Type"]
    head = text.partition("\r\n\r\n")[0]
    assert not re.search(r"^bcc", head, re.MULTILINE | re.IGNORECASE)
    assert "=?UTF-8?Q?=0A" not in head


@given(name=st.one_of(st.text(max_size=200), st.sampled_from(HOSTILE)), has_result=st.booleans())
def test_any_subject(name: str, has_result: bool) -> None:  # noqa: FBT001  (drawn)
    """No name of a plan makes a header, a line that is too long, or hides the result."""
    given_ = Subject(
        name, "1 overdue; 2 due by 31 Dec, 1 far behind" if has_result else "", "22 Nov 2026"
    )
    page = Page("Title", lead=[line("x")], notes=[line("y")], is_mail=True, subject=given_)
    text = render_eml(Answer(lambda: page, Document, {}, []), Canvas())
    message = read(text)
    assert message.keys() == ["X-Unsent", "Subject", "MIME-Version", "Content-Type"]
    assert max(map(len, text.split("\r\n"))) <= 78
    assert header(text, "Subject").replace("\r\n", "") == subject_line(given_)
    assert len(subject_line(given_)) <= 100
    assert not has_result or "1 overdue" in subject_line(given_)[:70]


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (LONG, "Establish a comprehensive framework for..., 22 Nov 2026: 1 overdue"),
        ("x" * 300, f"{'x' * 43}..., 22 Nov 2026: 1 overdue"),
        ("=?" * 60, None),
        ("工业" * 60, None),
    ],
)
def test_a_long_title_gives_way(plan: str, expected: str | None, tmp_path: Path) -> None:
    """The result stands in the first 70 characters, however long the plan's name is."""
    text = draft(tmp_path, ledger_text(numbered_pledge(1, due=late_by(1)), plan={"title": plan}))
    found = str(read(text)["Subject"])
    assert expected in (None, found)
    assert "22 Nov 2026: 1 overdue" in found[:70]
    assert len(found) <= 100


def test_a_subject_of_a_hundred_characters() -> None:
    """What would be longer than 100 characters ends there."""
    result = "10 overdue; 10 due by 31 Dec, 5 far behind"
    for length in range(1, 60):
        told = subject_line(Subject("Plan", f"{result}{'x' * length}", "22 Nov 2026"))
        assert len(told) <= 100
        whole = f"Plan, 22 Nov 2026: {result}{'x' * length}"
        assert (told == whole) is (len(whole) <= 100)


def test_a_header_that_was_not_meant() -> None:
    """What was written is read again: where it has another header, it is refused."""
    names = ["X-Unsent", "Subject"]
    check_headers("X-Unsent: 1\r\nSubject: Week 47\r\n\r\nText", names)
    with pytest.raises(WrongUse):
        check_headers("X-Unsent: 1\r\nSubject: Week 47\r\nBcc: x@y\r\n\r\nText", names)


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("Week 47", "Week 47"),
        ("Tuần 47: tiến độ", "Tuần 47: tiến độ"),
        ("x y" * 60, None),
        ("y" * 300, None),
    ],
)
def test_a_subject_of_ones_own(given_: str, expected: str | None, tmp_path: Path) -> None:
    """--subject says it in other words, of at most 100 characters."""
    found = str(read(draft(tmp_path, LEDGERS["one pledge"], "--subject", given_))["Subject"])
    assert expected in (None, found)
    assert len(found) <= 100


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("desk@example.org", "desk@example.org"),
        ("<desk@example.org>", "desk@example.org"),
        ("Trade Desk <desk@example.org>", "Trade Desk <desk@example.org>"),
        ('"Desk, Trade" <desk@example.org>', '"Desk, Trade" <desk@example.org>'),
        ("Desk, Trade <desk@example.org>", '"Desk, Trade" <desk@example.org>'),
        ("Bùi Thị Xuân <xuan@example.org>", "Bùi Thị Xuân <xuan@example.org>"),
        ("Ngo\u0302 Vie\u0323\u0302t  <viet@example.org>", "Ngô Việt <viet@example.org>"),
        ("李 <li@example.org>", "李 <li@example.org>"),
        ("Hồ Chí Minh " * 12 + "<hcm@example.org>", "Hồ Chí Minh " * 12 + "<hcm@example.org>"),
    ],
)
def test_addresses(given_: str, shown: str, tmp_path: Path) -> None:
    """An address comes with or without a name, in any script."""
    text = draft(tmp_path, LEDGERS["one pledge"], "--to", given_)
    assert header(text, "To") == shown
    assert max(map(len, text.split("\r\n"))) <= 78


@pytest.mark.parametrize("option", ["--to", "--cc"])
@pytest.mark.parametrize(
    "given_",
    [
        "",
        "desk",
        "@example.org",
        "desk@",
        "a@b, c@d",
        "a b@example.org",
        "desk..trade@example.org",
        ".desk@example.org",
        "Desk <desk@example.org> <other@example.org>",
        'De"sk <desk@example.org>',
        "desk@exämple.org",
        "desk@example.org\nBcc: x@y",
        "Desk\r\nBcc: x@y <desk@example.org>",
        "=?UTF-8?Q?=0A?=Bcc: x@y <desk@example.org>",
        "=?utf-8?q?x?=@example.org",
        "\x1b[31mdesk@example.org",
        "De\u202esk <desk@example.org>",
        "x" * 90 + "@example.org",
        "x" * 90 + " <desk@example.org>",
    ],
)
def test_hostile_addresses(option: str, given_: str, tmp_path: Path) -> None:
    """What is no email address is refused before anything is written, and what one is is shown."""
    code, err = refused(tmp_path, "--format", "eml", option, given_)
    assert code == 2
    assert err.startswith(f"pledges: error: {option} '")
    assert err.endswith(
        "' is not an email address\n"
        "  = hint: give one address, for example desk@example.org or "
        '"Trade Desk <desk@example.org>"\n'
    )
    assert err.count("\n") == 2
