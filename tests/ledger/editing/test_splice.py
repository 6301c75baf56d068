"""Where an edit puts its lines, for each manner of writing a ledger: before and after."""

from collections.abc import Sequence

import pytest
from msgspec import Struct

from build import day
from pledges.domain.day import read_period
from pledges.domain.edits import (
    Append,
    Clear,
    Edit,
    Move,
    NewPledge,
    Put,
    RegisterEntry,
    Remove,
    edits_between,
)
from pledges.domain.fields import Several
from pledges.domain.pledge import Ask, Claim, Measure, Pledge, Source, Status, Update
from pledges.errors import CannotWrite
from pledges.ledger.editing.amend import amendment

ON = day("2026-03-01")
UPDATE = Append("A", Update(date=ON, status=Status.COMPLETED, note="Done."))
LONG_UPDATE = Append("A", Update(date=ON, note="First.\n\n[[pledge]] is a header."))
CLAIM = Append("A", Claim(source=Several(["https://example.org"]), due=read_period("2030")))
ASK = Append("A", Ask(what="Which year?", date=ON))
LEAD = Put("A", ("lead",), "MOIT")
TARGET = Put("A", ("measure", "target"), 30)
NEW = NewPledge(Pledge(id="NEW", title="New", pillar="e", updates=(Update(date=ON),)))
SOURCE = RegisterEntry("sources", "vov", Source(title="Call", date=read_period("2026-02")))
PARTY = RegisterEntry("parties", "SG", "Singapore")
NO_LEAD = Clear("A", ("lead",))
NO_BASELINE = Clear("A", ("measure", "baseline"))
NO_MEASURE = Clear("A", ("measure",))
FIRST_GONE = Remove("A", ("update", 0))
SECOND_GONE = Remove("A", ("update", 1))
GONE = Remove("A")
TO_FORUM = (Put("A", ("pillar",), "f"), Move("A"))


class Case(Struct, frozen=True):
    """What is done to a ledger, and what it looks like before and after."""

    name: str
    edits: Sequence[Edit]
    before: str
    after: str


def ids(case: Case) -> str:
    """The name of a case."""
    return case.name


HEAD = """[plan]
title = "Plan"

[pillars]
e = "Economy"
"""
PLEDGE = f"""{HEAD}
[[pledge]]
id = "A"
title = "T"
pillar = "e"
"""
OTHER = """
[[pledge]]
id = "B"
title = "T"
pillar = "e"
"""
NEWS = """
[[pledge.update]]
date = 2026-01-01
note = "Begun."
"""
DONE = """
[[pledge.update]]
date = 2026-03-01
status = "completed"
note = "Done."
"""
ADDED = """
[[pledge]]
id = "NEW"
title = "New"
pillar = "e"

[[pledge.update]]
date = 2026-03-01
"""
VOV = """
[sources.vov]
title = "Call"
date = "2026-02"
"""
TWO_PILLARS = PLEDGE.replace('"Economy"\n', '"Economy"\nf = "Forum"\n')
THREE_PILLARS = TWO_PILLARS.replace('"Forum"\n', '"Forum"\ng = "Green"\n')
OF_FORUM = OTHER.replace('"e"', '"f"')

OLD_TARGET = Pledge(id="A", title="T", pillar="e", measure=Measure(unit="u", target=3))
NEW_TARGET = Pledge(id="A", title="T", pillar="e", measure=Measure(unit="u", target=0))

