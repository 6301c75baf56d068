"""``pledges add``: a new pledge in the ledger, by options or by questions."""

import json
import tomllib

import pytest

from desk import NAME, NOT_WRITTEN, WRITTEN, Desk
from samples import PARTS, SMALL_PLAN, holding

SHORT = "add --title 'Hold a forum' --pillar people"
BLOCK = """
[[pledge]]
id = "PPL-04"
title = "Hold a forum"
pillar = "people"
"""


def test_shortest(desk: Desk) -> None:
    """A title and a pillar make a pledge."""
    told = "PPL-04  no status  no deadline  -  -  Hold a forum\n"
    assert desk.line(SHORT) == (0, told, WRITTEN)
    assert desk.text == holding({"PPL-03": BLOCK})


def test_everything(desk: Desk) -> None:
    """Every option is a term of the pledge, placed behind the last one of its pillar."""
    terms = "--owed-by 'VN, singapore' --due 2027-Q4 --made 2026-11 --strength Signed --source VOV"
    more = "--lead 'Energy Board' --tag grid --tag wind --tag grid --note 'As signed.' --id E/1"
    measure = "--unit MW --baseline 0.5 --target 1200"
    argv = f"add --title 'Link \"all\" grids' --pillar ENERGY {terms} {more} {measure}"
    told = 'E/1  no status  not due yet  Q4 2027  13 months left  Link "all" grids\n'
    assert desk.line(argv) == (0, told, WRITTEN)
    block = """
[[pledge]]
id = "E/1"
title = "Link \\"all\\" grids"
pillar = "energy"
owed_by = ["VN", "SG"]
lead = "Energy Board"
strength = "signed"
made = "2026-11"
due = "2027-Q4"
source = "vov"
tags = ["grid", "wind"]
note = "As signed."
measure = { unit = "MW", baseline = 0.5, target = 1200 }
"""
    assert desk.text == holding({"ENE-01": block})


@pytest.mark.parametrize(
    ("pillar", "part", "name"),
    [
        ("economy", "ECO-02 asks", "ECO-03"),
        ("Economic Cooperation", "ECO-02 asks", "ECO-03"),
        ("Energy", "ENE-01", "ENE-02"),
        ("PEOPLE", "PPL-03", "PPL-04"),
    ],
)
def test_place(desk: Desk, pillar: str, part: str, name: str) -> None:
    """A pillar is named by key or title, in any case; its next free number makes the id."""
    assert desk("add", "--title", "T", "--pillar", pillar).code == 0
    found = next(each for each in tomllib.loads(desk.text)["pledge"] if each["id"] == name)
    lines = f'\n[[pledge]]\nid = "{name}"\ntitle = "T"\npillar = "{found["pillar"]}"\n'
    assert desk.text == holding({part: lines})


def test_first_of_a_pillar(desk: Desk) -> None:
    """The first pledge of a pillar stands behind those of the pillars before it."""
    desk.text = SMALL_PLAN.replace(PARTS["ENE-01"], "")
    assert desk("add", "--title", "T", "--pillar", "energy").code == 0
    lines = '\n[[pledge]]\nid = "ENE-01"\ntitle = "T"\npillar = "energy"\n'
    assert desk.text == holding({"ECO-02 asks": lines}).replace(PARTS["ENE-01"], "")


def test_first_of_a_ledger(desk: Desk) -> None:
    """The first pledge of a ledger stands at its end."""
    desk.text = PARTS["head"]
    assert desk("add", "--title", "T", "--pillar", "energy").code == 0
    lines = '\n[[pledge]]\nid = "ENE-01"\ntitle = "T"\npillar = "energy"\n'
    assert desk.text == PARTS["head"] + lines


