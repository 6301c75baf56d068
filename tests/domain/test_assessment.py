"""Where a pledge stands on a day: every boundary of the calendar, of pace and of age."""

from datetime import date, timedelta

import pytest

from build import a_pledge, an_update, assessed_on, day, shipped
from pledges.domain.assessment import Assessment, Standing, assess
from pledges.domain.day import read_period
from pledges.domain.deadlines import as_claimed, current_deadline, is_contest, periods_held
from pledges.domain.pace import EmptySpan, Pace, Rate, time_used
from pledges.domain.pledge import Plan, Pledge, Status, Update

PLAN = Plan(title="Plan of Action", warn_days=60, stale_days=180)
LAST_DAY = date(2026, 11, 22)
PARKS = {"unit": "parks", "baseline": 20, "baseline_date": "2026-01-01", "target": 30}
CLAIMS = {
    Standing.OVERDUE: "open late",
    Standing.DUE_SOON: "open ahead",
    Standing.REVIEW_DUE: "open",
    Standing.NOT_DUE: "open ahead",
    Standing.DONE_LATE: "done late",
    Standing.DONE_ON_TIME: "done",
    Standing.DONE: "done",
    Standing.UNDATED: "open",
    Standing.ONGOING: "open",
    Standing.DROPPED: "",
}
HUNDRED_DAYS = {"made": "2026-01-01", "due": "2026-04-11"}


def on(as_of: str, pledge: Pledge, plan: Plan = PLAN) -> Assessment:
    """How ``pledge`` stands on ``as_of``."""
    return assess(pledge, day(as_of), plan)


def reported(*reports: tuple[str, str]) -> list[Update]:
    """Updates that each set a status."""
    return [an_update(on, status=status) for on, status in reports]


def measured(value: float | None, **measure: object) -> Pledge:
    """A pledge of a hundred days, with one reading on its fiftieth."""
    terms = {"unit": "parks", "baseline": 0, "target": 100, **measure}
    return a_pledge(an_update("2026-02-20", value=value), measure=terms, **HUNDRED_DAYS)


def recurring(*held: tuple[str, str], every: str = "year", since: str = "2025") -> Pledge:
    """A recurring pledge of which periods were held, each given with the day."""
    history = [an_update(on, period=period, status="completed") for period, on in held]
    return a_pledge(*history, kind="recurring", every=every, since=since)


@pytest.mark.parametrize(
    ("as_of", "standing", "left", "late"),
    [
        ("2026-10-31", "not-due", 61, None),
        ("2026-11-01", "due-soon", 60, None),
        ("2026-12-30", "due-soon", 1, None),
        ("2026-12-31", "due-soon", 0, None),
        ("2027-01-01", "overdue", None, 1),
        ("2027-12-31", "overdue", None, 365),
    ],
)
@pytest.mark.parametrize("due", ["2026-12-31", "2026-12", "2026-Q4", "2026-H2", "2026"])
def test_deadline(due: str, as_of: str, standing: str, left: int | None, late: int | None) -> None:
    """A pledge due today is not yet overdue, and one due in a period is due on its last day."""
    found = on(as_of, a_pledge(due=due))
    assert (found.standing, found.days_left, found.days_late) == (standing, left, late)
    assert found.due == date(2026, 12, 31)


@pytest.mark.parametrize("warn_days", [0, 1, 60])
@pytest.mark.parametrize("left", [-1, 0, 1, 2, 59, 60, 61])
def test_soon_means_within_the_warning(left: int, warn_days: int) -> None:
    """A pledge is due soon exactly if it is due within the days that the plan warns ahead."""
    as_of = date(2026, 12, 31) - timedelta(days=left)
    found = assess(a_pledge(due="2026"), as_of, Plan(title="Plan", warn_days=warn_days))
    assert (found.standing is Standing.DUE_SOON) is found.is_due_within(warn_days)


@pytest.mark.parametrize("standing", Standing)
def test_what_a_standing_claims(standing: Standing) -> None:
    """Each judgement that pages ask for is true of the standings it is about and of no other."""
    asked = ("open", "done", "ahead", "late")
    assert [each for each in asked if getattr(standing, f"is_{each}")] == CLAIMS[standing].split()


@pytest.mark.parametrize(
    ("as_of", "standing"),
    [("2026-12-30", "not-due"), ("2026-12-31", "due-soon"), ("2027-01-01", "overdue")],
)
def test_no_warning(as_of: str, standing: str) -> None:
    """Where nothing is warned of ahead, only the deadline day itself is soon."""
    plan = Plan(title="Plan of Action", warn_days=0)
    assert on(as_of, a_pledge(due="2026-12-31"), plan).standing == standing


@pytest.mark.parametrize("status", ["not-started", "in-progress", "suspended", None])
def test_no_word_stops_the_clock(status: str | None) -> None:
    """Neither suspending a pledge nor working on it keeps it from being overdue."""
    pledge = a_pledge(an_update("2026-06-01", status=status), due="2026-06-30")
    found = on("2026-07-01", pledge)
    assert (found.status, found.standing, found.days_late) == (status, Standing.OVERDUE, 1)


