"""Addresses of the work: desk, board, reports, supervision, public progress (落实与监督)."""

from collections.abc import Callable, Iterable

from django.urls import URLPattern, path

from gongkai.accounts.access import View
from gongkai.ledger.views import (
    assignment,
    board,
    desk,
    exports,
    extension,
    feedback,
    lookback,
    notice,
    progress,
    report,
    supervision,
    task,
    urging,
)


def _acts(noun: str, place: str, page: Callable[[str], View], codes: Iterable[str]) -> list[URLPattern]:
    """An address for each act of a noun: report_send at staff/reports/7/send/."""
    return [path(f"staff/{place}/<int:pk>/{code}/", page(code), name=f"{noun}_{code}") for code in codes]


urlpatterns: list[URLPattern] = [
    path("staff/", desk.desk, name="desk"),
    path("staff/notices/", notice.notices, name="notices"),
    path("staff/notices/seen/", notice.seen, name="notices_seen"),
    path("staff/plans/<int:pk>/", board.plan, name="plan"),
    path("staff/plans/<int:pk>/units/", board.units, name="plan_units"),
    path("staff/plans/<int:pk>/matrix/", board.matrix, name="plan_matrix"),
    path("staff/plans/<int:pk>/timeline/", board.timeline, name="plan_timeline"),
    path("staff/plans/<int:pk>/export/", exports.plan, name="plan_export"),
    path("staff/tasks/<int:pk>/", task.task, name="task"),
    path("staff/assignments/", assignment.assignments, name="assignments"),
    path("staff/assignments/urge/", urging.urge, name="urge"),
    path("staff/assignments/<int:pk>/", assignment.assignment, name="assignment"),
    path("staff/assignments/<int:pk>/report/", report.write, name="report_new"),
    path("staff/assignments/<int:pk>/extension/", extension.ask, name="extension_new"),
    path("staff/reports/<int:pk>/edit/", report.edit, name="report_edit"),
    *_acts("report", "reports", report.act, report.DEEDS),
    path("staff/evidence/<int:pk>/", report.evidence, name="evidence"),
    path("staff/evidence/<int:pk>/drop/", report.drop_evidence, name="evidence_drop"),
    *_acts("extension", "extensions", extension.act, extension.DEEDS),
    path("staff/supervision/", supervision.supervisions, name="supervisions"),
    path("staff/supervision/<int:pk>/", supervision.supervision, name="supervision"),
    path("staff/supervision/<int:pk>/letter/", exports.supervision, name="supervision_letter"),
    *_acts("supervision", "supervision", supervision.act, supervision.DEEDS),
    path("staff/lookback/", lookback.lookbacks, name="lookbacks"),
    path("staff/lookback/start/<int:pk>/", lookback.start, name="lookback_start"),
    path("staff/lookback/<int:pk>/", lookback.lookback, name="lookback"),
    path("staff/lookback/<int:pk>/report/", exports.lookback, name="lookback_report"),
    *_acts("entry", "lookback/entries", lookback.act, lookback.DEEDS),
    path("staff/feedback/", feedback.feedbacks, name="feedbacks"),
    path("staff/feedback/<int:pk>/", feedback.feedback, name="feedback"),
    path("progress/", progress.progress, name="progress"),
    path("progress/feedback/", feedback.newest, name="progress_suggestions"),
    path("progress/<int:pk>/", progress.plan, name="progress_plan"),
    path("progress/tasks/<int:pk>/", progress.task, name="progress_task"),
    path("progress/evidence/<int:pk>/", progress.evidence, name="progress_evidence"),
    path("progress/<int:pk>/feedback/", feedback.leave, name="progress_feedback"),
    path("progress/<int:pk>/thanks/", feedback.thanks, name="progress_thanks"),
]
