"""What headings and cells of registers most often mean, in English and Vietnamese.

They are for a first mapping, which somebody reads and corrects.  No import guesses by them.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from pledges.domain.pledge import STATUS_WORDS, is_url
from pledges.domain.spelling import is_number
from pledges.errors import NotADate
from pledges.ledger.importing.mapping import heading_key
from pledges.ledger.importing.sheet_dates import DateOrder, read_date
from pledges.ledger.importing.targets import IMPORTABLE_AS_TEXT

_HEADINGS: Final[Mapping[str, str]] = {
    "id": "no, no., #, nr, ref, reference, number, code, key, issue key, poam id, action no, "
    "commitment no, commitment number, item, stt, tt, số tt, số thứ tự, mã, mã số, mã nhiệm vụ",
    "title": "name, task, task name, action, activity, commitment, promise, pledge, measure, "
    "deliverable, summary, what, description, subject, weakness name, milestone, policy, "
    "tên nhiệm vụ, nội dung cam kết, nhiệm vụ, nội dung, nội dung nhiệm vụ, "
    "nội dung công việc, công việc, cam kết, tên cam kết, hoạt động, tên",
    "pillar": "area, theme, chapter, topic, sector, category, work stream, workstream, priority, "
    "section, component, strategic area, risk rating, trụ cột, lĩnh vực, chương, nhóm, "
    "nhóm nhiệm vụ, mục, chủ đề",
    "owed_by": "owner, party, country, government, side, partner, committed by, promised by, "
    "bên thực hiện, bên cam kết, quốc gia, nước",
    "lead": "leads, who, by whom, "
    "lead agency, agency, lead ministry, ministry, responsible, responsible office, "
    "responsible body, responsible party, responsible person, assignee, resource names, "
    "lead minister, department, office, cơ quan chủ trì, đơn vị chủ trì, chủ trì, "
    "cơ quan thực hiện, đơn vị thực hiện, đầu mối",
    "due": "deadline, when, due date, date due, target date, target year, end date, finish, "
    "completion date, scheduled completion date, planned completion, by when, time frame, "
    "timeline, final deadline, thời hạn, hạn, thời gian hoàn thành, hạn hoàn thành, "
    "thời gian thực hiện, tiến độ thực hiện, ngày hoàn thành, mốc thời gian",
    "made": "date made, signed, signed on, date signed, created, start date, announced, "
    "original detection date, ngày ký, ngày cam kết, ngày ban hành",
    "baseline_date": "start, baseline year, baseline date, năm gốc, ngày bắt đầu",
    "status": "state, current status, public status, progress status, implementation status, "
    "tình trạng, trạng thái, kết quả, tình hình, tình hình thực hiện",
    "percent": "progress, % complete, percent complete, % progress, completion, % done, "
    "tỷ lệ hoàn thành, % hoàn thành, tiến độ",
    "value": "current value, latest value, achieved, actual, số liệu, giá trị, kết quả đạt được",
    "unit": "unit of measure, units, đơn vị, đơn vị tính",
    "baseline": "baseline value, giá trị gốc, số gốc",
    "target": "target value, goal, reduction, mục tiêu, chỉ tiêu",
    "updated": "status date, last update, last updated, updated on, date of update, "
    "as of, cập nhật, ngày cập nhật, cập nhật lần cuối, cập nhật cuối",
    "update_note": "comment, comments, remarks, progress note, progress notes, latest update, "
    "status info, ghi chú, diễn giải",
    "note": "details, detail, notes, background, chi tiết, mô tả",
    "why": "reason, reason for change, reason for delay, milestone changes, justification, "
    "lý do, lý do điều chỉnh",
    "source": "link, links, url, evidence, document, documents, sources, web page, nguồn, "
    "văn bản, căn cứ, liên kết",
    "tags": "labels, label, keywords, controls, từ khóa, nhãn",
    "part_of": "parent, parent id, parent key, thuộc",
}

MEANT: Final[Mapping[str, str]] = {
    **{
        heading_key(name.strip()): target
        for target, names in _HEADINGS.items()
        for name in names.split(",")
    },
    **{name: name for name in IMPORTABLE_AS_TEXT},
}
"""Headings as they are compared, with the columns of ours that they most often mean."""

_STATUSES: Final[Mapping[str, str]] = {
    "completed": "complete, done, closed, finished, achieved, implemented, fulfilled, kept, "
    "delivered, decision taken, hoàn thành, đã hoàn thành, xong, đã xong",
    "in-progress": "ongoing, on going, open, started, under way, underway, active, in work, "
    "partially implemented, on track, further work ongoing, đang thực hiện, đang triển khai",
    "not-started": "to do, todo, planned, new, not yet started, pending, proposed, "
    "chưa thực hiện, chưa triển khai, chưa bắt đầu",
    "suspended": "on hold, paused, stalled, blocked, deferred, tạm dừng, tạm hoãn",
    "withdrawn": "cancelled, canceled, dropped, won't do, rejected, abandoned, accepted, "
    "hủy, đã hủy, không thực hiện",
}

STATUS_WORDS_MEANT: Final[Mapping[str, str]] = {
    name.strip(): status for status, names in _STATUSES.items() for name in names.split(",")
}
"""Words for a status, in small letters, with those of ours that they most often mean."""

_RECURRING: Final = {"kind": "recurring", "every": "year", "since": "2026"}
_DUE_WORDS: Final[Sequence[tuple[Mapping[str, str], str]]] = (
    (_RECURRING, "every year, each year, yearly, annual, annually, hằng năm, hàng năm"),
    ({"kind": "ongoing"}, "ongoing, on-going, continuous, thường xuyên, liên tục"),
)

DUE_WORDS_MEANT: Final[Mapping[str, Mapping[str, str]]] = {
    name: meaning for meaning, names in _DUE_WORDS for name in names.split(", ")
}
"""Words for a deadline, in small letters, with the terms that they most often mean."""

DATES: Final = ("due", "made", "updated", "baseline_date")
DAY: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}(?:\D|\Z)", re.ASCII)
"""A day in figures, of which one is that of the month."""

_DAY_OF_NAME: Final = re.compile(r"\d{1,2}[-/ .]\w{3}[-/ .,]+\d{2}(?!\d)")
_LISTS: Final = ("lead", "tags", "owed_by", "source")
_SPLITS: Final = (";", "<br>", "\n", " / ", ", ")
_SHORTEST_BEGINNING: Final = 4  # characters: "No. of ships" is no id


_FITS: Final[Mapping[str, Callable[[str], bool]]] = {
    "percent": lambda text: is_number(text.removesuffix("%").strip()),
    "value": is_number,
    "target": is_number,
    "baseline": is_number,
    "source": lambda text: is_url(text.split()[0]),
    **dict.fromkeys(
        DATES, lambda text: any(map(str.isdigit, text)) or text.casefold() in DUE_WORDS_MEANT
    ),
}
"""Whether a text is what a column holds; half of the cells must be."""


def guessed_target(
    heading: str, texts: Sequence[str], used: Collection[str], taken: Collection[str]
) -> str:
    """What a heading most likely means, if its cells are what such a column holds.

    What is ``taken`` by the very name of another heading is no guess by the first words of one.
    """
    key = heading_key(heading)
    beginnings = (x for x in MEANT if len(x) >= _SHORTEST_BEGINNING and key.startswith(f"{x}_"))
    by_beginning = MEANT.get(max(beginnings, key=len, default=""), "")
    target = MEANT.get(key) or ("" if by_beginning in taken else by_beginning)
    if target in _FITS and texts and sum(map(_FITS[target], texts)) * 2 < len(texts):
        words = map(str.casefold, texts)  # for "Progress" may be in words
        known = (x in STATUS_WORDS_MEANT or x.replace(" ", "-") in STATUS_WORDS for x in words)
        target = "status" if target == "percent" and "status" not in taken and all(known) else ""
    if not target and texts and "source" not in used and all(is_url(x.split()[0]) for x in texts):
        target = "source"
    return "" if target in used and target not in ("tags", "source") else target


def list_split(target: str, texts: Sequence[str]) -> str | None:
    """What separates the pieces of a list, if its cells show another mark than a semicolon."""
    found = [mark for mark in _SPLITS if any(mark in text for text in texts)]
    return found[0] if target in _LISTS and found and found[0] != ";" else None


def date_order(texts: Sequence[str]) -> DateOrder:
    """The order of day and month that dates show; ISO if they show none."""
    pairs = [(int(x[1]), int(x[2])) for text in texts if (x := DAY.match(text))]
    if any(first > 12 for first, _ in pairs) or any(map(_DAY_OF_NAME.match, texts)):  # noqa: PLR2004
        return DateOrder.DMY
    return DateOrder.MDY if any(second > 12 for _, second in pairs) else DateOrder.ISO  # noqa: PLR2004


def is_date(text: str, order: DateOrder) -> bool:
    """Whether a cell is read as a date."""
    try:
        read_date(text, order)
    except NotADate:
        return False
    return True
