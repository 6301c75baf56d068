"""What headings and words of registers most often mean, in English and Vietnamese.

They are for a first mapping, which somebody reads and corrects.  No import guesses by them.
"""

from collections.abc import Mapping
from typing import Final

from pledges.ledger.importing.sheets import heading_key
from pledges.ledger.importing.targets import IMPORTABLE_AS_TEXT

_HEADINGS: Final[Mapping[str, str]] = {
    "id": "no, no., #, nr, ref, reference, number, code, key, issue key, poam id, action no, "
    "commitment no, commitment number, item, stt, tt, số tt, số thứ tự, mã, mã số, mã nhiệm vụ",
    "title": "name, task, task name, action, activity, commitment, promise, pledge, measure, "
    "deliverable, summary, description, subject, weakness name, milestone, policy, "
    "tên nhiệm vụ, nhiệm vụ, nội dung, nội dung nhiệm vụ, nội dung công việc, công việc, "
    "cam kết, tên cam kết, hoạt động, tên",
    "pillar": "area, theme, chapter, topic, sector, category, work stream, workstream, priority, "
    "section, component, strategic area, risk rating, trụ cột, lĩnh vực, chương, nhóm, "
    "nhóm nhiệm vụ, mục, chủ đề",
    "owed_by": "owner, party, country, government, side, partner, committed by, promised by, "
    "bên thực hiện, bên cam kết, quốc gia, nước",
    "lead": "leads, lead agency, agency, lead ministry, ministry, responsible, responsible office, "
    "responsible body, responsible party, responsible person, assignee, resource names, "
    "lead minister, department, office, cơ quan chủ trì, đơn vị chủ trì, chủ trì, "
    "cơ quan thực hiện, đơn vị thực hiện, đầu mối",
    "due": "deadline, due date, date due, target date, target year, end date, finish, "
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
    "updated": "status date, last updated, updated on, date of update, as of, cập nhật, "
    "ngày cập nhật",
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

KNOWN_HEADINGS: Final = frozenset(MEANT)

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