@pytest.mark.parametrize(
    ("argv", "lines", "told"),
    [
        (
            "--kind recurring --every quarter",
            'kind = "recurring"\nevery = "quarter"\nsince = "2026-Q4"\n',
            "due soon  Q4 2026  39 days left",
        ),
        (
            "--every YEAR --made 2025-03-01",
            'kind = "recurring"\nevery = "year"\nsince = "2025"\nmade = 2025-03-01\n',
            "overdue  2025  11 months late",
        ),
        (
            "--every half --since 2027-H1",
            'kind = "recurring"\nevery = "half"\nsince = "2027-H1"\n',
            "not due yet  H1 2027  7 months left",
        ),
        (
            "--kind Ongoing --review '6 months'",
            'kind = "ongoing"\nreview = "6 months"\n',
            "no end date  -  -",
        ),
        ("--due 2026-12-31", "due = 2026-12-31\n", "due soon  31 Dec 2026  39 days left"),
        ("--due eoq", "due = 2026-12-31\n", "due soon  31 Dec 2026  39 days left"),
        ("--due 2026", 'due = "2026"\n', "due soon  2026  39 days left"),
        ("--due 2026-h2", 'due = "2026-H2"\n', "due soon  H2 2026  39 days left"),
        ("--made 2026-11-22", "made = 2026-11-22\n", "no deadline  -  -"),
        ("--made 2026", 'made = "2026"\n', "no deadline  -  -"),
        ("--owed-by VN --owed-by sg", 'owed_by = ["VN", "SG"]\n', "no deadline  -  -"),
        ("--owed-by 'Viet Nam;SG;VN'", 'owed_by = ["VN", "SG"]\n', "no deadline  -  -"),
        (
            "--unit parks --target 3",
            'measure = { unit = "parks", target = 3 }\n',
            "no deadline  -  -",
        ),
        ("--source https://a.vn/1", 'source = "https://a.vn/1"\n', "no deadline  -  -"),
        ("--waiting-on 'viet nam'", 'waiting_on = "VN"\n', "no deadline  -  -"),
        ("--waiting-on 'the banks'", 'waiting_on = "the banks"\n', "no deadline  -  -"),
        ("--due-text 'before long'", 'due_text = "before long"\n', "no deadline  before long  -"),
        ("--part-of eco-01", 'part_of = "ECO-01"\n', "no deadline  -  -"),
        ("--internal 'Not for mails.'", 'internal = "Not for mails."\n', "no deadline  -  -"),
        (
            "--unit MW --baseline-date 2026-01-01 --measure-source VOV",
            'measure = { unit = "MW", baseline_date = 2026-01-01, source = "vov" }\n',
            "no deadline  -  -",
        ),
    ],
)
def test_term(desk: Desk, argv: str, lines: str, told: str) -> None:
    """A term is written as the ledger has it, whatever way it is given."""
    out = f"PPL-04  no status  {told}  Hold a forum\n"
    assert desk.line(f"{SHORT} {argv}") == (0, out, WRITTEN)
    assert desk.text == holding({"PPL-03": BLOCK + lines})


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ('say "x"', r'title = "say \"x\""'),
        ("[[pledge]]", 'title = "[[pledge]]"'),
        ("\x1b[31mred", r'title = "\u001b[31mred"'),
        ("Ke\u0302\u0301 hoa\u0323ch", 'title = "Ke\u0302\u0301 hoa\u0323ch"'),
        ("K\u1ebf ho\u1ea1ch", 'title = "K\u1ebf ho\u1ea1ch"'),
        (" blanks ", 'title = "blanks"'),
        ("-", 'title = "-"'),
        ("x" * 3000, f'title = "{"x" * 3000}"'),
    ],
)
def test_title(desk: Desk, title: str, line: str) -> None:
    """A title is kept letter for letter."""
    code, out, err = desk("add", "--title", title, "--pillar", "people")
    assert (code, err) == (0, WRITTEN)
    assert "\x1b" not in out
    assert desk.text == holding({"PPL-03": BLOCK.replace('title = "Hold a forum"', line)})


def test_note_from_standard_input(desk: Desk) -> None:
    """With ``--note -`` a note of several lines is read from standard input."""
    argv = ("add", "--title", "Hold a forum", "--pillar", "people", "--note", "-")
    assert desk(*argv, stdin=b"One.\r\n\r\nTwo.\r\n").code == 0
    assert desk.text == holding({"PPL-03": BLOCK + 'note = """\nOne.\n\nTwo."""\n'})


def test_source_is_registered(desk: Desk) -> None:
    """A new source is put into the register by the same write."""
    new = "--source mfa --source-title Statement --source-date 2026-11-20 --source-url http://a.vn"
    assert desk.line(f"{SHORT} {new}").code == 0
    entry = """
[sources.mfa]
title = "Statement"
date = 2026-11-20
url = "http://a.vn"
"""
    assert desk.text == holding({"sources": entry, "PPL-03": BLOCK + 'source = "mfa"\n'})


def test_first_source(desk: Desk) -> None:
    """The first source of all gets a register behind the other tables."""
    desk.text = SMALL_PLAN.replace(PARTS["sources"], "")
    assert desk.line(f"{SHORT} --source mfa --source-title Statement").code == 0
    entry = '\n[sources.mfa]\ntitle = "Statement"\n'
    made = holding({"sources": entry, "PPL-03": BLOCK + 'source = "mfa"\n'})
    assert desk.text == made.replace(PARTS["sources"], "")