@pytest.mark.parametrize(
    ("due", "completed", "standing", "late"),
    [
        ("2026-06-30", "2026-06-29", "done-on-time", None),
        ("2026-06-30", "2026-06-30", "done-on-time", None),
        ("2026-06-30", "2026-07-01", "done-late", 1),
        ("2026-H1", "2026-06-30", "done-on-time", None),
        ("2026-H1", "2026-07-30", "done-late", 30),
        (None, "2026-07-01", "done", None),
    ],
)
def test_done(due: str | None, completed: str, standing: str, late: int | None) -> None:
    """A pledge is done on time up to its deadline's last day, and for good."""
    found = on("2026-11-22", a_pledge(*reported((completed, "completed")), due=due))
    assert (found.standing, found.days_late, found.days_left) == (standing, late, None)
    assert found.completed == day(completed)


@pytest.mark.parametrize(
    ("history", "standing", "completed"),
    [
        ([("2026-05-01", "completed"), ("2026-05-10", "in-progress")], "overdue", None),
        ([("2026-05-01", "completed"), ("2026-07-01", "completed")], "done-on-time", "2026-05-01"),
        (
            [
                ("2026-05-01", "completed"),
                ("2026-05-10", "in-progress"),
                ("2026-07-01", "completed"),
            ],
            "done-late",
            "2026-07-01",
        ),
        ([("2026-07-01", "completed"), ("2026-05-01", "in-progress")], "done-late", "2026-07-01"),
        ([("2026-05-01", "completed"), ("2026-05-01", "in-progress")], "overdue", None),
        (
            [("2026-05-01", "in-progress"), ("2026-05-01", "completed")],
            "done-on-time",
            "2026-05-01",
        ),
    ],
)
def test_last_word(history: list[tuple[str, str]], standing: str, completed: str | None) -> None:
    """The last report by date counts, those of one day in the file's order; work may resume."""
    found = on("2026-11-22", a_pledge(*reported(*history), due="2026-06-30"))
    assert found.standing == standing
    assert found.completed == (day(completed) if completed else None)


def test_done_by_a_moved_deadline() -> None:
    """Whether a pledge was done on time is judged by the deadline in force."""
    move = an_update("2026-05-01", due="2026-09-30", why="The talks were put off.")
    pledge = a_pledge(*reported(("2026-07-15", "completed")), move, due="2026-06-30")
    assert on("2026-11-22", pledge).standing is Standing.DONE_ON_TIME


@pytest.mark.parametrize("word", ["withdrawn", "superseded"])
@pytest.mark.parametrize("kind", ["one-off", "ongoing"])
@pytest.mark.parametrize("due", ["2026-06-30", "2027", None])
def test_dropped(word: str, kind: str, due: str | None) -> None:
    """What was withdrawn or superseded is neither late nor awaited."""
    pledge = a_pledge(*reported(("2026-06-01", word)), kind=kind, due=due)
    found = on("2026-11-22", pledge)
    assert (found.standing, found.days_left, found.days_late) == (Standing.DROPPED, None, None)


def test_undated() -> None:
    """A one-off pledge without a deadline is undated, which is no fault."""
    found = on("2026-11-22", a_pledge(made="2025-03"))
    assert (found.standing, found.due, found.status) == (Standing.UNDATED, None, None)


@pytest.mark.parametrize(
    ("review", "last_news", "last_day", "first_due"),
    [
        ("6 months", "2026-05-22", "2026-11-22", "2026-11-23"),
        ("6 months", "2026-08-31", "2027-02-28", "2027-03-01"),
        ("6 months", "2023-08-31", "2024-02-29", "2024-03-01"),
        ("1 month", "2026-01-31", "2026-02-28", "2026-03-01"),
        ("90 days", "2026-01-01", "2026-04-01", "2026-04-02"),
        ("2 weeks", "2026-12-20", "2027-01-03", "2027-01-04"),
        ("1 year", "2024-02-29", "2025-02-28", "2025-03-01"),
    ],
)
def test_review(review: str, last_news: str, last_day: str, first_due: str) -> None:
    """A review is due once the last news is older than its interval, not on the day itself."""
    older = an_update("2020-01-01", note="Begun.", by="Lan")
    pledge = a_pledge(
        an_update(last_news, note="Seen.", by="Lan"), older, kind="ongoing", review=review
    )
    assert on(last_day, pledge).standing is Standing.ONGOING
    assert on(first_due, pledge).standing is Standing.REVIEW_DUE


@pytest.mark.parametrize(
    ("made", "as_of", "standing"),
    [
        ("2026-01", "2026-07-01", "ongoing"),
        ("2026-01", "2026-07-02", "review-due"),
        (None, "2026-07-02", "ongoing"),
    ],
)
def test_first_review(made: str | None, as_of: str, standing: str) -> None:
    """Without any news, the review is counted from the first day of when it was pledged."""
    pledge = a_pledge(kind="ongoing", review="6 months", made=made)
    assert on(as_of, pledge).standing == standing


