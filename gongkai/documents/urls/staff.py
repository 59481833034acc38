"""Addresses of the staff pages of papers (政府信息办理)."""

from collections.abc import Callable, Iterable

from django.urls import URLPattern, path

from gongkai.accounts.access import View
from gongkai.documents.views import (
    acts,
    cleanups,
    closed,
    columns,
    countersigns,
    edit,
    edition,
    errata,
    expiring,
    finding,
    found,
    history,
    leaving,
    legality,
    national,
    new,
    overrides,
    papers,
    pictures,
    relations,
    releases,
    topics,
    typing,
    words,
)


def _acts(noun: str, place: str, page: Callable[[str], View], codes: Iterable[str]) -> list[URLPattern]:
    """An address for each act of a noun: edition_submit at staff/editions/7/submit/."""
    return [path(f"staff/{place}/<int:pk>/{code}/", page(code), name=f"{noun}_{code}") for code in codes]


WRITING: list[URLPattern] = [
    path("staff/papers/", papers.papers, name="papers"),
    path("staff/papers/queue/", papers.queue, name="papers_queue"),
    path("staff/papers/find/", finding.find, name="paper_find"),
    path("staff/papers/new/", new.new, name="paper_new"),
    path("staff/editions/<int:pk>/", edition.edition, name="edition"),
    path("staff/editions/<int:pk>/edit/", edit.edit, name="edition_edit"),
    path("staff/editions/<int:pk>/mask/", found.mask, name="edition_mask"),
    path("staff/editions/<int:pk>/fix/", found.fix, name="edition_fix"),
    path("staff/editions/<int:pk>/autosave/", typing.autosave, name="edition_autosave"),
    path("staff/editions/<int:pk>/forget/", typing.forget, name="edition_forget"),
    path("staff/editions/<int:pk>/paste/", edit.paste, name="edition_paste"),
    path("staff/editions/<int:pk>/picture/", pictures.picture, name="edition_picture"),
    path("staff/editions/<int:pk>/preview/", edition.preview, name="edition_preview"),
    path("staff/editions/<int:pk>/override/", edition.override, name="edition_override"),
    path("staff/editions/<int:pk>/ask/", countersigns.ask, name="edition_ask"),
    path("staff/editions/<int:pk>/take-out/", releases.take_out, name="release_take_out"),
    *_acts("edition", "editions", acts.act, acts.DEEDS),
    path("staff/files/<int:pk>/", pictures.stored, name="staff_file"),
    path("staff/files/<int:pk>/rename/", pictures.rename, name="attachment_rename"),
]
KEEPING: list[URLPattern] = [
    path("staff/papers/<int:pk>/", history.history, name="paper_history"),
    path("staff/papers/<int:pk>/compare/", history.comparison, name="paper_compare"),
    path("staff/papers/<int:pk>/revise/", leaving.revise, name="paper_revise"),
    path("staff/papers/<int:pk>/remove/", leaving.remove, name="paper_remove"),
    path("staff/papers/<int:pk>/restore/", leaving.restore, name="paper_restore"),
    path("staff/papers/<int:pk>/columns/", leaving.place, name="paper_columns"),
    path("staff/papers/<int:pk>/relations/", relations.relations, name="paper_relations"),
    path("staff/papers/<int:pk>/relate/", relations.relate, name="paper_relate"),
    path("staff/relations/<int:pk>/date/", relations.change_date, name="relation_date"),
    path("staff/relations/<int:pk>/drop/", relations.unrelate, name="relation_drop"),
    path("staff/papers/<int:pk>/national/", national.national_edition, name="paper_national"),
    path("staff/papers/<int:pk>/renew/", expiring.renew, name="paper_renew"),
    path("staff/papers/expiring/", expiring.expiring, name="papers_expiring"),
    path("staff/papers/closed/", closed.closed, name="papers_closed"),
    path("staff/papers/<int:pk>/reassess/", closed.reassess, name="paper_reassess"),
    path("staff/legality/", legality.legality, name="legality"),
    path("staff/countersigns/", countersigns.countersigns, name="countersigns"),
    *_acts("countersign", "countersigns", countersigns.act, countersigns.DEEDS),
    path("staff/countersigns/<int:pk>/withdraw/", countersigns.withdraw, name="countersign_withdraw"),
    path("staff/releases/", releases.releases, name="releases"),
    path("staff/releases/new/", releases.make, name="release_new"),
    path("staff/releases/<int:pk>/", releases.release, name="release"),
    path("staff/releases/<int:pk>/moment/", releases.moment, name="release_moment"),
    path("staff/releases/<int:pk>/publish/", releases.publish, name="release_publish"),
    path("staff/errata/", errata.errata, name="errata"),
    path("staff/errata/<int:pk>/", errata.erratum, name="erratum"),
    *_acts("erratum", "errata", errata.act, errata.DEEDS),
]
HOUSE: list[URLPattern] = [
    path("staff/cleanups/", cleanups.cleanups, name="cleanups"),
    path("staff/cleanups/new/", cleanups.start, name="cleanup_new"),
    path("staff/cleanups/<int:pk>/", cleanups.cleanup, name="cleanup"),
    path("staff/cleanups/<int:pk>/decide/", cleanups.decide, name="cleanup_decide"),
    path("staff/cleanups/<int:pk>/drop/", cleanups.drop, name="cleanup_drop"),
    path("staff/cleanups/entries/<int:pk>/", cleanups.judge, name="cleanup_judge"),
    path("staff/columns/", columns.columns, name="columns"),
    path("staff/columns/new/", columns.column, name="column_new"),
    path("staff/columns/<int:pk>/", columns.column, name="column_edit"),
    path("staff/columns/<int:pk>/shut/", columns.shut, name="column_shut"),
    path("staff/topics/", topics.topics, name="topics"),
    path("staff/topics/new/", topics.edit, name="topic_new"),
    path("staff/topics/<int:pk>/", topics.topic, name="topic_staff"),
    path("staff/topics/<int:pk>/edit/", topics.edit, name="topic_edit"),
    path("staff/topics/pins/<int:pk>/accept/", topics.accept, name="pin_accept"),
    path("staff/topics/pins/<int:pk>/drop/", topics.unpin, name="pin_drop"),
    path("staff/words/", words.words, name="words"),
    path("staff/words/new/", words.word, name="word_new"),
    path("staff/words/starter/", words.add_starter, name="words_starter"),
    path("staff/words/import/", words.bring_in, name="words_import"),
    path("staff/words/<int:pk>/", words.word, name="word_edit"),
    path("staff/words/<int:pk>/drop/", words.drop, name="word_drop"),
    path("staff/overrides/", overrides.overrides, name="overrides"),
]
urlpatterns: list[URLPattern] = [*WRITING, *KEEPING, *HOUSE]
