"""Deadlines and reviews for calendars: iCalendar (RFC 5545), with whole days and no time zones."""

import datetime as dt
from typing import Final

from icalendar import Alarm, Calendar, Event, vText

from pledges.clean import clean
from pledges.errors import WrongUse
from pledges.render import Canvas
from pledges.view.answer import Answer
from pledges.view.calendar_page import CalendarEntry, calendar_entries
from pledges.view.wording.titles import short_title

PRODUCT: Final = "-//pledges//pledges//EN"
YEARLY: Final = 12  # months


def render_ics(answer: Answer, _canvas: Canvas) -> str:
    """The entries of an answer as a calendar; the same ledger gives the same bytes.

    Raises: ``WrongUse`` if the answer has no days for a calendar.
    """
    if answer.scheduled is None:
        hint = "use list, due or timeline"
        raise WrongUse("this answer has no deadlines for a calendar", hint)
    _, now = answer.scheduled
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(clean(short_title(now.ledger))))
    stamp = dt.datetime.combine(now.as_of, dt.time(), dt.UTC)
    for entry in calendar_entries(*answer.scheduled):
        calendar.add_component(_event(entry, stamp))
    return str(calendar.to_ical(), "utf-8")


def _event(entry: CalendarEntry, stamp: dt.datetime) -> Event:
    event = Event()
    event.add("uid", clean(entry.name))
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.day)
    event.add("dtend", min(entry.day, dt.date.max - dt.timedelta(1)) + dt.timedelta(1))
    event.add("summary", clean(entry.title))
    event.add("description", "\n".join(map(clean, entry.description.split("\n"))))
    event.add("categories", [clean(entry.group)])
    event.add("sequence", entry.revision)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a deadline takes nobody's time
    if repeat := entry.recurrence:
        if repeat.months == YEARLY:
            rule: dict[str, object] = {"freq": "yearly"}
        else:  # the last day of a month is another number in each
            rule = {"freq": "monthly", "interval": repeat.months, "bymonthday": -1}
        event.add("rrule", rule | ({"until": repeat.until} if repeat.until else {}))
        for day in repeat.except_on:
            event.add("exdate", day)
    if entry.alarm_days is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", clean(entry.title))
        alarm.add("trigger", -dt.timedelta(days=entry.alarm_days))
        event.add_component(alarm)
    return event