def test_no_review() -> None:
    """An ongoing pledge that names no review never asks for one."""
    assert on("2026-11-22", a_pledge(kind="ongoing", made="2001")).standing is Standing.ONGOING


@pytest.mark.parametrize(
    ("pledge", "as_of", "period", "standing"),
    [
        (recurring(), "2025-10-31", "2025", "not-due"),
        (recurring(), "2025-11-01", "2025", "due-soon"),
        (recurring(), "2025-12-31", "2025", "due-soon"),
        (recurring(), "2026-01-01", "2025", "overdue"),
        (recurring(), "2028-01-01", "2025", "overdue"),
        (recurring(("2025", "2025-10-28")), "2025-10-28", "2026", "not-due"),
        (recurring(("2025", "2025-10-28")), "2026-11-01", "2026", "due-soon"),
        (recurring(("2025", "2025-10-28")), "2027-01-01", "2026", "overdue"),
        (recurring(("2025", "2026-02-01")), "2026-02-01", "2026", "not-due"),
        (
            recurring(("2025", "2025-05-01"), ("2026", "2025-12-01")),
            "2026-11-22",
            "2027",
            "not-due",
        ),
        (recurring(("2026", "2026-05-01")), "2026-11-22", "2025", "overdue"),
        (
            recurring(("2026", "2026-05-01"), ("2025", "2026-06-01")),
            "2026-11-22",
            "2027",
            "not-due",
        ),
        (recurring(since="2028"), "2026-11-22", "2028", "not-due"),
        (recurring(every="half", since="2026-H1"), "2026-06-30", "2026-H1", "due-soon"),
        (recurring(every="half", since="2026-H1"), "2026-07-01", "2026-H1", "overdue"),
        (
            recurring(("2026-H2", "2026-11-01"), every="half", since="2026-H2"),
            "2026-11-22",
            "2027-H1",
            "not-due",
        ),
        (
            recurring(("2026-Q4", "2026-10-02"), every="quarter", since="2026-Q4"),
            "2027-01-30",
            "2027-Q1",
            "due-soon",
        ),
        (
            recurring(("2026-12", "2026-12-01"), every="month", since="2026-12"),
            "2026-12-15",
            "2027-01",
            "due-soon",
        ),
    ],
)
def test_recurring(pledge: Pledge, as_of: str, period: str, standing: str) -> None:
    """A recurring pledge stands as its earliest period not held, or as the next one."""
    found = on(as_of, pledge)
    assert (found.period and found.period.name, found.standing) == (period, standing)


@pytest.mark.parametrize(
    ("news", "period", "status", "standing"),
    [
        ({"period": "2025", "status": "in-progress"}, "2025", "in-progress", "overdue"),
        ({"period": "2026", "status": "in-progress"}, "2026", "in-progress", "due-soon"),
        ({"period": "2026", "status": "withdrawn"}, "2027", None, "not-due"),
        ({"period": "2027", "status": "completed"}, "2026", None, "due-soon"),
        ({"status": "suspended"}, "2026", "suspended", "due-soon"),
        ({"status": "withdrawn"}, "2026", "withdrawn", "dropped"),
        ({"note": "Invitations went out."}, "2026", None, "due-soon"),
    ],
)
def test_news_of_a_period(
    news: dict[str, str], period: str, status: str | None, standing: str
) -> None:
    """News that names a period is about that one alone; what names none is about the pledge."""
    first = an_update("2025-10-28", period="2025", status="completed")
    pledge = a_pledge(
        first, an_update("2026-06-01", **news), kind="recurring", every="year", since="2025"
    )
    found = on("2026-11-22", pledge)
    assert (found.period and found.period.name, found.status, found.standing) == (
        period,
        status,
        standing,
    )


@pytest.mark.parametrize(
    ("value", "points", "word"),
    [
        (55, 5, "ahead"),
        (54, 4, "on-pace"),
        (46, -4, "on-pace"),
        (45, -5, "behind"),
        (31, -19, "behind"),
        (30, -20, "far-behind"),
    ],
)
def test_pace_halfway(value: int, points: float, word: str) -> None:
    """Half the time gone and 45 of 100 done is 5 points behind, whatever floats make of it."""
    found = on("2026-02-20", measured(value))
    assert (found.time_used, found.pace_points, found.pace) == (0.5, points, word)


@pytest.mark.parametrize(
    ("as_of", "share", "days"),
    [
        ("2025-12-22", -0.1, -10),
        ("2026-01-01", 0, 0),
        ("2026-02-20", 0.5, 50),
        ("2026-04-11", 1, 100),
        ("2026-05-01", 1.2, 120),
    ],
)
def test_time_used(as_of: str, share: float, days: int) -> None:
    """Time is used from nothing on the first day to all on the deadline, and beyond it."""
    assert time_used(date(2026, 1, 1), date(2026, 4, 11), day(as_of)) == share
    found = on(as_of, a_pledge(**HUNDRED_DAYS))
    assert (found.time_used, found.days_used, found.days_in_all) == (share, days, 100)