def test_source_in_another_case(desk: Desk) -> None:
    """A source that already exists is not registered again in another case."""
    told = """\
pledges: error: the ledger already has a source 'vov'
  = hint: leave out --source-title and the options of a new source
"""
    assert desk.line(f"{SHORT} --source VOV --source-title Statement") == (2, "", told)
    assert desk.text == SMALL_PLAN


def test_shown(desk: Desk) -> None:
    """With ``-n`` the whole diff is printed, and nothing is written."""
    stamp = desk.stamp
    assert desk.line(f"{SHORT} --due 2027 -n") == (
        0,
        """\
--- a/commitments.toml
+++ b/commitments.toml
@@ -89,3 +89,9 @@
 [[pledge.update]]
 date = 2026-03-01
 status = "withdrawn"
+
+[[pledge]]
+id = "PPL-04"
+title = "Hold a forum"
+pillar = "people"
+due = "2027"
""",
        "",
    )
    assert desk.stamp == stamp


def test_json(desk: Desk) -> None:
    """JSON gives the new pledge as a list of one."""
    code, out, err = desk.line(f"{SHORT} --format json")
    document = json.loads(out)
    (new,) = document["pledges"]
    assert (code, err) == (0, WRITTEN)
    assert (document["kind"], document["count"], document["ledger"]) == ("pledge-list", 1, NAME)
    assert (new["id"], new["title"], new["due"]) == ("PPL-04", "Hold a forum", None)


def test_quiet(desk: Desk) -> None:
    """With ``-q`` nothing is said; in a format that is asked for the new pledge is."""
    told = "PPL-04  no status  no deadline  -  -  Hold a forum\n"
    assert desk.line(f"{SHORT} -q --format text") == (0, told, "")
    assert desk.line(f"{SHORT} --id PPL-99 -q") == (0, "", "")


@pytest.mark.parametrize("option", ["", "--no-input", "--yes"])
@pytest.mark.parametrize(
    ("argv", "missing"),
    [("add", "--title"), ("add --pillar energy", "--title"), ("add --title T", "--pillar")],
)
def test_never_asks_a_script(desk: Desk, argv: str, missing: str, option: str) -> None:
    """Where nobody sits at a terminal what is missing is refused."""
    hint = "for example: pledges add --title 'Open the market' --pillar economy"
    told = f"pledges: error: a pledge needs {missing}\n  = hint: {hint}\n"
    assert desk.line(f"{argv} {option}") == (2, "", told)
    assert desk.text == SMALL_PLAN


RECURRING = "leave it out, or add --kind recurring --every year"


@pytest.mark.parametrize(
    ("argv", "message", "hint"),
    [
        (
            "--kind recurring",
            "a recurring pledge needs --every",
            "--every takes year, half, quarter, month",
        ),
        ("--kind one-off --every year", "--every is only for recurring pledges", RECURRING),
        ("--kind ongoing --since 2026", "--since is only for recurring pledges", RECURRING),
        ("--since 2026", "--since is only for recurring pledges", RECURRING),
        (
            "--every year --due 2027",
            "a recurring pledge is due at the end of each period",
            "leave out --due",
        ),
        ("--every year --since 2026-Q1", "--since: 2026-Q1 is not a year", "for example 2026"),
        (
            "--made 2026-11-22 --due 2025",
            "the deadline 2025 is before the pledge was made, 2026-11-22",
            "check --due and --made",
        ),
    ],
)
def test_terms_that_do_not_go_together(desk: Desk, argv: str, message: str, hint: str) -> None:
    """What does not go together is refused by the names of the options."""
    told = f"pledges: error: {message}\n  = hint: {hint}\n"
    assert desk.line(f"{SHORT} {argv}") == (2, "", told)
    assert desk.text == SMALL_PLAN


