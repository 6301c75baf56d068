"""Ledgers of any size for the benchmarks: made up, sound, and the same bytes everywhere.

python benchmarks/ledgers.py 10000 30000 > big.toml
"""

import argparse
import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final, TypeVar

import tomli_w

Choice = TypeVar("Choice")
Table = dict[str, Any]

FIRST: Final = date(2025, 3, 12)
LAST: Final = date(2026, 11, 20)
"""The days between which everything was made, reported and published, both included."""

LAST_MADE: Final = date(2026, 7, 31)
SEED: Final = 20261122

PARTIES: Final = {
    "VN": "Viet Nam",
    "SG": "Singapore",
    "MY": "Malaysia",
    "TH": "Thailand",
    "ID": "Indonesia",
    "PH": "Philippines",
}
PILLARS: Final = {
    "framework": "Running the partnership",
    "security": "Peace, security and stability",
    "economy": "Economic cooperation",
    "energy": "Energy and green cooperation",
    "people": "Building capacity and connecting people",
    "digital": "Digital and emerging technologies",
    "fora": "International and regional fora",
}
PUBLISHERS: Final = ("Vietnam News Agency", "The Straits Times", "CNA", "Tuổi Trẻ", "Nhân Dân")
STRENGTHS: Final = ("requested", "proposed", "agreed", "agreed", "agreed", "reaffirmed", "signed")
TAGS: Final = ("asean", "rice", "vsip", "carbon", "grid", "ports", "cáp quang", "finance")
UNITS: Final = ("parks", "scholarships", "MW", "tonnes of rice", "officials trained", "km of cable")
REVIEWS: Final = ("90 days", "6 months", "1 year")
LEADS: Final = (
    "Ministry of Trade and Industry",
    "Bộ Công Thương",
    "Foreign ministries of both sides",
    "Bộ Kế hoạch và Đầu tư",
    "Monetary Authority of Singapore",
    "Ministry of Education",
)
PLACES: Final = (
    "Hải Phòng",
    "Bình Dương",
    "Jurong",
    "Quảng Ngãi",
    "Johor",
    "Cần Thơ",
    "Batam",
    "Nghệ An",
)
TITLES: Final = (
    "Open a joint industrial park in {place}",
    "Sign a memorandum on trade in carbon credits from {place}",
    "Train officials of {place} in managing public debt",
    "Lay a second fibre cable that lands at {place}",
    "Connect the power grids by way of {place}",
    "Recognise each other's electronic signatures at the port of {place}",
    "Hoàn thành nghiên cứu khả thi về tuyến cáp ngầm tới {place}",
    "Mở đường bay thẳng tới {place} trước mùa du lịch",
    "Study the export of offshore wind power from {place}",
    "Hold a forum of young leaders in {place}",
)
SENTENCES: Final = (
    "Both sides reviewed the work in {place} and agreed on {number} further steps.",
    "The working group met for the {number}th time; its minutes name {lead} as the next to act.",
    "{lead} said that {number} of the conditions had been met.",
    "The land in {place} was handed over, and the tender drew {number} bids.",
    "Hai bên thống nhất đẩy nhanh tiến độ tại {place} trong quý tới.",
    "{lead} đã gửi dự thảo lần thứ {number} để lấy ý kiến.",
    "The text was agreed but for article {number}, on which {lead} asked for more time.",
    "A visit to {place} was put off because of the storm; no new day was named.",
)
REASONS: Final = (
    "The ministers' call named the later date.",
    "The tender was repeated after too few bids.",
    "Chờ Quốc hội thông qua luật sửa đổi.",
    "The study takes in a second site.",
)
ASKS: Final = (
    "Confirm the year that is meant",
    "Name the body in charge",
    "Release the second half of the funds",
    "Cho ý kiến về dự thảo",
)
PERIODS: Final[Mapping[str, Callable[[date], str]]] = {
    "year": lambda day: f"{day.year}",
    "half": lambda day: f"{day.year}-H{(day.month + 5) // 6}",
    "quarter": lambda day: f"{day.year}-Q{(day.month + 2) // 3}",
    "month": lambda day: f"{day.year}-{day.month:02}",
}
"""The name of the period of each length in which a day lies."""


class Dice:
    """Draws that every Python repeats: of ``Random`` only ``random()`` is promised to stay."""

    def __init__(self, seed: int) -> None:
        """Begin at ``seed``."""
        self._random = Random(seed)  # noqa: S311  (nothing here is secret)

    def below(self, end: int) -> int:
        """A whole number from 0 up to, not including, ``end``."""
        return int(self._random.random() * end)

    def pick(self, choices: Sequence[Choice]) -> Choice:
        """One of ``choices``."""
        return choices[self.below(len(choices))]

    def hits(self, percent: int) -> bool:
        """True in so many of a hundred draws."""
        return self.below(100) < percent

    def day(self, first: date, last: date) -> date:
        """A day from ``first`` to ``last``, both included."""
        return first + timedelta(days=self.below((last - first).days + 1))

    def sentence(self, templates: Sequence[str]) -> str:
        """One of ``templates``, filled in."""
        return self.pick(templates).format(
            place=self.pick(PLACES), lead=self.pick(LEADS), number=4 + self.below(16)
        )


