"""``pledges sources``: the register, and what cites each source."""

import json
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import Desk
from everything import FORMS
from pledges.render import Format
from samples import ledger_text, pledge_table

LEDGER: Final = ledger_text(
    pledge_table(
        "ECO-01",
        "Open the market",
        source="vov",
        measure={"unit": "t", "source": "vov"},
        claim=[{"due": "2030", "source": "sggp"}],
        update=[
            {"date": "2026-03-01", "note": "x", "source": ["vov", "mfa"]},
            {"date": "2026-12-01", "note": "x", "source": "mfa"},
        ],
    ),
    pledge_table("ENE-01", "Link the grids", source="https://example.org/a"),
    sources={
        "vov": {"title": "Call", "publisher": "VOV", "date": "2026-02-10"},
        "mfa": {"title": "Notes", "url": "https://example.org/mfa"},
        "sggp": {"title": "SGGP", "date": "2026"},
        "old": {"title": "Never used"},
        "late": {"title": "Of next year", "date": "2027"},
    },
)
TEXT: Final = """\
vov   10 Feb 2026  1 pledge and 1 update  VOV, Call
mfa   -            1 update               Notes, https://example.org/mfa
sggp  2026         1 claim                SGGP
old   -            nothing                Never used
"""


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk whose ledger cites its sources in every way."""
    desk.text = LEDGER
    return desk


def test_register(desk: Desk) -> None:
    """The register is listed in its order, each source with what cites it as far as is known."""
    assert desk.line("sources") == (0, TEXT, "")


def test_one_source(desk: Desk) -> None:
    """With an id it is told where a source is cited."""
    said = """\
vov  10 Feb 2026  1 pledge and 1 update  VOV, Call

What cites vov:
ECO-01  its terms    Open the market
ECO-01  its measure  Open the market
ECO-01  entry 1      Open the market
"""
    out = desk.line("sources VOV").out
    assert out.replace("What cites vov\n", "What cites vov:\n") == said


def test_uncited(desk: Desk) -> None:
    """Those that nothing cites can be listed alone."""
    assert desk.line("sources --uncited").out == "old  -  nothing  Never used\n"
    none = "No sources, as of 22 Nov 2026.\n"
    assert desk.line("sources vov --uncited") == (0, "", none)


def test_as_of(desk: Desk) -> None:
    """A later entry cites nothing yet, and does on its day; a later source is there then."""
    out = desk.line("sources mfa --format json --as-of 2026-12-01").out
    assert json.loads(out)["sources"][0]["updates"] == 2
    assert desk.line("sources late").code == 2
    assert desk.line("sources late --as-of 2027").code == 0


def test_json(desk: Desk) -> None:
    """For scripts each source has its numbers, and the places that cite it."""
    document = json.loads(desk.line("sources sggp --format json").out)
    assert document == {
        "schema_version": 1,
        "kind": "sources",
        "as_of": "2026-11-22",
        "ledger": "commitments.toml",
        "count": 1,
        "sources": [
            {
                "id": "sggp",
                "title": "SGGP",
                "publisher": None,
                "date": "2026",
                "url": None,
                "pledges": 0,
                "updates": 0,
                "claims": 1,
                "cited_by": [
                    {"id": "ECO-01", "part": "claim", "number": 1, "title": "Open the market"}
                ],
            }
        ],
    }


def test_csv(desk: Desk) -> None:
    """A row a source, with numbers."""
    rows = desk.line("sources vov --format csv").out.splitlines()
    assert rows == ["id,title,publisher,date,url,pledges,updates,claims",
                    "vov,Call,VOV,2026-02-10,,1,1,0"]  # fmt: skip


def test_unknown(desk: Desk) -> None:
    """A source that is not in the register is refused with the nearest one."""
    found = desk.line("sources vovv")
    assert (found.code, found.out) == (2, "")
    assert found.err.endswith("  = hint: did you mean vov?\n")


@pytest.mark.parametrize("form", [each for each in FORMS if each is not Format.TERMINAL])
def test_every_format(desk: Desk, form: str) -> None:
    """Every format has the register."""
    code, out, err = desk("sources", "vov", "--format", form)
    assert (code, err) == (0, "")
    assert "VOV" in out


@given(text=st.text(min_size=1, max_size=30))
def test_any_title(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Any title is shown in one line, and cleaned; one of blanks shows nothing."""
    desk = Desk(tmp_path_factory.mktemp("any"))
    desk.text = ledger_text(sources={"s": {"title": text}})
    out = desk.line("sources").out
    assert out.startswith("s  -  nothing  ") or out == "s  -  nothing\n"
    assert out.count("\n") == 1
    assert json.loads(desk.line("sources --format json").out)["sources"][0]["title"] == text


def test_show_tells_claims_of_the_same_terms_apart(desk: Desk) -> None:
    """Of two sources that say the same, each has its own end: one is settled, one is open."""
    claims = [{"source": ["vov"], "due": "2030"} for _ in range(2)]
    claims[0] |= {"settled": "2026-01-05"}
    pledge = pledge_table("ECO-01", "Open the market", made="2025-06-01", due="2026", claim=claims)
    sources = {"vov": {"title": "Call", "publisher": "VOV"}}
    desk.text = ledger_text(pledge, sources=sources)
    _, _, shown = desk("show", "ECO-01").out.partition("Other versions of its terms\n")
    assert (
        shown.partition("\n\n")[0]
        == """\
due 2030          1: by VOV
settled           on 5 Jan 2026
due 2030          2: by VOV
with these terms  not due yet: 4 years left, until 31 Dec 2030"""
    )
