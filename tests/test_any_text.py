"""Any text of a ledger survives any format of any command: it is shown, and nothing obeys it."""

import csv
import io
import json
import re
import shlex
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from email import message_from_string, policy
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import html5lib
import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from desk import Desk
from everything import READING, lines, options
from nightly import IS_NIGHT, number
from pledges import cli
from pledges.cell_width import aligned
from pledges.clean import clean, safe_json, unguarded
from pledges.errors import Exit
from pledges.render import Format

pytestmark = pytest.mark.slow

LINES = lines("P-1 P-2", progress="progress --all")
PLACES = (
    *("title", "note", "unit", "total_text", "lead", "due_text", "waiting_on", "tag"),
    *("pillar", "party", "plan", "publisher", "news", "why", "ask", "claim"),
)
DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
UNSEEN = frozenset(
    "\u00ad\u034f\u115f\u1160\u2028\u2029\u2060\u3164\ufeff\uffa0\U000e0041\U000e0001"
)
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")

HARSH = st.sampled_from(
    "\x00\x07\x08\t\n\r\x0b\x0c\x1b\x1c\x7f\x85\x9b\u00ad\u200b\u200f\u2028\u2029\u202e\u2066\ufeff"
    "\"'\\|`*_#<>&[]{}()=+-@;,:. \uff1d\uff0b\u00a0\u3000"
    "\u0301\u200d\u4e2d\U0001f468\U0001f3fd\ufe0f\u1ebf"
)
WORDS = st.one_of(
    st.text(min_size=1, max_size=40),
    st.text(HARSH, min_size=1, max_size=40),
    st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=12).map(" ".join),
)
TITLES = WORDS.filter(str.strip)
ASCII = st.text(st.characters(max_codepoint=127), min_size=1, max_size=20)
TEXTS = st.one_of(
    st.fixed_dictionaries(dict.fromkeys(PLACES, WORDS) | {"title": TITLES}),
    st.fixed_dictionaries(dict.fromkeys(PLACES, ASCII) | {"title": ASCII.filter(str.strip)}),
)
MARKS = st.one_of(
    st.text(st.sampled_from("    \t*_-+=#>`~|[]()!<&:/.1ax\\\"'@$^{}\u00a0"), max_size=25).filter(
        bool
    ),
    st.sampled_from(["    x", "    - x", "      1. x", "---", "* * *", "1) x", "#", "~~~", "```"]),
    st.sampled_from(["[x]: /a", "![x](y)", "http://a.b", "a@b.cd", "&amp;", "a  ", "a\\", "|---|"]),
    st.sampled_from(
        ["<!--", "<b id=x>", "</td>", '"><img>', "Bcc: a@b.cd", "=?utf-8?q?=0ABcc:_x?="]
    ),
)
MARKED = st.fixed_dictionaries(dict.fromkeys(PLACES, MARKS) | {"title": MARKS.filter(str.strip)})
"""Texts that try to be markup, at the beginning of a line most of all."""
PLAIN = dict.fromkeys(PLACES, "x")
PAGES = [*LINES, "sources", "report --full --since 2026-01-01"]
"""Every page that people read."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk, in a locale that has every character."""
    return Desk(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def ascii_home(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk in a locale of ASCII only."""
    desk = Desk(tmp_path_factory.mktemp("ascii"))
    desk.environment["LC_ALL"] = "C"
    return desk


def ledger(texts: Mapping[str, str]) -> dict[str, Any]:
    """Two pledges that say ``texts`` wherever a ledger takes a text, the first everywhere."""
    counted = {"unit": texts["unit"], "total_text": texts["total_text"]}
    first = date(2026, 1, 1)
    common: dict[str, Any] = {"title": texts["title"], "pillar": "p", "made": date(2025, 1, 1)}
    common |= {"owed_by": ["A"], "lead": texts["lead"]}
    reading = {"status": "in-progress", "value": 3, "note": texts["news"], "by": texts["lead"]}
    whole = {
        "due": "2025",
        "due_text": texts["due_text"],
        "note": texts["note"],
        "tags": [texts["tag"]],
        "source": "s",
        "measure": {**counted, "baseline": 2, "baseline_date": first, "target": 10},
        "claim": [{"source": "s", "due": "2030", "note": texts["claim"]}],
        "update": [
            {"date": date(2026, 6, 1), **reading},
            {"date": date(2026, 6, 2), "due": "2026", "why": texts["why"], "source": "s"},
        ],
        "ask": [{"what": texts["ask"], "of": texts["party"], "date": first}],
    }
    late = {"due": "2025-06", "due_text": texts["due_text"], "waiting_on": texts["waiting_on"]}
    return {
        "plan": {"title": texts["plan"], "short": texts["plan"]},
        "parties": {"A": texts["party"]},
        "pillars": {"p": texts["pillar"]},
        "sources": {"s": {"title": texts["title"], "publisher": texts["publisher"], "date": first}},
        "pledge": [{"id": "P-1", **common, **whole}, {"id": "P-2", **common, **late}],
    }


def printed(
    home: Desk, texts: Mapping[str, str], *options: str, lines: Sequence[str] = LINES
) -> Iterator[str]:
    """What each command prints of a ledger with ``texts``, once it is seen to obey none of them."""
    home.text = tomli_w.dumps(ledger(texts))
    for line in lines:
        code, out, err = home(*line.split(), *options, "--debug")
        assert (code, err) == (0, "")
        assert not obeyed(out.replace("\t", "") if "tsv" in options else out)
        yield out


@cache
def plain_pages(home: Desk, form: str) -> list[str]:
    """What each command prints of a ledger with plain texts."""
    return list(printed(home, PLAIN, "--format", form, lines=PAGES))


def obeyed(out: str) -> set[str]:
    """The characters of ``out`` that would move a cursor, hide or reorder, colours left out."""
    found = set(COLOURS.sub("", out).replace("\r\n", "\n"))
    return {char for char in found if unicodedata.category(char) == "Cc"} - {"\n"} | (
        (DIRECTION | UNSEEN) & found
    )


def bare(text: str) -> str:
    """``text`` without what a layout adds or takes away: spaces and line ends."""
    return "".join(text.split())


HIDDEN = st.text(
    st.sampled_from(
        "a1# \u00a9\u2764\U0001f3f4\U0001f468\U0001f3fd\ufe0e\ufe0f\u200b\u200c\u200d\u20e3\u034f"
        "\u061c\u0645\u0651\u0915\u094d\u0e01\u0e34\u17b4\u1820\u180b\u180e\u3164\u2800\u845b\u302a"
        "\U000e0100\U000e0067\U000e007f\U000e0001\u0301\u0489\ud800\ufdd0\U0001fffe\U000f0000\ue000"
    ),
    max_size=30,
)
"""What can't be seen, next to what may need it."""


@given(text=st.one_of(WORDS, HIDDEN))
def test_clean_once(text: str) -> None:
    """What is clean stays as it is when it is cleaned again, and so does JSON that is safe."""
    assert clean(clean(text)) == clean(text)
    document = safe_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(document) == text
    assert safe_json(document) == document


@given(texts=TEXTS)
def test_json(home: Desk, texts: Mapping[str, str]) -> None:
    """JSON gives every text back as it stands in the ledger."""
    answers = map(json.loads, printed(home, texts, "--format", "json"))
    documents = dict(zip(READING, answers, strict=True))
    overview, log = documents.pop("overview"), documents.pop("log")
    assert overview["title"] == texts["plan"]
    for document in documents.values():
        found = {each["id"]: each for each in document["pledges"]}["P-1"]
        assert found["title"] == texts["title"]
        assert found["note"] == texts["note"]
        assert found["lead"] == [texts["lead"]]
        assert found["due_text"] == texts["due_text"]
        assert found["tags"] == [texts["tag"]]
        assert found["measure"]["unit"] == texts["unit"]
        assert found["update"][0]["note"] == texts["news"]
        assert found["update"][1]["why"] == texts["why"]
        assert found["ask"][0]["what"] == texts["ask"]
        assert found["claim"][0]["note"] == texts["claim"]
    progress = documents["progress"]
    assert progress["pillars"][0]["title"] == texts["pillar"]
    assert progress["parties"][0]["title"] == texts["party"]
    moved, read, asked, claimed, *made = log["entries"]
    assert (moved["why"], read["note"], read["by"]) == tuple(
        texts[x] for x in ("why", "news", "lead")
    )
    assert (asked["ask"], asked["ask_of"]) == (texts["ask"], texts["party"])
    assert claimed["note"] == texts["claim"]
    assert {each["title"] for each in made} == {texts["title"]}


@given(texts=TEXTS)
def test_ndjson(home: Desk, texts: Mapping[str, str]) -> None:
    """NDJSON is one record a line, and each gives its texts back."""
    _, *others = printed(home, texts, "--format", "ndjson")
    for out in others:
        records = [json.loads(line) for line in out.removesuffix("\n").split("\n")]
        assert {each["id"] for each in records} == {"P-1", "P-2"}
        assert {each["title"] for each in records} == {texts["title"]}


@given(texts=TEXTS)
def test_csv(home: Desk, texts: Mapping[str, str]) -> None:
    """CSV keeps its columns and holds no formula; without its guards it shows the texts."""
    for out in printed(home, texts, "--format", "csv"):
        head, *rows = csv.reader(io.StringIO(out, newline=""), strict=True)
        sound(head, rows, texts)


@given(texts=TEXTS)
def test_tsv(home: Desk, texts: Mapping[str, str]) -> None:
    """TSV keeps its columns and its lines whether quotes are read or not; it holds no formula."""
    for out in printed(home, texts, "--format", "tsv"):
        lines = out.removesuffix("\n").split("\n")
        head, *rows = csv.reader(lines, delimiter="\t", strict=True)
        assert [line.count("\t") for line in lines] == [len(head) - 1] * len(lines)
        sound(head, rows, texts)


def sound(head: list[str], rows: list[list[str]], texts: Mapping[str, str]) -> None:
    """Each row has the columns of the head, no cell is run, and the texts are there."""
    assert rows
    for row in rows:
        assert len(row) == len(head)
        assert not [x for x in row if is_run(x) and not NUMBER.fullmatch(x)]
        named = dict(zip(head, row, strict=True))
        for column in {"title", "lead", "due_text"} & named.keys():
            assert unguarded(named[column]) == clean(texts[column])


def is_run(cell: str) -> bool:
    """Whether a spreadsheet might run a cell, or a part of it after a semicolon."""
    parts = ("".join(part.split()).replace('"', "") for part in cell.split(";"))
    return any(part[:1] in {*"=+-@\uff1d\uff0b\uff0d\uff20"} for part in parts)


@given(texts=TEXTS)
def test_text(home: Desk, texts: Mapping[str, str]) -> None:
    """Plain text has the same lines whatever they say: one a record."""
    plain = [out.count("\n") for out in plain_pages(home, "text")[: len(LINES)]]
    found = list(printed(home, texts, "--format", "text"))
    counts = [len(out.splitlines()) for out in found]
    assert counts[:2] + counts[3:] == plain[:2] + plain[3:]
    assert [line[:3] for line in found[1].splitlines()] == ["P-1", "P-2"]
    assert all(bare(clean(texts["title"])) in bare(line) for line in found[1].splitlines())


@given(texts=TEXTS)
def test_md(home: Desk, texts: Mapping[str, str]) -> None:
    """A row of a Markdown table has the columns of its head, and no text makes a line."""
    plain = [out.count("\n") for out in plain_pages(home, "md")[: len(LINES)]]
    found = list(printed(home, texts, "--format", "md"))
    counts = [len(out.splitlines()) for out in found]
    assert counts[:2] + counts[3:] == plain[:2] + plain[3:]
    for out in found:
        for table in re.findall(r"(?:^\|.*\n)+", out, re.MULTILINE):
            assert len({re.sub(r"\\.", "", row).count("|") for row in table.splitlines()}) == 1


@settings(max_examples=number(15, 300))
@given(texts=MARKED)
def test_md_elements(home: Desk, texts: Mapping[str, str]) -> None:
    """A parser of Markdown finds the same elements whatever the texts say."""
    plain = map(md_elements, plain_pages(home, "md"))
    found = printed(home, texts, "--format", "md", lines=PAGES)
    for kinds, out in zip(plain, found, strict=True):
        assert md_elements(out) <= kinds | {"text_special"}


def md_elements(out: str) -> set[str]:
    """The kinds of elements, inline ones too, that CommonMark and its tables see."""
    blocks = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(out)
    return {each.type for block in blocks for each in (block, *(block.children or ()))}


@given(texts=st.one_of(TEXTS, MARKED))
def test_html(home: Desk, texts: Mapping[str, str]) -> None:
    """A page of HTML has the same elements whatever its texts say, and gives a title back."""
    plain = map(elements, plain_pages(home, "html"))
    found = list(printed(home, texts, "--format", "html", lines=PAGES))
    title = bare(clean(texts["title"]))
    for kinds, out, line in zip(plain, found, PAGES, strict=True):
        parser = html5lib.HTMLParser()
        parser.parse(out)
        assert parser.errors == []
        assert elements(out) <= kinds | OF_LAYOUT
        assert line in PAGES[-2:] or title in bare(unescape(re.sub("<[^>]+>", "", out)))


OF_LAYOUT = {("br", ""), ("wbr", ""), ("span", "style"), ("span", "dir")}
"""What a layout may add to break a line, or to keep one whole."""


def elements(out: str) -> set[tuple[str, str]]:
    """The names of the elements of a page, each with the names of its attributes."""
    found = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.add((tag, " ".join(sorted(name for name, _ in attrs))))

    Reader().feed(out)
    return found


@settings(max_examples=number(10, 300))
@given(texts=MARKED)
def test_eml(home: Desk, texts: Mapping[str, str]) -> None:
    """A draft has the same headers and parts whatever its texts say."""
    found = printed(home, texts, "--format", "eml", lines=PAGES)
    assert list(map(mail_parts, found)) == list(map(mail_parts, plain_pages(home, "eml")))


def mail_parts(out: str) -> list[tuple[str, list[str]]]:
    """The type of each part of a draft, with the names of its headers."""
    parts = message_from_string(out, policy=policy.default).walk()
    return [(each.get_content_type(), sorted(each.keys())) for each in parts]


@given(texts=TEXTS, width=st.integers(20, 200), color=st.sampled_from(["always", "never"]))
def test_terminal(home: Desk, texts: Mapping[str, str], width: int, color: str) -> None:
    """No line is wider than the terminal but a single word, and no letter of a title is lost.

    Beside a picture along the calendar a title is cut short.
    """
    options = ("--format", "terminal", "--width", str(width), "--color", color)
    title = Counter(bare(clean(texts["title"])))
    for command, out in zip(READING, printed(home, texts, *options), strict=True):
        seen = COLOURS.sub("", out)
        wide = [line for line in seen.split("\n") if cell_len(line) > width]
        assert not [line for line in wide if " " in line.strip()]
        assert command == "timeline" or title <= Counter(seen)
        assert color == "always" or seen == out


@given(texts=TEXTS, width=st.integers(20, 200))
def test_wrapped(home: Desk, texts: Mapping[str, str], width: int) -> None:
    """A title that is wrapped reads on: its letters stand in their order."""
    home.text = tomli_w.dumps(ledger(texts))
    options = ("--width", str(width))
    title = bare(clean(texts["title"]))
    listed = bare(home("list", "--columns", "title", *options).out)
    assert listed.removeprefix("Pledge" if width >= 60 else "") == title * 2
    assert bare(home("show", "P-1", *options).out).startswith(f"P-1{title}")


@given(texts=TEXTS, width=st.integers(20, 200))
def test_ascii(ascii_home: Desk, texts: Mapping[str, str], width: int) -> None:
    """A terminal that has ASCII only gets ASCII only, and no line too wide."""
    for out in printed(ascii_home, texts, "--width", str(width)):
        assert out.isascii()
        assert not [x for x in out.split("\n") if len(x) > width and " " in x.strip()]


NFD = "Vie\u0323\u0302t Nam"
LONG = "x" * 300
FLOOD = "e" + "\u0301" * 10 + r"\u0301"
NEEDED = (
    "\U0001f468\u200d\U0001f469 \u2764\ufe0f\u200d\U0001f525 1\ufe0f\u20e3",  # emoji
    "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # Scotland
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian: I want
    "\u0915\u094d\u200d\u0937",  # a letter of Hindi that is not joined to the next
    "\u845b\U000e0100\u57ce\u5e02",  # the city of Katsuragi
    "\u1797\u17b6\u200b\u179f\u17b6",  # Khmer, which marks where a line may end
    "\u05e9\u05c1\u05bc\u05b8\u0591",  # a letter of Hebrew with four marks
)
"""Texts in which what can't be seen is needed; they are shown as they are."""


@pytest.mark.parametrize(
    ("title", "text", "md", "cell"),
    [
        ("[red]x[/red]", "[red]x[/red]", r"\[red\]x\[/red\]", "[red]x[/red]"),
        ("[/b]", "[/b]", r"\[/b\]", "[/b]"),
        (":warning:", ":warning:", r"\:warning:", ":warning:"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m", r"\\x1b\[31mred\\x1b\[0m", None),
        ("\x9b31mred", r"\x9b31mred", r"\\x9b31mred", None),
        ("a\u200fb\u202ec", r"a\u200fb\u202ec", r"a\\u200fb\\u202ec", None),
        (
            "a\u3164b\ufe0f\U000e0041",
            r"a\u3164b\ufe0f\U000e0041",
            r"a\\u3164b\\ufe0f\\U000e0041",
            None,
        ),
        ("x\u200d\u200c\u200by", r"x\u200d\u200c\u200by", r"x\\u200d\\u200c\\u200by", None),
        *((kept, kept, kept, None) for kept in NEEDED),
        ("e" + "\u0301" * 1000, FLOOD, FLOOD.replace("\\", "\\\\"), None),
        ("two\nlines\ttab", r"two\nlines\ttab", r"two\\nlines\\ttab", None),
        ("gone\x7f", r"gone\x7f", r"gone\\x7f", None),
        (NFD, NFD, NFD, NFD),
        (LONG, LONG, LONG, LONG),
        ("工业园 区", "工业园 区", "工业园 区", "工业园 区"),
        ("=1+1", "=1+1", r"\=1+1", "'=1+1"),
        ("'=1+1", "'=1+1", "'=1+1", "''=1+1"),
        ("-1", "-1", r"\-1", "'-1"),
        ("@SUM(A1)", "@SUM(A1)", r"\@SUM(A1)", "'@SUM(A1)"),
        ("\u00a0=1", "\u00a0=1", "\u00a0=1", "'\u00a0=1"),
        ("\uff1d1+1", "\uff1d1+1", "\uff1d1+1", "'\uff1d1+1"),
        ("a; =1", "a; =1", "a; =1", "a;' =1"),
        ("a;-1;'@b", "a;-1;'@b", r"a;-1;'\@b", "a;'-1;''@b"),
        ("a|b", "a|b", r"a\|b", "a|b"),
        ("`id`", "`id`", r"\`id\`", "`id`"),
        ("<script>", "<script>", r"\<script\>", "<script>"),
        ("$(id); %s {0} \\", "$(id); %s {0} \\", r"\$(id); %s \{0\} \\", None),
        ('say "no", "never"', 'say "no", "never"', 'say "no", "never"', 'say "no", "never"'),
    ],
)
def test_hostile_title(home: Desk, title: str, text: str, md: str, cell: str | None) -> None:
    """A title that tries to be more than a text is shown as what it is, in every format."""
    home.text = tomli_w.dumps(ledger({**PLAIN, "title": title}))
    argv = ("list", "P-1", "--columns", "title", "--format")
    assert home(*argv, "text").out == f"{text}\n"
    assert home(*argv, "md").out.endswith(f"| Pledge |\n| --- |\n| {md} |\n")
    assert home(*argv, "tsv").out == f"title\n{cell or text}\n"
    [_, [found]] = csv.reader(io.StringIO(home(*argv, "csv").out, newline=""), strict=True)
    assert found == (cell or text)
    assert json.loads(home(*argv, "json").out)["pledges"] == [{"title": title}]
    assert not obeyed(home(*argv, "json").out)
    seen = home(*argv, "terminal", "--width", "40", "--color", "never").out
    assert bare(seen) == bare(text)
    assert max(map(cell_len, seen.splitlines())) <= 40


@pytest.mark.parametrize("form", [each for each in Format if each not in (Format.TEXT, Format.ICS)])
def test_diffs(home: Desk, form: Format) -> None:
    """A change that is shown first shows what is around it; only a pipe gets the very bytes."""
    home.text = f"{tomli_w.dumps(ledger(PLAIN))}# a\u202eb\u2028\u3164\x9b31m```\n"
    code, out, _ = home("set", "P-2", "--lead", "MPI", "--dry-run", "--format", form)
    assert code == 0
    assert not obeyed(out.replace("\t", ""))


# --- standard error -----------------------------------------------------------------------------

HOSTILE = (
    "\x1b]0;owned\x07\x1b]52;c;eA==\x07\x1b]8;;x:y\x1b\\link\x1b]8;;\x1b\\"
    "\x9d0;owned\x9c\x9b31mred\x85\u202eab\u2066c\td\ne\r\x7f\u2028\u200b\ufe0f\U000e0041\u3164\u4e2d"
)
"""A window's title, the clipboard, a link, colours, direction marks, a tab, ends of lines."""
KEY = "k [red]|`=1` %s {0} \u4e2d"
"""A key that is as hostile as one can be that is seen."""
REGISTERS = ("lead", "pillar", "party", "source", "tag")
SHEET = f'ID,Title,"{HOSTILE}",Frist,Pillar\nP-9,z,"{HOSTILE}","{HOSTILE}","{KEY}"\n'
EDITOR = "from pathlib import Path; import sys; Path(sys.argv[1]).write_text({!r})"
BROKEN = '[plan]\ntitle = "\u4e2d\x9b31m"\n[[pledge]]\nk\x1b]0;owned\x07x'

SAID: list[tuple[str, str, tuple[str, ...]]] = [
    *((name, "there is no option", (f"--{HOSTILE}",)) for name in cli.COMMANDS),
    *(("list", f"the ledger has no {x} '", (f"--{x}", f"x{HOSTILE}")) for x in REGISTERS),
    *(
        ("list", f"there is no {x} '", (f"--{x}", HOSTILE))
        for x in ("status", "format", "strength")
    ),
    ("list", "error[", ("--ledger", "{broken}")),
    ("list", '"hint":', ("--ledger", "{broken}", "--format", "json")),
    ("list", "contains U+001B, a control character", ("--ledger", "{keys}")),
    ("edit", "Your edited copy is kept in", ("--ledger", "{keys}")),
    ("list", "does not exist", ("--ledger", "{absent}")),
    ("list", "can't write", ("--output", f"{HOSTILE}/x", "--format", "csv")),
    ("show", "no pledge has the id", (f"P-1{HOSTILE}",)),
    ("report", "the ledger has no lead", ("--lead", f"x{HOSTILE}")),
    ("ask", "the ledger has no party", ("--party", f"x{HOSTILE}")),
    ("update", "in progress, due soon", ("--pillar", KEY, "--note", "Read.", "--yes")),
    ("update", "1 of 2 pledges can't", ("--pillar", KEY, "--value", "4", "--yes")),
    ("update", "the ledger has no party", ("--party", f"x{HOSTILE}", "--note", "Read.", "--yes")),
    ("update", "Written to ", ("P-1", "--note", HOSTILE)),
    ("update", "the ledger has no source", ("P-1", "--note", "Read.", "--source", HOSTILE)),
    ("add", "Written to ", ("--title", f"x{HOSTILE}", "--pillar", KEY)),
    ("add", "there is no pillar", ("--title", "x", "--pillar", f"x{HOSTILE}")),
    ("sources", "the ledger has no source", (HOSTILE,)),
    ("set", "Written to ", ("P-1", "--lead", f"x{HOSTILE}")),
    ("set", "there is no term", ("P-1", "--clear", HOSTILE)),
    ("set", "no pledge has the id", (HOSTILE, "--lead", "MPI")),
    ("correct", "Written to ", ("P-1", "1", "--note", f"x{HOSTILE}")),
    ("correct", "entry 1 of P-1 has no", ("P-1", "1", "--clear", HOSTILE)),
    ("remove", "Written to ", ("P-2", "--yes")),
    ("remove", "no pledge has the id", (HOSTILE, "--yes")),
    ("import", "1 error", ("{sheet}", "--map", "Title=title,Frist=due,ID=id")),
    ("import", "Left out: ", ("{sheet}", "--map", "ID=id,Title=title,Pillar=pillar")),
    ("import", "does not exist", ("{absent}",)),
    ("init", "Created ", ("--ledger", "{absent}")),
    ("init", "already exists", ("--ledger", "{ledger}")),
    ("init", "can't be a key", ("--ledger", "{absent}", "--party", HOSTILE)),
    ("edit", "Your edited copy is kept in", ()),
    ("edit", "no pledge has the id", (HOSTILE,)),
    ("undo", "there is nothing to undo", ()),
    ("redo", "there is nothing to redo", ()),
]
"""Commands, what they answer on standard error, and their words."""


class Hostile(Desk):
    """A desk with a ledger with hostile texts, keys and name, and files to go with it."""

    def __init__(self, place: Path) -> None:
        place = place / HOSTILE
        super().__init__(place, None)
        names = ("ledger", "absent", "broken", "keys", "sheet")
        self.named = {name: place / f"{name} {HOSTILE}.toml" for name in names}
        self.named["sheet"] = place / f"{HOSTILE}.csv"
        written = ledger(dict.fromkeys(PLACES, HOSTILE))
        written["pillars"] = {KEY: HOSTILE}
        written["pledge"] = [each | {"pillar": KEY} for each in written["pledge"]]
        self.named["ledger"].write_text(tomli_w.dumps(written), encoding="utf-8")
        self.named["broken"].write_text(BROKEN, encoding="utf-8")
        keys = {"parties": {HOSTILE: "x"}, "sources": {HOSTILE: {"title": "x"}}}
        ids = [each | {"id": HOSTILE, "owed_by": [HOSTILE]} for each in written["pledge"]]
        self.named["keys"].write_text(tomli_w.dumps({**written, **keys, "pledge": ids}), "utf-8")
        self.named["sheet"].write_text(SHEET, encoding="utf-8", newline="\n")
        editor = place / "editor.py"
        editor.write_text(EDITOR.format(BROKEN), encoding="utf-8")
        self.environment["VISUAL"] = shlex.join([sys.executable, str(editor)])


@pytest.mark.skipif(sys.platform == "win32", reason="names of files have no controls there")
@pytest.mark.parametrize(("command", "said", "words"), SAID)
def test_standard_error(tmp_path: Path, command: str, said: str, words: tuple[str, ...]) -> None:
    """Whatever is said of a hostile ledger or of hostile words, no terminal obeys it."""
    desk = Hostile(tmp_path)
    argv = [command, *(str(desk.named.get(word.strip("{}"), word)) for word in words)]
    if "--ledger" not in argv:
        argv += ["--ledger", str(desk.named["ledger"])]
    err = desk(*argv, "--debug").err
    assert said in err
    assert not obeyed(err)
    assert "\t" not in err


OPTIONS = {
    f"{command} {each.name}" if IS_NIGHT else each.name: (command, each.opts[-1])
    for command in reversed(cli.COMMANDS)
    for each in options(command)
    if command != "edit" and not each.is_flag
}
"""By day each option of one command, at night those of every command."""


@pytest.mark.skipif(sys.platform == "win32", reason="names of files have no controls there")
def test_every_option(tmp_path: Path) -> None:
    """Whatever value an option is given, it is answered, and no terminal obeys what is said."""
    desk = Hostile(tmp_path)
    for command, option in OPTIONS.values():
        ids = ["P-1"] if command in ("show", "update", "set", "correct", "remove") else []
        others = ["{sheet}"] if command == "import" else ["1"] if command == "correct" else []
        argv = [command, *ids, *(desk.named[x.strip("{}")] for x in others if x != "1"), option]
        ledger_option = [] if option == "--ledger" else ["--ledger", str(desk.named["ledger"])]
        code, _, err = desk(*map(str, argv), HOSTILE, *ledger_option, "--debug")
        assert (argv, code) != (argv, Exit.BUG)
        assert not obeyed(err)
        assert "\t" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="names of files have no controls there")
@pytest.mark.parametrize("name", ["PLEDGES_AS_OF", "PLEDGES_LEDGER", "HOME", "XDG_STATE_HOME"])
def test_every_variable(tmp_path: Path, name: str) -> None:
    """Whatever a variable of the environment holds, no terminal obeys what is said of it."""
    desk = Hostile(tmp_path)
    desk.environment[name] = HOSTILE
    for line in ("list", "update P-1 --note x", "undo --list", "init"):
        err = desk.line(line, "--debug").err
        assert err
        assert not obeyed(err)
        assert "\t" not in err


def test_every_command_is_tried() -> None:
    """The table above has every command."""
    assert {command for command, *_ in SAID} == {*cli.COMMANDS}


def test_aligned() -> None:
    """Columns stand below each other in cells of a screen, wide characters and escapes too."""
    rows = [("A-1", "\u5de5\u4e1a", "x "), ("A-22", "late", "\tb"), ("\x1b[31m", "", "c")]
    assert list(aligned(rows)) == [
        "A-1       \u5de5\u4e1a  x ",
        "A-22      late  \\tb",
        "\\x1b[31m        c",
    ]


def test_questions(desk: Desk) -> None:
    """A question that names hostile keys shows them as they are."""
    key = "k[red]x[/red] {0} %s"
    desk.text = desk.text.replace("energy", f'"{key}"', 1).replace('"energy"', f'"{key}"')
    question = f"Pillar (economy, {key}, people): "
    answers = [(question, "\x04")]
    code, seen = desk.answering("add --title x", answers)
    assert question.strip() in seen
    assert not obeyed(seen)
    assert code == 0


BUG = """
import sys

class Bug:
    def find_spec(self, name, *rest):
        if name == "rtoml":
            raise RuntimeError({!r})

sys.meta_path.insert(0, Bug())
from pledges.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""The program with a bug that has a hostile message."""


@pytest.mark.parametrize(
    ("options", "code", "ending"),
    [
        ((), 70, "  = hint: run it again with --debug to see the traceback\n"),
        (("--debug",), 1, "\\u3164\u4e2d\n"),
    ],
)
def test_bug(tmp_path: Path, options: Sequence[str], code: int, ending: str) -> None:
    """A bug is told in one line, or with its trace, and no terminal obeys what it quotes."""
    desk = Desk(tmp_path, tomli_w.dumps(ledger(PLAIN)))
    command = (sys.executable, "-X", "utf8", "-c", BUG.format(HOSTILE), "list", *options)
    told, _, err = desk.command(*command)
    err = err.replace("\r\n", "\n")
    assert "RuntimeError: \\x1b]0;owned\\x07" in err
    assert err.endswith(ending)
    assert not obeyed(err)
    assert told == code
