"""What changed since the last report, and of what there is no news."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from pledges.clean import JOINT
from pledges.domain.assessment import AssessedPledge
from pledges.domain.attention import silent_pledges
from pledges.domain.changes import Change, ChangeKind
from pledges.domain.pledge import Ledger
from pledges.view.page import Block, Bullets, Line, Paragraph, Run, Section, line
from pledges.view.report.matter import MOST_SHOWN, Matter, list_section, pledge_name
from pledges.view.wording.change_phrases import KINDS, change_text, kind_count
from pledges.view.wording.standings import last_news
from pledges.view.wording.values import (
    capital,
    count,
    day,
    days,
    enumeration,
    sentence,
    without_stop,
)

FEW: Final = 5  # so many silent pledges are named, more are counted by who has them


MOST_IDS: Final = 60  # that are named of those that changed in the same way


def changed_sections(matter: Matter) -> Iterator[Section]:
    """What changed, a pledge once, below the kind that weighs most; those told above are named."""
    found = matter.changes_by_pledge
    if not matter.since:
        return
    blocks: list[Block] = [Paragraph(line(_changes_in_all([*found.values()])), is_muted=True)]
    yield Section(f"Changed since {day(matter.since)}", blocks=blocks)
    untold = {key: each for key, each in found.items() if key not in matter.ids_above}
    for kind in ChangeKind:
        first = [each for each in untold.values() if each[0].what is kind]
        lines = [_changes_of(each, matter.ledger) for each in matter.shown(first)]
        yield from list_section(KINDS[kind].title, lines, len(first), level=3)
    named: dict[str, list[str]] = {}
    for key in (key for key in found if key not in untold):
        named.setdefault(_kinds_of(found[key]), []).append(key)
    items = [line(sentence(f"{_ids(keys)}: {kinds}")) for kinds, keys in named.items()]
    if items:
        yield Section("Of the pledges above", blocks=[Bullets(items)], level=3)


def _changes_in_all(found: Sequence[Sequence[Change]]) -> str:
    """How many changes there are, of how many pledges: "5 changes to 3 pledges and 1 request."."""
    asked = sum(not each[0].now.assessment.agreed for each in found)
    texts = [count(len(found) - asked, "pledge")] if len(found) > asked else []
    texts += [count(asked, "request")] if asked else []
    number = count(sum(map(len, found)), "change")
    return f"{number} to {enumeration(texts)}." if found else "Nothing changed."


def _ids(keys: Sequence[str]) -> str:
    """Some ids; of very many the others are counted."""
    rest = f" and {len(keys) - MOST_IDS:,}{JOINT}more" if len(keys) > MOST_IDS + 1 else ""
    return f"{', '.join(keys[:MOST_IDS] if rest else keys)}{rest}"


def _changes_of(found: Sequence[Change], ledger: Ledger) -> Line:
    texts = "; ".join(without_stop(change_text(each, ledger)) for each in found)
    return (*pledge_name(found[0].now), Run(f": {sentence(texts)}"))


def _kinds_of(found: Sequence[Change]) -> str:
    """What changed of a pledge, in a word for each: "deadline moved, started and new reading"."""
    numbers = Counter(each.what for each in found)
    words = [KINDS[kind].one if n == 1 else kind_count(kind, n) for kind, n in numbers.items()]
    if not found[0].now.assessment.agreed:
        words = [word.replace(KINDS[ChangeKind.OVERDUE].one, "its date passed") for word in words]
    return enumeration(words)


def no_news_section(matter: Matter) -> Iterator[Section]:
    """Of how many there is no news, since when; a few are named, more counted by who has them."""
    silent = silent_pledges(matter.agreed)
    if len(silent) <= FEW and all(each in matter.with_entry for each in silent):
        return  # their entries say so
    never = [each for each in silent if each.assessment.age_days is None]
    days_heard = sorted(each.pledge.last_news_on for each in silent if each.pledge.last_news_on)
    texts = []
    if never:
        texts.append(f"{count(len(never), 'has', 'have')} had no news at all.")
    if days_heard:
        on = " to ".join(dict.fromkeys([day(days_heard[0]), day(days_heard[-1])]))
        stale_days = matter.ledger.stale_days
        old = "is older than its plan allows"
        if stale_days is not None:
            old = f"is more than {days(stale_days)} old"
        texts.append(f"For {len(days_heard):,} the last news {old} ({on}).")
    blocks: list[Block] = [Paragraph(line(" ".join(texts)))]
    above = matter.ids_above | matter.changes_by_pledge.keys()
    if len(silent) > FEW:
        by_lead = any(each.pledge.lead for each in silent)
        groups = Counter(_who(each, matter.ledger, by_lead=by_lead) for each in silent)
        verb = "led" if by_lead else "owed"
        parts = [f"{count(n, verb, verb)} by {who}" for who, n in groups.most_common(MOST_SHOWN)]
        rest = len(groups) - len(parts)
        parts += [f"{verb} by {count(rest, 'other')}"] if rest > 0 else []
        blocks.append(Paragraph(line(f"{capital('; '.join(parts))}.")))
    elif untold := [each for each in silent if each.pledge.id not in above]:
        items = [(*pledge_name(each), Run(f": {_last_news(each)}.")) for each in untold]
        # If each is listed, what they have in common is plain.
        blocks = [Bullets(items)] if len(untold) == len(silent) else [*blocks, Bullets(items)]
    still_open = sum(each.assessment.standing.is_open for each in matter.agreed)
    of = f"{len(silent):,}{JOINT}of {still_open:,} open"
    yield Section(f"No recent news ({of})", blocks=blocks)


def _who(each: AssessedPledge, ledger: Ledger, *, by_lead: bool) -> str:
    names = each.pledge.lead if by_lead else [ledger.party(key) for key in each.pledge.owed_by]
    return enumeration([*names]) or "not named"


def _last_news(each: AssessedPledge) -> str:
    return f"last news on {last_news(each)}" if each.pledge.last_news_on else "no news at all"