@pytest.mark.parametrize("deadline", ["2026-01-01", "2025-12-31"])
def test_empty_span(deadline: str) -> None:
    """No share of time exists where the deadline is not after the start, and no pace then."""
    with pytest.raises(EmptySpan):
        time_used(date(2026, 1, 1), day(deadline), LAST_DAY)
    pledge = a_pledge(an_update("2026-01-01", value=21), measure=PARKS, due=deadline)
    found = on("2026-11-22", pledge)
    assert (found.time_used, found.days_used, found.days_in_all) == (None, None, None)
    assert (found.pace, found.pace_points) == (None, None)
    assert (found.progress, found.standing) == (0.1, Standing.OVERDUE)


@pytest.mark.parametrize(
    ("terms", "share"),
    [
        ({"made": "2026", "due": "2026-04-11"}, 0.5),
        ({"made": "2020", "due": "2026-04-11", "measure": PARKS}, 0.5),
        ({"made": "2026-02-20", "due": "2026-04-11"}, 0),
        ({"due": "2026-04-11"}, None),
        ({"made": "2026"}, None),
    ],
)
def test_start(terms: dict[str, object], share: float | None) -> None:
    """Time runs from the baseline's date, else from the first day of when it was pledged."""
    assert on("2026-02-20", a_pledge(**terms)).time_used == share


@pytest.mark.parametrize(
    ("made", "held", "start"),
    [
        ("2025-03", [], "2025-03-01"),
        ("2024", [], "2025-01-01"),
        ("2025-03", ["2025"], "2026-01-01"),
        ("2026-03-01", ["2025"], "2026-03-01"),
    ],
)
def test_start_of_a_period(made: str, held: list[str], start: str) -> None:
    """The time of a period runs from its own first day, or from the pledge where that is later."""
    history = [an_update("2026-04-01", period=each, status="completed") for each in held]
    pledge = a_pledge(*history, kind="recurring", every="year", since="2025", made=made)
    assert on(start, pledge).time_used == 0


@pytest.mark.parametrize(
    ("value", "baseline", "target", "share"),
    [
        (20, 20, 30, 0),
        (21, 20, 30, 0.1),
        (30, 20, 30, 1),
        (33, 20, 30, 1.3),
        (19, 20, 30, -0.1),
        (0, 0, 4, 0),
        (0, 10, 0, 1),
        (80, 100, 50, 0.4),
        (110, 100, 50, -0.2),
        (50, 100, 50, 1),
        (0.75, 0.5, 1.5, 0.25),
    ],
)
def test_progress(value: float, baseline: float, target: float, share: float) -> None:
    """Progress may be negative or beyond the target, and a measure may have to fall."""
    found = on("2026-02-20", measured(value, baseline=baseline, target=target))
    assert (found.value, found.progress) == (value, share)


def test_no_way_to_go() -> None:
    """No progress exists where the target is the baseline."""
    found = on("2026-02-20", measured(20, baseline=20, target=20))
    assert (found.progress, found.pace, found.value) == (None, None, 20)


@pytest.mark.parametrize(
    ("value", "measure"), [(None, {}), (21, {"baseline": None}), (21, {"target": None})]
)
def test_no_progress(value: int | None, measure: dict[str, object]) -> None:
    """A share needs a baseline, a target and a reading; what is missing is never 0."""
    found = on("2026-02-20", measured(value, **measure))
    assert (found.value, found.progress, found.pace) == (value, None, None)
    assert (found.pace_points, found.remaining, found.met_on) == (None, None, None)
    assert found.time_used == 0.5


def test_newest_reading() -> None:
    """The last reading by date counts, wherever it stands in the file."""
    readings = [
        an_update("2026-06-01", value=24),
        an_update("2026-09-01", note="Two more are being built."),
        an_update("2026-01-12", value=21),
    ]
    assert on("2026-11-22", a_pledge(*readings, measure=PARKS)).value == 24


def test_reading_of_a_period() -> None:
    """A reading that names a period says nothing of the next one."""
    held = an_update("2025-10-28", period="2025", status="completed", value=30)
    terms = {"kind": "recurring", "every": "year", "since": "2025", "measure": PARKS}
    now = an_update("2026-03-01", period="2026", value=22)
    assert on("2026-11-22", a_pledge(held, **terms)).value is None
    assert on("2026-11-22", a_pledge(now, held, **terms)).value == 22


@pytest.mark.parametrize("value", [100, 101])
def test_target_reached(value: int) -> None:
    """A value at or past its target does not complete a pledge: a person's word does."""
    found = on("2026-04-12", measured(value))
    assert (found.standing, found.completed, found.status) == (Standing.OVERDUE, None, None)
    assert (found.remaining, found.rate_needed, found.met_on) == (0, None, None)


