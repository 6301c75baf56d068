"""What changed since the last report, and of what there is no news."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from pledges.clean import JOINT
from pledges.domain.attention import silent_pledges
from pledges.domain.changes import ChangeKind
from pledges.view.page import Block, Bullets, Line, Paragraph, Run, Section, line
from pledges.view.report.matter import MOST_SHOWN, Matter, list_section, pledge_name
from pledges.view.wording import values as words
from pledges.view.wording.change_phrases import KINDS, change_text, kind_count, kind_name
from pledges.view.wording.standings import owed_by

FEW: Final = 5  # so many silent pledges are named, more are counted by who has them


MOST_IDS: Final = 60  # that are named of those that changed in the same way


def changed_sections(matter: Matter) -> Iterator[Section]:
    """What changed, a pledge once, below the kind that weighs most; those told above are named."""
    found = matter.changes_by_pledge
    if not matter.since:
        return
    asked = sum(not each[0].now.assessment.agreed for each in found.values())
    whose = [words.count(len(found) - asked, "pledge")] if len(found) > asked else []
    whose += [words.count(asked, "request")] if asked else []
    number = words.count(sum(map(len, found.values())), "change")
    in_all = f"{number} to {words.enumeration(whose)}." if found else "Nothing changed."
    blocks: list[Block] = [Paragraph(line(in_all), is_muted=True)]
    yield Section(f"Changed since {words.day(matter.since)}", blocks=blocks)
    untold = {key: each for key, each in found.items() if key not in matter.ids_above}
    for kind in ChangeKind:
        first = [each for each in untold.values() if each[0].what is kind]
        lines: list[Line] = []
        for each in matter.shown(first):
            texts = "; ".join(words.without_stop(change_text(x, matter.ledger)) for x in each)
            lines.append((*pledge_name(each[0].now), Run(f": {words.sentence(texts)}")))
        yield from list_section(KINDS[kind].title, lines, len(first), level=3)
    named: dict[str, list[str]] = {}
    for key in (key for key in found if key not in untold):
        kinds = Counter(each.what for each in found[key]).items()
        names = [kind_name(kind, 1) if n == 1 else kind_count(kind, n) for kind, n in kinds]
        if not found[key][0].now.assessment.agreed:
            late = kind_name(ChangeKind.OVERDUE, 1)
            names = [name.replace(late, "its date passed") for name in names]
        named.setdefault(words.enumeration(names), []).append(key)
    items = []
    for what, keys in named.items():
        rest = f" and {len(keys) - MOST_IDS:,}{JOINT}more" if len(keys) > MOST_IDS + 1 else ""
        ids = ", ".join(keys[:MOST_IDS] if rest else keys)
        items.append(line(words.sentence(f"{ids}{rest}: {what}")))
    if items:
        yield Section("Of the pledges above", blocks=[Bullets(items)], level=3)


def no_news_section(matter: Matter) -> Iterator[Section]:
    """Of how many there is no news, since when; a few are named, more counted by who has them."""
    silent = silent_pledges(matter.agreed)
    if len(silent) <= FEW and all(each in matter.with_entry for each in silent):
        return  # their entries say so
    never = [each for each in silent if each.assessment.age_days is None]
    days_heard = sorted(each.pledge.last_news_on for each in silent if each.pledge.last_news_on)
    texts = [f"{words.count(len(never), 'has', 'have')} had no news at all."] if never else []
    if days_heard:
        on = " to ".join(dict.fromkeys([words.day(days_heard[0]), words.day(days_heard[-1])]))
        stale_days = matter.ledger.stale_days
        old = "older than its plan allows"
        if stale_days is not None:
            old = f"more than {words.days(stale_days)} old"
        texts.append(f"For {len(days_heard):,} the last news is {old} ({on}).")
    blocks: list[Block] = [Paragraph(line(" ".join(texts)))]
    above = matter.ids_above | matter.changes_by_pledge.keys()
    if len(silent) > FEW:
        verb = "led" if any(each.pledge.lead for each in silent) else "owed"
        names = [owed_by(each.pledge, matter.ledger) for each in silent]
        if verb == "led":
            names = [words.enumeration([*each.pledge.lead]) for each in silent]
        groups = Counter(name or "not named" for name in names)
        most = groups.most_common(MOST_SHOWN)
        parts = [f"{words.count(number, verb, verb)} by {who}" for who, number in most]
        rest = len(groups) - len(parts)
        parts += [f"{verb} by {words.count(rest, 'other')}"] if rest > 0 else []
        blocks.append(Paragraph(line(f"{words.capital('; '.join(parts))}.")))
    elif untold := [each for each in silent if each.pledge.id not in above]:
        items = []
        for each in untold:
            heard = each.pledge.last_news_on
            news = f"last news on {words.day(heard)}" if heard else "no news at all"
            items.append((*pledge_name(each), Run(f": {news}.")))
        # If each is listed, what they have in common is plain.
        blocks = [Bullets(items)] if len(untold) == len(silent) else [*blocks, Bullets(items)]
    still_open = sum(each.assessment.standing.is_open for each in matter.agreed)
    of = f"{len(silent):,}{JOINT}of {still_open:,} open"
    yield Section(f"No recent news ({of})", blocks=blocks)