@pytest.mark.parametrize(
    ("argv", "code", "message", "hint"),
    [
        ("--part-of eco", 5, "no pledge has the id 'eco'", "'ECO*' matches 2 pledges"),
        ("--part-of 'ECO-*'", 5, "--part-of: 'ECO-*' matches 2 pledges", "give the id of one"),
        ("--superseded-by X", 5, "no pledge has the id 'X'", "to search: pledges list --search X"),
        (
            "--unit MW --measure-source vovv",
            2,
            "--measure-source: the ledger has no source 'vovv'",
            "did you mean vov? If not, give a URL that begins with https://",
        ),
        (
            "--baseline-date 2026",
            2,
            "--baseline-date: 2026 is not a single day",
            "give a day from 2026-01-01 to 2026-12-31",
        ),
    ],
)
def test_what_is_not_there(desk: Desk, argv: str, code: int, message: str, hint: str) -> None:
    """A term that names what the ledger does not have is refused by the name of its option."""
    told = f"pledges: error: {message}\n  = hint: {hint}\n"
    assert desk.line(f"{SHORT} {argv}") == (code, "", told)
    assert desk.text == SMALL_PLAN


@pytest.mark.parametrize("word", ["''", "' '", ",", "';'"])
def test_owed_by_nobody(desk: Desk, word: str) -> None:
    """A list of parties in which none is named is refused."""
    told = "pledges: error: --owed-by is empty\n  = hint: write something, or leave it out\n"
    assert desk.line(f"{SHORT} --owed-by {word}") == (2, "", told)
    assert desk.text == SMALL_PLAN


@pytest.mark.parametrize("name", ["-n", "--yes", "/x", "*"])
def test_id_like_an_option(desk: Desk, name: str) -> None:
    """An id that the command line would take for something else is refused."""
    told = f"""\
pledges: error: --id: '{name}' does not begin with a letter or a digit
  = hint: for example PEO-01
"""
    assert desk("add", "--title", "T", "--pillar", "people", f"--id={name}") == (2, "", told)


@pytest.mark.parametrize("option", ["--baseline", "--target"])
def test_very_long_number(desk: Desk, option: str) -> None:
    """A number of thousands of digits is a number or is refused, and no bug."""
    assert desk.line(f"{SHORT} --unit u {option} {'9' * 5000}").code == 2
    assert desk.line(f"{SHORT} --unit u {option} {'0' * 5000}1").code in (0, 2)


# On a terminal

BEFORE = "Press Enter to skip a question, or Ctrl-C to stop without adding anything.\n"
TITLE = "What was promised: "
PILLAR = "Pillar (economy, energy, people): "
OWED_BY = "Owed by (VN, SG): "
DUE = "Due (a day or a period): "
MADE = "Made on: "
STRENGTH = "Strength (requested, proposed, agreed, reaffirmed, signed): "
SOURCE = "Source (an id or a URL): "


def test_questions(desk: Desk) -> None:
    """What is missing is asked for, in the order of the terms; what is left empty stays out."""
    answers = [
        (TITLE, "Hold a forum\n"),
        (PILLAR, "People\n"),
        (OWED_BY, "vn; Singapore\n"),
        (DUE, "2027-Q4\n"),
        (MADE, "\n"),
        (STRENGTH, "Agreed\n"),
        (SOURCE, "\n"),
    ]
    code, seen = desk.answering("add", answers)
    asked = "".join(f"{prompt}{typed}".replace(": \n", ":\n") for prompt, typed in answers)
    told = """\
Id      Pledge        Status     Standing     Deadline  Days
PPL-04  Hold a forum  no status  not due yet  Q4 2027   13 months left
"""
    assert (code, seen) == (0, BEFORE + asked + told + WRITTEN)
    terms = 'owed_by = ["VN", "SG"]\nstrength = "agreed"\ndue = "2027-Q4"\n'
    assert desk.text == holding({"PPL-03": BLOCK + terms})


NEEDED = ["this is required"]
WRONG = [
    (TITLE, "", NEEDED),
    (TITLE, "  ", NEEDED),
    (TITLE, "Hold a forum", []),
    (PILLAR, "", NEEDED),
    (PILLAR, "econmy", ["there is no pillar 'econmy'", "did you mean economy?"]),
    (PILLAR, "people", []),
    (OWED_BY, "VN, XX", ["there is no party 'XX'", "use one of VN, SG, Viet Nam, Singapore"]),
    (OWED_BY, "", []),
    (DUE, "31/12/2027", ["due: '31/12/2027' is not a date", "write 2027-12-31"]),
    (DUE, "", []),
    (
        MADE,
        "2027",
        ["made 2027 is after 22 Nov 2026", "give the day or the period in which it was made"],
    ),
    (MADE, "", []),
    (
        STRENGTH,
        "firm",
        [
            "there is no strength 'firm'",
            "use one of requested, proposed, agreed, reaffirmed, signed",
        ],
    ),
    (STRENGTH, "", []),
    (SOURCE, "vovv", ["the ledger has no source 'vovv'", "did you mean vov?"]),
    (SOURCE, "zzz", ["the ledger has no source 'zzz'", "give the id of a source, or a URL"]),
    (SOURCE, "", []),
]