@pytest.mark.parametrize(
    ("value", "measure", "as_of", "remaining", "needed", "so_far", "met_on"),
    [
        (40, {}, "2026-02-20", 60, Rate(60, 50), Rate(40, 50), "2026-05-06"),
        (40, {}, "2026-04-10", 60, Rate(60, 1), Rate(40, 50), "2026-05-06"),
        (40, {}, "2026-04-11", 60, None, Rate(40, 50), "2026-05-06"),
        (40, {}, "2026-04-12", 60, None, Rate(40, 50), "2026-05-06"),
        (-10, {}, "2026-02-20", 110, Rate(110, 50), Rate(-10, 50), None),
        (0, {}, "2026-02-20", 100, Rate(100, 50), Rate(0, 50), None),
        (
            80,
            {"baseline": 100, "target": 50},
            "2026-02-20",
            -30,
            Rate(-30, 50),
            Rate(-20, 50),
            "2026-05-06",
        ),
        (40, {"baseline_date": "2026-02-20"}, "2026-02-20", 60, Rate(60, 50), None, None),
        (
            40,
            {"baseline_date": "2026-01-31"},
            "2026-02-20",
            60,
            Rate(60, 50),
            Rate(40, 20),
            "2026-03-22",
        ),
        (1, {"target": 10**6}, "2026-02-20", 999_999, Rate(999_999, 50), Rate(1, 50), None),
        (0.5, {"target": 1}, "2026-02-20", 0.5, Rate(0.5, 50), Rate(0.5, 50), "2026-04-11"),
        (
            40,
            {"baseline_date": "2026-02-19"},
            "2026-02-20",
            60,
            Rate(60, 50),
            Rate(40, 1),
            "2026-02-22",
        ),
    ],
)
def test_rates(  # noqa: PLR0913  (the columns of one table)
    *,
    value: float,
    measure: dict[str, object],
    as_of: str,
    remaining: float,
    needed: Rate | None,
    so_far: Rate | None,
    met_on: str | None,
) -> None:
    """What remains is shared by the days left; what was done, by the days up to the reading."""
    found = on(as_of, measured(value, **measure))
    assert (found.remaining, found.rate_needed, found.rate_so_far) == (remaining, needed, so_far)
    assert found.met_on == (day(met_on) if met_on else None)