def ledger(pledges: int, updates: int) -> str:
    """A sound ledger of so many pledges, with so many updates spread over them at random."""
    dice = Dice(SEED)
    register = _sources(8 + pledges // 25, dice)
    shares = Counter(dice.below(pledges) for _ in range(updates if pledges else 0))
    blocks = [*_head(register)]
    for at in range(pledges):
        blocks.extend(_pledge(at, shares[at], list(register), dice))
    return "\n".join(blocks)


def register_text(pledges: int) -> str:
    """A register of so many pledges as CSV, each with its status, its day and a note."""
    dice = Dice(SEED)
    rows: list[Sequence[object]] = [REGISTER_HEADINGS]
    for at in range(pledges):
        made, due = dice.day(FIRST, LAST_MADE), dice.day(LAST, LAST + timedelta(days=2000))
        parties = ";".join(list(PARTIES)[: 1 + dice.below(2)])
        head = (f"P-{at:05}", dice.sentence(TITLES), dice.pick(list(PILLARS)), parties)
        note = f"{_note(dice)} {_note(dice)}"
        news = (dice.pick(("in progress", "not started")), LAST, note)
        rows.append((*head, dice.pick(LEADS), made, due, *news))
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


REGISTER_HEADINGS: Final = (
    *("id", "title", "pillar", "owed_by", "lead"),
    *("made", "due", "status", "updated", "update_note"),
)


def _head(register: Mapping[str, Table]) -> Iterator[str]:
    yield tomli_w.dumps({"schema": 1})
    yield _block("[plan]", {"title": "A plan made up for measuring", "short": "Made-up plan"})
    yield _block("[parties]", PARTIES)
    yield _block("[pillars]", PILLARS)
    for key, source in register.items():
        yield _block(f"[sources.{key}]", source)


def _block(header: str, values: Mapping[str, object]) -> str:
    """A table under its header, with its lists on one line as a person writes them."""
    text = re.sub(r"\[\n {4}(.*?),\n\]", _on_one_line, tomli_w.dumps(values), flags=re.DOTALL)
    return f"{header}\n{text}"


def _on_one_line(found: re.Match[str]) -> str:
    members = found[1].replace(",\n    ", ", ")
    return f"[{members}]"


def _sources(count: int, dice: Dice) -> dict[str, Table]:
    """So many sources at even distances between the first day and the last."""
    span = (LAST - FIRST).days
    days = [FIRST + timedelta(days=span * at // (count - 1)) for at in range(count)]
    return {f"s{at:04}-{day}": _source(day, at, dice) for at, day in enumerate(days)}


def _source(day: date, at: int, dice: Dice) -> Table:
    title, publisher = dice.sentence(TITLES), dice.pick(PUBLISHERS)
    url = f"https://news.example/{day:%Y/%m}/{100_000 + at}.html"
    return {"title": title, "publisher": publisher, "date": day, "url": url}


def _pledge(at: int, updates: int, sources: Sequence[str], dice: Dice) -> Iterator[str]:
    """The blocks of one pledge, in the order in which they stand in a ledger."""
    made = dice.day(FIRST, LAST_MADE)
    terms = _common(at, made, dice) | dice.pick(KINDS)(made, dice)
    terms["source"] = _cited(made, sources)
    measure = terms.pop("measure", {})
    yield _block("[[pledge]]", terms)
    if measure:
        yield _block("[pledge.measure]", measure)
    if "due" in terms and dice.hits(8):
        claim = {"due": f"{2027 + dice.below(6)}", "source": _cited(made, sources)}
        yield _block("[[pledge.claim]]", claim)
    for entry in _history(terms, measure, sorted(_days(made, updates, dice)), dice):
        source = {"source": _cited(entry["date"], sources)} if dice.hits(85) else {}
        yield _block("[[pledge.update]]", entry | source)
    if dice.hits(3):
        yield _block("[[pledge.ask]]", _ask(made, dice))


def _days(made: date, count: int, dice: Dice) -> list[date]:
    return [dice.day(made, LAST) for _ in range(count)]


def _cited(day: date, sources: Sequence[str]) -> str:
    """The first source that was published on a day or after it."""
    days, span = (day - FIRST).days, (LAST - FIRST).days
    return sources[-(-days * (len(sources) - 1) // span)]


def _common(at: int, made: date, dice: Dice) -> Table:
    """The terms that a pledge of any kind has."""
    owed_by = sorted({dice.pick(list(PARTIES)), dice.pick(list(PARTIES))})
    pillar = dice.pick(list(PILLARS))
    terms: Table = {
        "id": _name(at, pillar),
        "title": dice.sentence(TITLES),
        "pillar": pillar,
        "owed_by": owed_by,
        "strength": dice.pick(STRENGTHS),
        "made": made if dice.hits(80) else PERIODS["month"](made),
    }
    return terms | _extras(owed_by, dice)


def _name(at: int, pillar: str) -> str:
    return f"{pillar[:3].upper()}-{at + 1:05}"


def _extras(owed_by: Sequence[str], dice: Dice) -> Table:
    """The terms that some pledges have."""
    extras: Mapping[str, tuple[int, object]] = {
        "lead": (50, dice.pick(LEADS)),
        "waiting_on": (10, dice.pick(owed_by)),
        "tags": (25, sorted({dice.pick(TAGS), dice.pick(TAGS)})),
        "note": (30, dice.sentence(SENTENCES)),
        "internal": (5, "Ask again before the next call."),
    }
    return {key: value for key, (percent, value) in extras.items() if dice.hits(percent)}


def _dated(made: date, dice: Dice) -> Table:
    """Due on a day, or in a period, between a quarter of a year and four years later."""
    due = made + timedelta(days=90 + dice.below(1400))
    if dice.hits(40):
        return {"due": due}
    return {"due": PERIODS[dice.pick(list(PERIODS))](due), "due_text": f"by {due:%m/%Y}"}


def _undated(_: date, __: Dice) -> Table:
    return {}


def _measured(made: date, dice: Dice) -> Table:
    baseline = dice.below(50)
    measure = {
        "unit": dice.pick(UNITS),
        "baseline": baseline,
        "baseline_date": made,
        "target": baseline + 10 + 5 * dice.below(40),
        "total_text": "in operation",
    }
    return {**_dated(made, dice), "measure": measure}


def _recurring(made: date, dice: Dice) -> Table:
    every = dice.pick(list(PERIODS))
    return {"kind": "recurring", "every": every, "since": PERIODS[every](made)}


def _ongoing(_: date, dice: Dice) -> Table:
    return {"kind": "ongoing", "review": dice.pick(REVIEWS)}


KINDS: Final[Sequence[Callable[[date, Dice], Table]]] = (
    *[_dated] * 9,
    *[_undated] * 3,
    *[_measured] * 4,
    *[_recurring] * 2,
    *[_ongoing] * 2,
)
"""What a pledge promises; one that stands here twice is drawn twice as often."""


def _history(
    terms: Table, measure: Table, days: Sequence[date], dice: Dice
) -> Iterator[dict[str, Any]]:
    """Updates on ``days``, which run upwards, that fit the terms."""
    for at, day in enumerate(days, start=1):
        entry = {"date": day, **_news(terms, day, dice, is_last=at == len(days))}
        if measure:
            entry["value"] = _value(measure, at, len(days) + 2)
        says_nothing = len(entry) == 1
        yield entry | {"note": _note(dice)} if says_nothing or dice.hits(90) else entry


def _note(dice: Dice) -> str:
    return " ".join(dice.sentence(SENTENCES) for _ in range(1 + dice.below(2)))


def _value(measure: Table, step: int, steps: int) -> int:
    """Where a measure stands that moves evenly from its baseline to its target."""
    way: int = measure["target"] - measure["baseline"]
    baseline: int = measure["baseline"]
    return baseline + way * step // steps


def _news(terms: Table, day: date, dice: Dice, *, is_last: bool) -> Table:
    """What an update says besides its note: a period completed, a moved deadline or a status."""
    if "every" in terms:
        return {"period": PERIODS[terms["every"]](day), "status": "completed"}
    if "due" in terms and dice.hits(12):
        return {"due": day + timedelta(days=60 + dice.below(500)), "why": dice.pick(REASONS)}
    if is_last and dice.hits(35):
        return {"status": dice.pick(("completed",) * 8 + ("withdrawn", "suspended"))}
    return {"status": "in-progress"} if dice.hits(60) else {}


def _ask(made: date, dice: Dice) -> Table:
    asked = dice.day(made, LAST)
    by = asked + timedelta(days=14 + dice.below(60))
    return {"what": dice.pick(ASKS), "of": dice.pick(list(PARTIES)), "date": asked, "by": by}


def main() -> None:
    """Write a ledger of the size asked for to standard output, in UTF-8."""
    parser = argparse.ArgumentParser(description="Write a made-up ledger to standard output.")
    parser.add_argument("pledges", type=int)
    parser.add_argument("updates", type=int)
    asked = parser.parse_args()
    sys.stdout.buffer.write(ledger(asked.pledges, asked.updates).encode())


if __name__ == "__main__":
    main()