WRITTEN = (
    Case(
        "a target of nothing at all",
        [*edits_between(OLD_TARGET, NEW_TARGET)],
        PLEDGE.replace('pillar = "e"\n', 'pillar = "e"\nmeasure = { unit = "u", target = 3 }\n'),
        PLEDGE.replace('pillar = "e"\n', 'pillar = "e"\nmeasure = { unit = "u", target = 0 }\n'),
    ),
    Case("first update", [UPDATE], PLEDGE + OTHER, PLEDGE + DONE + OTHER),
    Case("one more update", [UPDATE], PLEDGE + NEWS + OTHER, PLEDGE + NEWS + DONE + OTHER),
    Case("update at the end", [UPDATE], PLEDGE + NEWS, PLEDGE + NEWS + DONE),
    Case(
        "update before asks",
        [UPDATE],
        PLEDGE + NEWS + '\n[[pledge.ask]]\nwhat = "Who?"\ndate = 2026-01-01\n' + OTHER,
        PLEDGE + NEWS + DONE + '\n[[pledge.ask]]\nwhat = "Who?"\ndate = 2026-01-01\n' + OTHER,
    ),
    Case(
        "claim behind updates where there is none yet",
        [CLAIM],
        PLEDGE + NEWS + OTHER,
        f'{PLEDGE}{NEWS}\n[[pledge.claim]]\nsource = "https://example.org"\ndue = "2030"\n{OTHER}',
    ),
    Case(
        "update in several lines",
        [LONG_UPDATE],
        PLEDGE + OTHER,
        f'{PLEDGE}\n[[pledge.update]]\ndate = 2026-03-01\nnote = """\nFirst.\n\n'
        f'[[pledge]] is a header."""\n{OTHER}',
    ),
    Case(
        "update behind one with a table of its own",
        [UPDATE],
        f'{PLEDGE}{NEWS}\n[pledge.update.press]\npage = "A1"\n{OTHER}',
        f'{PLEDGE}{NEWS}\n[pledge.update.press]\npage = "A1"\n{DONE}{OTHER}',
    ),
    Case(
        "update of a list on one line",
        [UPDATE],
        f"{PLEDGE}update = [{{ date = 2026-01-01 }}] # news\n{OTHER}",
        f"{PLEDGE}update = [{{ date = 2026-01-01 }}, "
        f'{{ date = 2026-03-01, status = "completed", note = "Done." }}] # news\n{OTHER}',
    ),
    Case(
        "update of a list on several lines",
        [UPDATE],
        f"{PLEDGE}update = [\n  {{ date = 2025-01-01 }}, # one\n  {{ date = 2026-01-01 }},\n]\n",
        f"{PLEDGE}update = [\n  {{ date = 2025-01-01 }}, # one\n  {{ date = 2026-01-01 }},\n"
        '  { date = 2026-03-01, status = "completed", note = "Done." },\n]\n',
    ),
    Case(
        "update of a list without a last comma",
        [UPDATE],
        f"{PLEDGE}update = [\n  {{ date = 2026-01-01 }}\n]\n",
        f"{PLEDGE}update = [\n  {{ date = 2026-01-01 }},\n"
        '  { date = 2026-03-01, status = "completed", note = "Done." }\n]\n',
    ),
    Case(
        "pledges in braces",
        [UPDATE, NEW],
        'pledge = [\n  { id = "A", title = "T", pillar = "e" },\n]\n' + HEAD,
        'pledge = [\n  { id = "A", title = "T", pillar = "e", '
        'update = [{ date = 2026-03-01, status = "completed", note = "Done." }] },\n'
        '  { id = "NEW", title = "New", pillar = "e", update = [{ date = 2026-03-01 }] },\n]\n'
        + HEAD,
    ),
    Case(
        "comment right below the last key",
        [UPDATE],
        f"{PLEDGE}# Ask again in May.\n{OTHER}",
        f"{PLEDGE}# Ask again in May.\n{DONE}{OTHER}",
    ),
    Case(
        "comment below a blank line",
        [UPDATE],
        f"{PLEDGE}{NEWS}\n# ---- The others ----\n{OTHER}",
        f"{PLEDGE}{NEWS}{DONE}\n# ---- The others ----\n{OTHER}",
    ),
    Case(
        "comment right above the next header",
        [UPDATE],
        f"{PLEDGE}\n# The other one{OTHER}",
        f"{PLEDGE}{DONE}\n# The other one{OTHER}",
    ),
    Case(
        "comment above the next pillar",
        [NEW],
        f"{TWO_PILLARS}\n\n# ---- Forum ----\n{OF_FORUM}",
        f"{TWO_PILLARS}{ADDED}\n\n# ---- Forum ----\n{OF_FORUM}",
    ),
    Case("comment at the end", [NEW], f"{PLEDGE}\n# The end.\n", f"{PLEDGE}{ADDED}\n# The end.\n"),
    Case(
        "header in a text",
        [UPDATE, LEAD],
        f'{PLEDGE}note = """\n[[pledge]]\n\n[[pledge.update]]\n# no comment\n"""\n{NEWS}{OTHER}',
        f'{PLEDGE}note = """\n[[pledge]]\n\n[[pledge.update]]\n# no comment\n"""\nlead = "MOIT"\n'
        f"{NEWS}{DONE}{OTHER}",
    ),
    Case("no end of the last line", [UPDATE], PLEDGE[:-1], (PLEDGE + DONE)[:-1]),
    Case("comment without an end", [UPDATE], f"{PLEDGE}# May", f"{PLEDGE}# May\n{DONE[:-1]}"),
    Case("key behind no end", [LEAD], PLEDGE[:-1], f'{PLEDGE}lead = "MOIT"'),
    Case(
        "lines of Windows",
        [UPDATE, NEW],
        (PLEDGE + OTHER).replace("\n", "\r\n"),
        (PLEDGE + DONE + OTHER + ADDED).replace("\n", "\r\n"),
    ),
    Case(
        "several lines among those of Windows",
        [LONG_UPDATE],
        PLEDGE.replace("\n", "\r\n"),
        PLEDGE.replace("\n", "\r\n") + "\r\n[[pledge.update]]\r\ndate = 2026-03-01\r\n"
        'note = "First.\\n\\n[[pledge]] is a header."\r\n',
    ),
    Case("byte order mark", [UPDATE], "\ufeff" + PLEDGE, "\ufeff" + PLEDGE + DONE),
    Case("key before the blocks", [LEAD], PLEDGE + NEWS, f'{PLEDGE}lead = "MOIT"\n{NEWS}'),
    Case(
        "value in its place",
        [Put("A", ("title",), "Open the market")],
        PLEDGE.replace('"T"', "'T'  # as agreed") + OTHER,
        PLEDGE.replace('"T"', '"Open the market"  # as agreed') + OTHER,
    ),
    Case(
        "ask settled",
        [Put("A", ("ask", 1, "settled"), ON)],
        PLEDGE + 2 * '\n[[pledge.ask]]\nwhat = "Who?"\ndate = 2026-01-01\n' + OTHER,
        PLEDGE
        + 2 * '\n[[pledge.ask]]\nwhat = "Who?"\ndate = 2026-01-01\n'
        + "settled = 2026-03-01\n"
        + OTHER,
    ),
    Case(
        "target in braces",
        [TARGET],
        PLEDGE + 'measure = { unit = "parks", baseline = 20 } # VSIP\n' + NEWS,
        PLEDGE + 'measure = { unit = "parks", baseline = 20, target = 30 } # VSIP\n' + NEWS,
    ),
    Case(
        "target under a header",
        [TARGET],
        PLEDGE + '\n[pledge.measure]\nunit = "parks"\nbaseline = 20\n' + NEWS,
        PLEDGE + '\n[pledge.measure]\nunit = "parks"\nbaseline = 20\ntarget = 30\n' + NEWS,
    ),
    Case(
        "target in dotted keys, there already",
        [TARGET],
        PLEDGE + 'measure.unit = "parks"\nmeasure.target = 2_0 # VSIP\n' + NEWS,
        PLEDGE + 'measure.unit = "parks"\nmeasure.target = 30 # VSIP\n' + NEWS,
    ),
    Case(
        "new measure",
        [Put("A", ("measure",), Measure(unit="parks", baseline=20, target=30))],
        PLEDGE + NEWS,
        PLEDGE + 'measure = { unit = "parks", baseline = 20, target = 30 }\n' + NEWS,
    ),
    Case("no pledges yet", [NEW], HEAD, HEAD + ADDED),
    Case(
        "pillar without pledges",
        [NewPledge(Pledge(id="F", title="T", pillar="f")), ASK],
        THREE_PILLARS + OTHER.replace('"e"', '"g"'),
        f'{THREE_PILLARS}\n[[pledge.ask]]\nwhat = "Which year?"\ndate = 2026-03-01\n'
        + OF_FORUM.replace('"B"', '"F"')
        + OTHER.replace('"e"', '"g"'),
    ),
    Case(
        "two new pledges",
        [NEW, NewPledge(Pledge(id="C", title="T", pillar="e"))],
        PLEDGE,
        PLEDGE + ADDED + OTHER.replace('"B"', '"C"'),
    ),
    Case("no sources yet", [SOURCE], PLEDGE, HEAD + VOV + PLEDGE.removeprefix(HEAD)),
    Case(
        "one more source",
        [SOURCE],
        f'{HEAD}\n[sources.sggp]\ntitle = "S"\n# paper only\n{OTHER}',
        f'{HEAD}\n[sources.sggp]\ntitle = "S"\n# paper only\n{VOV}{OTHER}',
    ),
    Case(
        "sources in braces",
        [SOURCE],
        f'{HEAD}\n[sources]\nsggp = {{ title = "S" }}\n{OTHER}',
        f'{HEAD}\n[sources]\nsggp = {{ title = "S" }}\n'
        f'vov = {{ title = "Call", date = "2026-02" }}\n{OTHER}',
    ),
    Case(
        "no parties yet",
        [PARTY],
        PLEDGE,
        f'{HEAD}\n[parties]\nSG = "Singapore"\n{PLEDGE.removeprefix(HEAD)}',
    ),
    Case(
        "one more party",
        [PARTY],
        f'{HEAD}\n[parties]\nVN = "Viet Nam" # Hanoi\n{OTHER}',
        f'{HEAD}\n[parties]\nVN = "Viet Nam" # Hanoi\nSG = "Singapore"\n{OTHER}',
    ),
    Case(
        "parties in dotted keys",
        [PARTY],
        f'parties.VN = "Viet Nam"\n\n{PLEDGE}',
        f'parties.VN = "Viet Nam"\nparties.SG = "Singapore"\n\n{PLEDGE}',
    ),
    Case(
        "parties in braces",
        [PARTY],
        f'parties = {{ VN = "Viet Nam" }}\n\n{PLEDGE}',
        f'parties = {{ VN = "Viet Nam", SG = "Singapore" }}\n\n{PLEDGE}',
    ),
    Case(
        "parties behind the pledges",
        [PARTY, NEW],
        f'{PLEDGE}\n[parties]\nVN = "Viet Nam"\n',
        f'{PLEDGE}{ADDED}\n[parties]\nVN = "Viet Nam"\nSG = "Singapore"\n',
    ),
    Case(
        "all at once",
        [LEAD, UPDATE, ASK, PARTY, SOURCE, NEW],
        PLEDGE + OTHER,
        f'{HEAD}\n[parties]\nSG = "Singapore"\n{VOV}{PLEDGE.removeprefix(HEAD)}'
        f'lead = "MOIT"\n{DONE}\n[[pledge.ask]]\nwhat = "Which year?"\ndate = 2026-03-01\n'
        f"{OTHER}{ADDED}",
    ),
    Case(
        "update told before the key",
        [UPDATE, LEAD],
        PLEDGE + OTHER,
        f'{PLEDGE}lead = "MOIT"\n{DONE}{OTHER}',
    ),
    Case(
        "source told before the pillar",
        [SOURCE, RegisterEntry("pillars", "f", "Forum")],
        PLEDGE,
        f'{HEAD}f = "Forum"\n{VOV}{PLEDGE.removeprefix(HEAD)}',
    ),
    Case(
        "two parties where there is none yet",
        [RegisterEntry("parties", "VN", "Viet Nam"), PARTY],
        PLEDGE,
        f'{HEAD}\n[parties]\nVN = "Viet Nam"\nSG = "Singapore"\n{PLEDGE.removeprefix(HEAD)}',
    ),
    Case(
        "sources behind the pledges",
        [SOURCE],
        f'{PLEDGE}\n[sources.sggp]\ntitle = "S"\n',
        f'{PLEDGE}\n[sources.sggp]\ntitle = "S"\n{VOV}',
    ),
    Case(
        "comment behind the last of a list",
        [UPDATE],
        f"{PLEDGE}update = [\n  {{ date = 2026-01-01 }}, # one\n]\n",
        f"{PLEDGE}update = [\n  {{ date = 2026-01-01 }}, # one\n"
        '  { date = 2026-03-01, status = "completed", note = "Done." },\n]\n',
    ),
    Case(
        "target in dotted keys",
        [TARGET],
        PLEDGE + 'measure.unit = "parks"\nmeasure.baseline = 20\n' + NEWS,
        PLEDGE + 'measure.unit = "parks"\nmeasure.baseline = 20\nmeasure.target = 30\n' + NEWS,
    ),
    Case(
        "new pledges of two pillars",
        [NewPledge(Pledge(id="F", title="T", pillar="f")), NEW],
        TWO_PILLARS,
        TWO_PILLARS + OF_FORUM.replace('"B"', '"F"') + ADDED,
    ),
    Case(
        "empty list",
        [UPDATE],
        f"{PLEDGE}update = []\n",
        f'{PLEDGE}update = [{{ date = 2026-03-01, status = "completed", note = "Done." }}]\n',
    ),
    Case(
        "note of several lines",
        [Put("A", ("note",), "First.\nSecond.")],
        PLEDGE + NEWS,
        f'{PLEDGE}note = """\nFirst.\nSecond."""\n{NEWS}',
    ),
    Case(
        "value that already exists, in another way",
        [TARGET],
        PLEDGE + 'measure = { unit = "parks", target = 3_0 }\n',
        PLEDGE + 'measure = { unit = "parks", target = 3_0 }\n',
    ),
    Case(
        "dense",
        [UPDATE],
        (PLEDGE + NEWS + OTHER).replace("\n\n", "\n"),
        (PLEDGE + NEWS + DONE + OTHER).replace("\n\n", "\n"),
    ),
    Case(
        "set in",
        [LEAD],
        HEAD + '\n[[pledge]]\n  id = "A"\n  title = "T"\n  pillar = "e"\n',
        HEAD + '\n[[pledge]]\n  id = "A"\n  title = "T"\n  pillar = "e"\n  lead = "MOIT"\n',
    ),
    Case(
        "key taken out with its line and its comment",
        [NO_LEAD],
        f'{PLEDGE}lead = "MOIT" # since May\ntags = ["a"]\n{NEWS}',
        f'{PLEDGE}tags = ["a"]\n{NEWS}',
    ),
    Case("last key taken out", [NO_LEAD], f'{PLEDGE}lead = "MOIT"', PLEDGE[:-1]),
    Case(
        "key of several lines taken out",
        [NO_LEAD],
        f'{PLEDGE}lead = [\n  "MOIT", # since May\n  "MPI",\n]\n{NEWS}',
        PLEDGE + NEWS,
    ),
    Case(
        "pair taken out of braces",
        [NO_BASELINE],
        PLEDGE + 'measure = { unit = "parks", baseline = 20, target = 30 } # VSIP\n',
        PLEDGE + 'measure = { unit = "parks", target = 30 } # VSIP\n',
    ),
    Case(
        "last pairs taken out of braces",
        [NO_BASELINE, Clear("A", ("measure", "target"))],
        PLEDGE + 'measure = { unit = "parks", baseline = 20, target = 30 }\n',
        PLEDGE + 'measure = { unit = "parks" }\n',
    ),
    Case(
        "first pairs taken out of braces",
        [NO_BASELINE, Clear("A", ("measure", "target"))],
        PLEDGE + 'measure = { baseline = 20, target = 30, unit = "parks" }\n',
        PLEDGE + 'measure = { unit = "parks" }\n',
    ),
    Case(
        "measure of dotted keys taken out",
        [NO_MEASURE],
        PLEDGE + 'measure.unit = "parks"\nlead = "MPI"\nmeasure.target = 20\n' + NEWS,
        PLEDGE + 'lead = "MPI"\n' + NEWS,
    ),
    Case(
        "measure under a header taken out",
        [NO_MEASURE],
        PLEDGE + '\n# VSIP\n[pledge.measure]\nunit = "parks"\ntarget = 30\n' + NEWS,
        PLEDGE + NEWS,
    ),
    Case("entry taken out", [FIRST_GONE], PLEDGE + NEWS + DONE + OTHER, PLEDGE + DONE + OTHER),
    Case(
        "entry taken out with the comments above it",
        [SECOND_GONE],
        f"{PLEDGE}{NEWS}\n# By telephone.\n# Ask again.{DONE}{OTHER}",
        PLEDGE + NEWS + OTHER,
    ),
    Case("last entry taken out", [SECOND_GONE], PLEDGE + NEWS + DONE[:-1], (PLEDGE + NEWS)[:-1]),
    Case(
        "both entries taken out", [FIRST_GONE, SECOND_GONE], PLEDGE + NEWS + DONE[:-1], PLEDGE[:-1]
    ),
    Case(
        "entry taken out of lines of Windows",
        [FIRST_GONE],
        (PLEDGE + NEWS + OTHER).replace("\n", "\r\n"),
        (PLEDGE + OTHER).replace("\n", "\r\n"),
    ),
    Case(
        "entry taken out of a dense ledger",
        [FIRST_GONE],
        (PLEDGE + NEWS + DONE + OTHER).replace("\n\n", "\n"),
        (PLEDGE + DONE + OTHER).replace("\n\n", "\n"),
    ),
    Case(
        "entry taken out of a list on one line",
        [FIRST_GONE],
        f"{PLEDGE}update = [{{ date = 2026-01-01 }}, {{ date = 2026-02-01 }}] # news\n",
        f"{PLEDGE}update = [{{ date = 2026-02-01 }}] # news\n",
    ),
    Case(
        "entry taken out of a list on several lines",
        [SECOND_GONE],
        f"{PLEDGE}update = [\n  {{ date = 2026-01-01 }}, # one\n"
        "  { date = 2026-02-01 }, # two\n]\n",
        f"{PLEDGE}update = [\n  {{ date = 2026-01-01 }}, # one\n]\n",
    ),
    Case(
        "all entries taken out of a list",
        [FIRST_GONE, SECOND_GONE],
        f"{PLEDGE}update = [{{ date = 2026-01-01 }}, {{ date = 2026-02-01 }}] # news\n{OTHER}",
        PLEDGE + OTHER,
    ),
    Case("pledge taken out", [GONE], PLEDGE + NEWS + OTHER, HEAD + OTHER),
    Case("only pledge taken out", [GONE], PLEDGE + NEWS, HEAD),
    Case(
        "pledge taken out and a new one put in",
        [GONE, NEW],
        PLEDGE + NEWS + OTHER,
        HEAD + OTHER + ADDED,
    ),
    Case(
        "heading above a pledge that is taken out",
        [GONE],
        f"{HEAD}\n# ---- Economy ----\n\n# The first.{PLEDGE.removeprefix(HEAD)}{OTHER}",
        f"{HEAD}\n# ---- Economy ----\n{OTHER}",
    ),
    Case(
        "pledge moved",
        TO_FORUM,
        TWO_PILLARS + NEWS + OTHER + OF_FORUM.replace('"B"', '"C"'),
        HEAD.replace('"Economy"\n', '"Economy"\nf = "Forum"\n')
        + OTHER
        + OF_FORUM.replace('"B"', '"C"')
        + OF_FORUM.replace('"B"', '"A"')
        + NEWS,
    ),
    Case(
        "pledge moved from below a heading",
        [Put("B", ("pillar",), "e"), Move("B")],
        f"{TWO_PILLARS}\n# ---- Forum ----\n{OF_FORUM}{OF_FORUM.replace('B', 'C')}",
        f"{TWO_PILLARS}{OTHER}\n# ---- Forum ----\n{OF_FORUM.replace('B', 'C')}",
    ),
    Case(
        "pledge that stays in its place",
        [Put("A", ("pillar",), "e"), Move("A")],
        PLEDGE + NEWS,
        PLEDGE + NEWS,
    ),
    Case(
        "measure where there is a table of its own kind already",
        [Put("A", ("measure",), Measure(unit="parks", target=30))],
        f"{PLEDGE}\n[pledge.extra]\nx = 1\n",
        f'{PLEDGE}\n[pledge.extra]\nx = 1\n\n[pledge.measure]\nunit = "parks"\ntarget = 30\n',
    ),
)


@pytest.mark.parametrize("case", WRITTEN, ids=ids)
def test_edits(case: Case) -> None:
    """Each edit stands where it belongs, in the manner of what is there."""
    assert amendment(case.before, "commitments.toml", lambda _: case.edits).new == case.after


def test_comments_inside_a_value() -> None:
    """A value in which there are comments is not replaced, for they would be lost."""
    text = PLEDGE + 'tags = [\n  "parks", # as in [the statement]\n]\n'
    edits = [Put("A", ("tags",), ("parks", "land"))]
    with pytest.raises(CannotWrite, match="the comments inside the brackets of tags would be lost"):
        amendment(text, "commitments.toml", lambda _: edits)


def test_a_register_that_others_follow() -> None:
    """A source is not put among keys of the ledger's root, where it would take in the next one."""
    text = f'sources.sggp.title = "S"\nschema = 1\n{PLEDGE}'
    with pytest.raises(CannotWrite):
        amendment(text, "commitments.toml", lambda _: [SOURCE])