@pytest.mark.parametrize(("value", "target", "days"), [(3, 10, 27), (17, 20, 85), (1, 10, 292)])
def test_met_on_is_exact(value: int, target: int, days: int) -> None:
    """In whole numbers the day that the target would be met is exact: no day is added."""
    read_on = date.fromordinal(date(2026, 1, 1).toordinal() + days)
    reading = an_update(read_on.isoformat(), value=value)
    pledge = a_pledge(
        reading, made="2026-01-01", measure={**PARKS, "baseline": 0, "target": target}
    )
    further = -(-(target - value) * days // value)
    assert assess(pledge, read_on, PLAN).met_on == date.fromordinal(read_on.toordinal() + further)


def test_measured_without_a_deadline() -> None:
    """Without a deadline there is no pace and no rate needed, but a rate so far."""
    found = on("2026-11-22", a_pledge(an_update("2026-02-20", value=25), measure=PARKS))
    assert (found.progress, found.remaining, found.rate_so_far) == (0.5, 5, Rate(5, 50))
    assert (found.time_used, found.pace, found.rate_needed) == (None, None, None)
    assert (found.met_on, found.forecast_passed) == (None, True)
    on_the_day = on("2026-04-11", a_pledge(an_update("2026-02-20", value=25), measure=PARKS))
    assert on_the_day.met_on == date(2026, 4, 11)


@pytest.mark.parametrize("word", ["completed", "withdrawn", "superseded"])
def test_no_pace_after_the_end(word: str) -> None:
    """What is over has no pace and nothing left to do, but keeps how far it came."""
    reading = an_update("2026-03-01", value=24, status=word)
    found = on("2026-11-22", a_pledge(reading, measure=PARKS, due="2026"))
    assert (found.value, found.progress) == (24, 0.4)
    assert (found.pace, found.remaining, found.rate_needed, found.met_on) == (None,) * 4


@pytest.mark.parametrize(
    ("status", "days", "is_stale"),
    [
        (None, 0, False),
        (None, 180, False),
        (None, 181, True),
        ("in-progress", 181, True),
        ("suspended", 181, True),
        ("completed", 181, False),
        ("withdrawn", 181, False),
        ("superseded", 181, False),
    ],
)
def test_age(status: str | None, days: int, *, is_stale: bool) -> None:
    """News of exactly 180 days is not stale yet, what is over never is; a remark is no news."""
    newest = date.fromordinal(LAST_DAY.toordinal() - days).isoformat()
    news = an_update(newest, status=status, note="Work goes on.", by="Lan")
    remark = an_update("2026-11-21", note="Asked both ministries.")
    pledge = a_pledge(news, an_update("2020-01-01", note="Begun.", by="Lan"), remark)
    found = assess(pledge, LAST_DAY, PLAN)
    assert (found.age_days, found.stale) == (days, is_stale)


def test_no_age() -> None:
    """Without any news there is no age: what was never reported is not stale."""
    found = on("2026-11-22", a_pledge(made="2001", due="2002"))
    assert (found.age_days, found.stale, found.status) == (None, False, None)


@pytest.mark.parametrize(
    ("due", "moves", "slip", "now"),
    [
        ("2026-06-30", [], 0, "2026-06-30"),
        ("2026-06-30", [("2026-05-01", "2026-09-30")], 92, "2026-09-30"),
        ("2029", [("2026-02-10", "2026")], -1096, "2026-12-31"),
        (
            "2026-06-30",
            [("2026-05-01", "2026-09-30"), ("2026-08-01", "2026-12-31")],
            184,
            "2026-12-31",
        ),
        (
            "2026-06-30",
            [("2026-08-01", "2026-12-31"), ("2026-05-01", "2026-09-30")],
            184,
            "2026-12-31",
        ),
        ("2026-06-30", [("2026-05-01", "2027"), ("2026-08-01", "2026-06-30")], 0, "2026-06-30"),
        ("2026", [("2026-05-01", "2026-12-31")], 0, "2026-12-31"),
        (None, [], None, None),
        (None, [("2026-05-01", "2026-12-31")], None, "2026-12-31"),
    ],
)
def test_slip(
    due: str | None, moves: list[tuple[str, str]], slip: int | None, now: str | None
) -> None:
    """The slip is counted from the first deadline to the one in force; earlier is negative."""
    history = [an_update(on, due=to, why="It was agreed anew.") for on, to in moves]
    found = on("2026-11-22", a_pledge(*history, due=due))
    assert (found.slip_days, found.due) == (slip, day(now) if now else None)


@pytest.mark.parametrize(
    ("due", "moved", "claim", "is_contested"),
    [
        ("2026", None, {"due": "2030"}, True),
        ("2026", None, {"due": "2026"}, False),
        ("2026", None, {"due": "2026-Q4"}, False),
        ("2026", None, {"due": "2026-12-31"}, False),
        ("2026", None, {"due": "2026-12-30"}, True),
        (None, None, {"due": "2030"}, True),
        ("2029", "2026", {"due": "2026"}, False),
        ("2029", "2026", {"due": "2029"}, True),
        ("2026", None, {"target": 30}, False),
        ("2026", None, {"target": 31}, True),
        ("2026", None, {"due": "2026", "target": 31}, True),
        ("2026", None, {"due": "2026", "target": 30}, False),
    ],
)
def test_contest(
    due: str | None, moved: str | None, claim: dict[str, object], *, is_contested: bool
) -> None:
    """A claim contests a pledge where it differs from the terms in force, not from old ones."""
    moves = [an_update("2026-02-10", due=moved, why="The call named it.")] if moved else []
    pledge = a_pledge(*moves, due=due, measure=PARKS, claim=[{"source": "paper", **claim}])
    assert is_contest(pledge, pledge.claims[0]) is is_contested
    assert on("2026-11-22", pledge).contested is is_contested


def test_one_contest_is_enough() -> None:
    """A pledge is contested where any of its claims differs."""
    claims = [{"source": "agency", "due": "2026"}, {"source": "paper", "due": "2030"}]
    assert on("2026-11-22", a_pledge(due="2026", claim=claims)).contested
    assert not on("2026-11-22", a_pledge(due="2026", claim=claims[:1])).contested
    assert not on("2026-11-22", a_pledge(due="2026")).contested


@pytest.mark.parametrize(
    ("claim", "due", "share", "slip"),
    [
        ({"due": "2030"}, "2030-12-31", 0.1, 0),
        ({"target": 40}, "2026-12-31", 0.05, -1096),
        ({"due": "2030", "target": 40}, "2030-12-31", 0.05, 0),
        ({"note": "It gives no terms."}, "2026-12-31", 0.1, -1096),
    ],
)
def test_as_claimed(claim: dict[str, object], due: str, share: float, slip: int) -> None:
    """A claim's terms stand in place of the pledge's own; the others and the news stay."""
    news = an_update("2026-02-10", due="2026", why="The call named it.", value=21)
    pledge = a_pledge(news, due="2029", measure=PARKS, claim=[{"source": "paper", **claim}])
    found = on("2026-11-22", as_claimed(pledge, pledge.claims[0]))
    assert (found.due, found.progress, found.slip_days) == (day(due), share, slip)
    assert found.age_days == 285


def test_shipped_deadlines() -> None:
    """On 22 November 2026 the dated pledges of the shipped ledger stand as its page says."""
    found = {each.pledge.id: each.assessment for each in assessed_on(shipped(), LAST_DAY)}
    dated = {key: (each.standing, each.days_left, each.days_late) for key, each in found.items()}
    assert {key: dated[key] for key, each in found.items() if each.due} == {
        "FRW-02": ("not-due", 1500, None),
        "SEC-03": ("overdue", None, 145),
        "SEC-04": ("due-soon", 39, None),
        "ECO-02": ("due-soon", 39, None),
        "ENE-02": ("not-due", 8805, None),
        "FOR-03": ("not-due", 6979, None),
        "FOR-06": ("not-due", 404, None),
    }
    assert (found["FRW-01"].standing, found["FRW-01"].completed) == ("done", date(2025, 10, 28))
    assert found["SEC-03"].due == date(2026, 6, 30)


def test_shipped_parks() -> None:
    """The industrial parks are far behind, brought forward, contested and without recent news."""
    parks = next(each for each in assessed_on(shipped(), LAST_DAY) if each.pledge.id == "ECO-02")
    assert parks.assessment == Assessment(
        status=Status.IN_PROGRESS,
        status_on=day("2026-01-12"),
        standing=Standing.DUE_SOON,
        period=None,
        due=date(2026, 12, 31),
        days_left=39,
        days_late=None,
        completed=None,
        progress=0.1,
        time_used=606 / 645,
        days_used=606,
        days_in_all=645,
        pace=Pace.FAR_BEHIND,
        pace_points=-83.953488372,
        behind_since=day("2026-01-12"),
        value=21,
        value_on=day("2026-01-12"),
        remaining=9,
        rate_needed=Rate(9, 39),
        rate_so_far=Rate(1, 292),
        met_on=date(2033, 3, 24),
        forecast_passed=False,
        age_days=285,
        stale=True,
        slip_days=-1096,
        contested=True,
        agreed=True,
        missed=0,
    )
    claimed = as_claimed(parks.pledge, parks.pledge.claims[0])
    assert assess(claimed, LAST_DAY, shipped().plan).pace is Pace.BEHIND


def test_shipped_meeting() -> None:
    """The annual meeting of 2025 was held; that of 2026 is due soon, and nothing is known of it."""
    meeting = next(each for each in assessed_on(shipped(), LAST_DAY) if each.pledge.id == "SEC-04")
    held = periods_held(meeting.pledge)
    assert [each.period and each.period.name for each in held] == ["2025"]
    assert meeting.assessment.period == read_period("2026")
    assert meeting.assessment.status is None


def test_shipped_unreported() -> None:
    """A pledge of which no news sets a status is unreported, not "not started"."""
    reports = {
        each.pledge.id: each.assessment.status
        for each in assessed_on(shipped(), LAST_DAY)
        if each.assessment.status
    }
    in_progress = {
        *("FRW-02", "SEC-03", "SEC-05", "ECO-01", "ECO-02"),
        *("ECO-03", "ECO-05", "ENE-04", "ENE-07"),
    }
    assert reports == {"FRW-01": Status.COMPLETED, **dict.fromkeys(in_progress, Status.IN_PROGRESS)}


@pytest.mark.parametrize(
    ("as_of", "due"), [("2026-02-09", "2029-12-31"), ("2026-02-10", "2026-12-31")]
)
def test_shipped_parks_before_the_call(as_of: str, due: str) -> None:
    """The parks were due at the end of 2029 until the call of 10 February 2026."""
    parks = next(each for each in assessed_on(shipped(), day(as_of)) if each.pledge.id == "ECO-02")
    assert parks.assessment.due == day(due)
    deadline = current_deadline(parks.pledge)
    assert deadline is not None
    assert deadline.last == day(due)


QUARTERLY = {"kind": "recurring", "every": "quarter", "since": "2025-Q3"}
KILOMETRES = {"unit": "km", "baseline": 0, "target": 10}


def test_a_reading_of_an_earlier_period_is_not_of_the_open_one() -> None:
    """What was reported before a period began, without naming one, says nothing of that period."""
    earlier = an_update("2025-08-01", value=9, status="in-progress")
    held = an_update("2025-10-02", period="2025-Q3", status="completed")
    pledge = a_pledge(earlier, held, measure=KILOMETRES, made="2025-07-01", **QUARTERLY)
    found = on("2025-11-10", pledge)
    assert found.period == read_period("2025-Q4")
    assert (found.status, found.value) == (None, None)
    within = a_pledge(
        held, an_update("2025-10-20", value=3), measure=KILOMETRES, made="2025-07-01", **QUARTERLY
    )
    assert on("2025-11-10", within).value == 3


def test_a_recurring_pledge_can_be_withdrawn_for_good() -> None:
    """An end of the whole pledge holds for every later period too."""
    held = an_update("2025-10-02", period="2025-Q3", status="completed")
    pledge = a_pledge(an_update("2025-08-01", status="withdrawn"), held, **QUARTERLY)
    assert on("2026-03-01", pledge).standing is Standing.DROPPED


def test_a_period_has_a_start_of_its_own() -> None:
    """Without a day when it was made, the time of a period runs from the period's first day."""
    found = on("2025-08-15", a_pledge(**QUARTERLY))
    assert (found.days_used, found.days_in_all) == (45, 91)


def test_done_late_stays_late() -> None:
    """A completion is judged by the deadline in force on its day, not by one set later."""
    history = [
        an_update("2026-08-01", status="completed"),
        an_update("2026-09-01", due="2026-12", why="To look better."),
    ]
    found = on("2026-10-01", a_pledge(*history, due="2026-06"))
    assert (found.standing, found.due, found.days_late) == (
        Standing.DONE_LATE,
        day("2026-06-30"),
        32,
    )
    moved_before = [an_update("2026-07-01", due="2026-12", why="w"), history[0]]
    assert (
        on("2026-10-01", a_pledge(*moved_before, due="2026-06")).standing is Standing.DONE_ON_TIME
    )


@pytest.mark.parametrize(
    ("as_of", "met_on", "is_passed"),
    [
        ("2026-05-05", "2026-05-06", False),
        ("2026-05-06", "2026-05-06", False),
        ("2026-05-07", None, True),
    ],
)
def test_a_forecast_names_no_day_that_has_passed(
    as_of: str, met_on: str | None, *, is_passed: bool
) -> None:
    """Once the day has come and gone without news, that is said instead of the day."""
    found = on(as_of, measured(40))
    assert (found.met_on, found.forecast_passed) == (day(met_on) if met_on else None, is_passed)


@pytest.mark.parametrize(
    ("held", "standing", "period", "missed"),
    [
        ([], Standing.OVERDUE, "2023", 3),
        ([("2023", "2023-05-01")], Standing.OVERDUE, "2024", 2),
        ([("2024", "2024-05-01")], Standing.OVERDUE, "2023", 2),
        (
            [(str(year), f"{year}-05-01") for year in (2023, 2024, 2025)],
            Standing.DONE_ON_TIME,
            "2025",
            0,
        ),
        (
            [("2023", "2023-05-01"), ("2024", "2024-05-01"), ("2025", "2026-02-01")],
            Standing.DONE_LATE,
            "2025",
            0,
        ),
    ],
)
def test_what_recurs_until_a_period_ends(
    held: list[tuple[str, str]], standing: Standing, period: str, missed: int
) -> None:
    """After the last period nothing more is awaited; what was not held is missed."""
    history = [an_update(day, period=name, status="completed") for name, day in held]
    pledge = a_pledge(*history, kind="recurring", every="year", since="2023", until="2025")
    found = on("2026-11-22", pledge)
    assert (found.standing, found.period, found.missed) == (standing, read_period(period), missed)


def test_held_early() -> None:
    """A period that was held before it began is over, and on time."""
    history = [
        an_update("2026-11-01", period=year, status="completed") for year in ("2026", "2027")
    ]
    pledge = a_pledge(*history, kind="recurring", every="year", since="2026")
    assert on("2026-11-22", pledge).period == read_period("2028")


def test_a_withdrawn_period_is_not_missed() -> None:
    """What was called off is skipped, and is not counted as missed."""
    off = an_update("2025-03-01", period="2025", status="withdrawn")
    found = on("2026-11-22", a_pledge(off, kind="recurring", every="year", since="2025"))
    assert (found.period, found.missed) == (read_period("2026"), 0)


@pytest.mark.parametrize(
    ("history", "since"),
    [
        ([("2026-02-20", {"value": 20})], "2026-02-20"),
        ([("2026-01-11", {"value": 20})], "2026-01-26"),
        (
            [("2026-01-11", {"value": 20}), ("2026-03-01", {"due": "2026-12-27", "why": "w"})],
            "2026-04-01",
        ),
        (
            [("2026-01-11", {"value": 20}), ("2026-03-01", {"due": "2026-03-12", "why": "w"})],
            "2026-01-26",
        ),
        ([("2026-01-11", {"value": 90})], None),
    ],
)
def test_behind_since(history: list[tuple[str, dict[str, object]]], since: str | None) -> None:
    """From the first day on which its last reading was behind by the terms in force then."""
    updates = [an_update(on, **terms) for on, terms in history]
    measure = {"unit": "parks", "baseline": 0, "target": 100}
    found = on("2026-04-05", a_pledge(*updates, measure=measure, **HUNDRED_DAYS))
    assert found.behind_since == (day(since) if since else None)


def test_sums_in_dong() -> None:
    """A sum of eighteen digits is counted to the last dong."""
    measure = {"unit": "dong", "baseline": 0, "target": 10**18}
    reading = an_update("2026-02-20", value=10**18 - 1)
    found = on("2026-02-20", a_pledge(reading, measure=measure, **HUNDRED_DAYS))
    assert (found.value, found.remaining) == (10**18 - 1, 1)
