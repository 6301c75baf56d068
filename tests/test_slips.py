"""What "did you mean" offers: the word of which a slip was made, and never another word."""

import re
from collections.abc import Sequence
from typing import Final

import pytest

from pledges.cli import COMMANDS
from pledges.domain.assessment import Standing
from pledges.domain.pledge import STATUS_WORDS, Kind, Strength
from pledges.errors import nearest
from pledges.render import Format
from pledges.slips import slip_cost
from pledges.view.pledge_columns import FIELDS

WORDS: Final[dict[str, Sequence[str]]] = {
    "status": STATUS_WORDS,
    "standing": [*Standing],
    "strength": [*Strength],
    "kind": [*Kind],
    "format": [*Format],
    "command": [*COMMANDS, "redo", "check", "sources", "diff"],
    "column": [*FIELDS],
    "option": ["status", "not-status", "search", "due-by", "due-after", "due-within", "kind"],
    "pillar": ["digital", "Digital economy", "economy", "Economic cooperation", "\u0110i\u1ec7n"],
    "party": ["VN", "SG", "Viet Nam", "Singapore"],
    "source": ["vov-2026-02", "vna-2026-02", "vns-2026-02", "qdnd-2026-01"],
    "id": ["ECO-02", "ECO-12", "SEC-03", "SEC-12", "DIG-02"],
}

SLIPS: Final = """
status  in progress   in-progress   not started   not-started   notstarted    not-started
status  in_progress   in-progress   inprogress    in-progress   in-progres    in-progress
status  complete      completed     compleeted    completed     COMPLETED     completed
status  competed      completed     suspend       suspended     witdrawn      withdrawn
status  withdraw      withdrawn     superceded    superseded    unreportd     unreported
status  started       -             Started       -             deleted       -
status  done          -             reported      -             progress      -
status  begun         -             open          -             cancelled     -
standing  overdu        overdue       ovedrue       overdue       due soon      due-soon
standing  due-sooon     due-soon      duesoon       due-soon      undatd        undated
standing  updated       -             late          -             outgoing      -
standing  not           -             past          -             undone        -
standing  overuse       -             on-time       -             dated         -
strength  agred         agreed        greed         -             disagreed     -
strength  propsed       proposed      promised      -             opposed       -
strength  requsted      requested     required      -             confirmed     -
strength  singed        signed        unsigned      -             resigned      -
kind  oneoff        one-off       recuring      recurring     reoccurring   recurring
kind  ongoin        ongoing       outgoing      -             monthly       -
format  jsn           json          jason         json          cvs           csv
format  htm           html          txt           text          ndjosn        ndjson
format  pdf           -             xml           -             yaml          -
command  lsit          list          lst           list          shwo          show
command  reprot        report        reports       report        udpate        update
command  timelin       timeline      time-line     timeline      sorces        sources
command  lost          -             exit          -             export        -
command  delete        -             resort        -             shoe          -
command  status        -             unchanged     -             process       -
column  titel         title         titles        title         ownedby       owed_by
column  owedby        owed_by       owed-by       owed_by       dayslate      days_late
column  standng       standing      undated       -             start         -
option  statsu        status        Status        status        filter-status  -
option  find          -             mind          -             due-withn     due-within
option  dueby         due-by        due_after     due-after     serach        search
pillar  digtal        digital       Digitl        digital       dien          \u0110i\u1ec7n
pillar  econmy        economy       Econmy        economy       security      -
party  Vietnam       Viet Nam      viet-nam      Viet Nam      Vi\u1ec7t Nam  Viet Nam
party  Singapur      Singapore     Sinagpore     Singapore     SGP           -
source  vvo-2026-02   vov-2026-02   vo-2026-02    vov-2026-02   vov-2026-03   -
source  vnx-2026-02   -             vov-2025-02   -             qdn-2026-01   qdnd-2026-01
id  EOC-02        ECO-02        eco.02        ECO-02        ECO-O2        ECO-02
id  ECO-03        -             ECO-1         -             SCE-3         SEC-03
"""
"""In each line what is named, then what may be typed and what is offered for it."""


def cases() -> list[tuple[str, str, str | None]]:
    """The kinds of words, what is typed, and what is offered; a line has three of these."""
    found: list[tuple[str, str, str | None]] = []
    for line in SLIPS.strip().splitlines():
        what, *cells = re.split("  +", line)
        pairs = zip(cells[::2], cells[1::2], strict=True)
        found += [(what, typed, None if offered == "-" else offered) for typed, offered in pairs]
    return found


@pytest.mark.parametrize(("what", "typed", "offered"), cases())
def test_slips(what: str, typed: str, offered: str | None) -> None:
    """A word is offered for a slip of its letters, and for no word with another meaning."""
    assert nearest(typed, WORDS[what]) == offered


@pytest.mark.parametrize("what", WORDS)
def test_no_word_of_the_program_is_a_slip_of_another(what: str) -> None:
    """What is a word elsewhere in the program is not offered as a slip of another one."""
    others = {each for words in WORDS.values() for each in words}
    taken = {
        (typed, word)
        for word in WORDS[what]
        for typed in others
        if typed != word and (slip_cost(typed, word) or 0) > 1
    }
    assert taken == set()
