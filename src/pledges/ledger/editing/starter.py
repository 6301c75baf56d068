"""The ledger that a new one begins as: valid at once, and its comments teach the format."""

from collections.abc import Mapping
from typing import Final

from pledges.domain.ids import next_id
from pledges.ledger.editing.toml_writing import pair_text, value_text

TITLE: Final = "Plan of Action"
PILLARS: Final = {"general": "General"}

HEAD: Final = """\
# Who promised what, by when, and what was reported since.  This file is the whole record: keep it
# by hand, by command (pledges add, update, edit, undo, import) or both.

schema = 1

[plan]
"""

PLAN: Final = """\
warn_days = 60        # due soon, this many days ahead
stale_days = 180      # no news for longer than this is stale
"""

PARTIES: Final = """
# Those who make the promises, by a short key:  VN = "Viet Nam"
[parties]
"""

CHAPTERS: Final = """
# The chapters of the plan.  Their order here is their order everywhere.
[pillars]
"""

LESSON: Final = """
# Where statements were published; pledges and updates cite them by their ids, or by an address.
#
#   [sources.minutes-2026-01]
#   title = "Minutes of the first meeting"
#   publisher = "Secretariat"
#   date = 2026-01-20                 # a day stands bare, a period in quotes: "2026-01"
#   url = "https://example.org/minutes"
#
# A pledge.  Only id, title and pillar must be there; leave out what is not known.
#
#   [[pledge]]
#   id = "{id}"
#   title = "Build ten treatment plants"
#   pillar = "{pillar}"
{owed_by}#   strength = "signed"               # requested, proposed, agreed, reaffirmed, signed
#   made = 2026-01-20
#   due = "2028"                      # a day, or 2028, 2028-H1, 2028-Q2, 2028-06: its last day
#   source = "minutes-2026-01"
#   measure = {{ unit = "plants", baseline = 0, target = 10 }}
#
# What was reported of it.  Updates stand below their pledge, the newest last.
#
#   [[pledge.update]]
#   date = 2026-09-30
#   status = "in-progress"            # not-started, in-progress, completed, suspended, withdrawn,
#   value = 2                         #   superseded; without a status a pledge is unreported
#   note = "Two plants run."
#
# A moved deadline is an update too.  The first one stays above: the move is history.
#
#   [[pledge.update]]
#   date = 2026-10-15
#   due = "2029"
#   why = "The tender had to be repeated."
#
# What comes again has kind = "recurring", every = "year" (half, quarter, month) and since = "2026";
# what has no end has kind = "ongoing".  A decision that is wanted is a [[pledge.ask]]; another
# source's version of a term is a [[pledge.claim]].
"""


def starter_ledger(
    title: str | None, parties: Mapping[str, str], pillars: Mapping[str, str]
) -> str:
    """A new ledger, without pledges yet."""
    pillars = pillars or PILLARS
    pillar = next(iter(pillars))
    owed_by = f"#   owed_by = {value_text(list(parties))}\n" if parties else ""
    lesson = LESSON.format(id=next_id(pillar, (), ()), pillar=pillar, owed_by=owed_by)
    plan = f"{pair_text('title', title or TITLE)}\n{PLAN}"
    registers = [
        "".join([comment, *(f"{pair_text(*entry)}\n" for entry in entries.items())])
        for comment, entries in ((PARTIES, parties), (CHAPTERS, pillars))
    ]
    return "".join([HEAD, plan, *registers, lesson])