def test_wrong_answers(desk: Desk) -> None:
    """A wrong answer is told with what to write, and the same question is asked again."""
    answers = [(prompt, f"{typed}\n") for prompt, typed, _ in WRONG]
    code, seen = desk.answering("add", answers)
    lines = [
        line
        for prompt, typed, told in WRONG
        for line in (f"{prompt}{typed}".rstrip(), *(f"  {each}" for each in told))
    ]
    told = """\
Id      Pledge        Status     Standing
PPL-04  Hold a forum  no status  no deadline
"""
    assert (code, seen) == (0, BEFORE + "\n".join([*lines, told]) + WRITTEN)
    assert desk.text == holding({"PPL-03": BLOCK})


def test_wrong_date_fits(desk: Desk) -> None:
    """What is told about a date fits the terminal."""
    answers = [(PILLAR, "people\n"), (OWED_BY, "\n"), (DUE, "2027-Q5\n"), (DUE, "\x04")]
    _, seen = desk.answering("add --title T", answers)
    assert "  due: there is no quarter 5\n" in seen
    assert max(map(len, seen.splitlines())) <= 80


@pytest.mark.parametrize("at", range(7))
def test_end_of_answers(desk: Desk, at: int) -> None:
    """Where the answers end at any question nothing is written, and that is said."""
    prompts = (TITLE, PILLAR, OWED_BY, DUE, MADE, STRENGTH, SOURCE)
    typed = ("Hold a forum\n", "people\n", "\n", "\n", "\n", "\n")
    answers = [*zip(prompts, typed[:at], strict=False), (prompts[at], "\x04")]
    stamp = desk.stamp
    code, seen = desk.answering("add", answers)
    assert code == 0
    assert seen.endswith(f"{prompts[at].rstrip()}\n{NOT_WRITTEN}")
    assert desk.stamp == stamp


def test_nothing_is_missing(desk: Desk) -> None:
    """Where title and pillar are given nothing is asked on a terminal either."""
    code, seen = desk.answering(SHORT)
    told = "PPL-04  Hold a forum  no status  no deadline"
    assert (code, told in seen, seen.endswith(WRITTEN)) == (0, True, True)
    assert "?" not in seen
    assert ": " not in seen.removesuffix(WRITTEN)


def test_only_what_is_missing(desk: Desk) -> None:
    """What was given by options is not asked for."""
    argv = "add --title 'Hold a forum' --due 2027 --strength agreed --made today --source vov"
    code, seen = desk.answering(argv, [(PILLAR, "people\n"), (OWED_BY, "\n")])
    assert code == 0
    assert seen.startswith(f"{BEFORE}{PILLAR}people\n{OWED_BY.rstrip()}\nId ")


def test_no_input(desk: Desk) -> None:
    """With ``--no-input`` nothing is asked on a terminal either."""
    code, seen = desk.answering("add --title T --no-input")
    assert code == 2
    assert seen.startswith("pledges: error: a pledge needs --pillar\n")


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        ("--strength firm", "there is no strength 'firm'"),
        ("--due soon", "--due: 'soon' is not a date"),
        ("--owed-by XX", "there is no party 'XX'"),
        ("--due 2025 --made 2026", "the deadline 2025 is before"),
        ("--kind recurring", "a recurring pledge needs --every"),
        ("--unit u --target x", "--target: 'x' is not a number"),
        ("--id=-n", "--id: '-n' does not begin with"),
    ],
)
def test_options_come_first(desk: Desk, argv: str, message: str) -> None:
    """A wrong option is refused before anything is asked."""
    code, seen = desk.answering(f"add --title T {argv}", [(PILLAR, "\x04")])
    assert (code, seen.split("\n")[0][: 16 + len(message)]) == (2, f"pledges: error: {message}")


def test_shown_on_terminal(desk: Desk) -> None:
    """With ``-n`` the answers make a diff and nothing else."""
    prompts = (PILLAR, OWED_BY, DUE, MADE, STRENGTH, SOURCE)
    answers = [(prompt, "people\n" if prompt == PILLAR else "\n") for prompt in prompts]
    code, seen = desk.answering("add --title T -n", answers)
    assert code == 0
    assert '\n+title = "T"\n' in seen
    assert desk.text == SMALL_PLAN
