"""Any command line, environment, standard input and ledger ends in an answer or in one refusal."""

import random

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk import Desk
from everything import options
from nightly import number
from pledges.cli import COMMANDS
from pledges.errors import Exit
from pledges.own_commands import OVERVIEW
from samples import SMALL_PLAN
from test_any_text import HOSTILE, PLACES, ledger, obeyed

WORDS = (
    *(
        "",
        " ",
        "-",
        "--",
        "~",
        "~nobody/x",
        ".",
        "..",
        "/",
        "/dev/full",
        "new.toml",
        "in.csv",
        "x.xlsx",
    ),
    *(
        "P-1",
        "eco-01",
        "ECO-01",
        "ECO-*",
        "[",
        "[a-",
        "*?[!",
        "ECO-99",
        "1",
        "0",
        "-1",
        "99",
        "x=y",
        "=",
    ),
    *("2026-12-31", "2026-Q4", "31/12/2026", "Dec 2026", "90d", "-3d", "eom", "9999", "0001-01-01"),
    *("99999999999999999999", "1e400", "nan", "-0", "1,5", "+1", "1" * 5000, "\u0663", "\u00b2"),
    *(
        "completed",
        "overdue",
        "economy",
        "VN",
        "vn,sg",
        "year",
        "json",
        "text",
        "md",
        "always",
        "due,-progress",
    ),
    *(
        HOSTILE,
        "\u202e",
        "\u0301" * 30,
        "x" * 5000,
        "a;b,c\n=d",
        "\udcff",
        "=HYPERLINK(1)",
        "ti\u1ebfng",
    ),
)
"""Values for options and arguments, good, bad and hostile."""

ENVIRONMENT = {
    "COLUMNS": ("", "0", "1", "20", "500", "-5", "x", "9" * 5000, "\u00b2"),
    "PLEDGES_AS_OF": ("", "2026-11-22", "0001-01-01", "9999-12-31", "x", HOSTILE),
    "PLEDGES_LEDGER": ("", "commitments.toml", "nowhere.toml", "~", HOSTILE),
    "LC_ALL": ("C", "C.UTF-8", "xx_XX", ""),
    "TERM": ("dumb", "", "xterm"),
    "NO_COLOR": ("", "1"),
    "FORCE_COLOR": ("", "1", "3"),
    "HOME": ("", "relative", "/nonexistent"),
    "XDG_STATE_HOME": ("", "relative", "/dev/null"),
}
LEDGERS = (
    SMALL_PLAN,
    tomli_w.dumps(ledger(dict.fromkeys(PLACES, HOSTILE))),
    "",
    "\ufeff",
    "[plan]\n",
)
PIECES = (
    *(
        "[[pledge]]\n",
        "[[pledge.update]]\n",
        "[pledge.measure]\n",
        "]",
        "[",
        "{",
        '"',
        '"""',
        "'",
        "=",
        "#",
    ),
    *(
        "\r\n",
        "\x00",
        "\u2028",
        "\u00a0",
        "\U000e0041",
        "2026-02-30",
        "1e999",
        "inf",
        "0x",
        "true",
        "\\",
    ),
    *(
        "id = 1\n",
        "due = 2026-01-01\n",
        'kind = "recurring"\n',
        "x.y.z = 1\n",
        'status = "completed"\n',
    ),
)
"""What is put into a ledger at any place."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk whose ledger, environment and folder each example makes anew."""
    return Desk(tmp_path_factory.mktemp("fuzz"))


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    """A command with some of its options and some arguments."""
    command = draw(st.sampled_from([each for each in (OVERVIEW, *COMMANDS) if each != "edit"]))
    argv = [command, *draw(st.lists(st.sampled_from(WORDS), max_size=2))]
    for each in draw(st.lists(st.sampled_from([*options(command)]), max_size=4)):
        argv += [each.opts[0]] if each.is_flag else [each.opts[0], draw(st.sampled_from(WORDS))]
    return argv


@st.composite
def mutated_ledgers(draw: st.DrawFn) -> str:
    """A ledger from which parts are taken, doubled, or into which others are put."""
    text = draw(st.sampled_from(LEDGERS))
    dice = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311  (no secret)
    for _ in range(draw(st.integers(0, 3))):
        start = dice.randint(0, len(text))
        end = min(len(text), start + dice.choice((0, 1, 5, 60)))
        middle = dice.choice(("", text[start:end] * 2, dice.choice(PIECES)))
        text = text[:start] + middle + text[end:]
    return text


@settings(max_examples=number(60, 20_000), suppress_health_check=list(HealthCheck), deadline=None)
@given(
    argv=command_lines(),
    text=mutated_ledgers(),
    environment=st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(each) for name, each in ENVIRONMENT.items()}
    ),
    stdin=st.one_of(
        st.none(), st.binary(max_size=40), st.sampled_from([*map(str.encode, LEDGERS)])
    ),
)
def test_anything(
    home: Desk, argv: list[str], text: str, environment: dict[str, str], stdin: bytes | None
) -> None:
    """The exit code is one of those that are promised, never that of a bug; no terminal obeys."""
    for each in home.folder.iterdir():
        each.unlink()
    home.text = text
    (home.folder / "in.csv").write_text("ID,Title,Pillar\nP-1,x,economy\n")
    before = home.environment
    home.environment = {**before, **environment}
    try:
        code, _, err = home(*argv, "--debug", stdin=stdin)
    finally:
        home.environment = before
    assert code in {*Exit} - {Exit.BUG}
    assert not obeyed(err)
