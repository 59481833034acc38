"""词表: the office's wrong wordings made ready once in each process, and again when the list has changed."""

import uuid

from gongkai.documents.models import Word, WordList
from gongkai.rules.wrong_words import Matcher, Term, exceptions


class Wording:
    """The list as it was made ready last (词表缓存); each process has one, and asks for the mark alone."""

    def __init__(self) -> None:
        self._held: tuple[str, Matcher] = ("", Matcher(()))

    def matcher(self) -> Matcher:
        """The list, ready to be looked for (词表匹配器); made again where the mark is another."""
        mark = WordList.objects.filter(pk=WordList.ONLY).values_list("mark", flat=True).first()
        if not mark:
            return _made()  # nobody kept the list here yet
        held = self._held
        if held[0] != mark:
            # the words may be newer than the mark, then the next call finds another mark: never the reverse
            held = self._held = (mark, _made())
        return held[1]


_process = Wording()


def matcher() -> Matcher:
    """The office's list as it stands now (现行词表), for one query."""
    return _process.matcher()


def hold_list() -> WordList:
    """The mark of the list under lock (锁定词表): whoever changes words does so one after another."""
    row, _ = WordList.objects.select_for_update().get_or_create(pk=WordList.ONLY)
    return row


def renew(held: WordList) -> None:
    """Give the list another mark (更新词表版本); one that was taken back never comes again."""
    held.mark = uuid.uuid4().hex
    held.save()


def _made() -> Matcher:
    unless = exceptions()
    rows = Word.objects.order_by("pk").values_list("term", "right", "grave", "since", "note", "sort")
    return Matcher(
        Term(term, right, grave, since, note, unless.get(term, ()), sort == Word.Sort.BODY)
        for term, right, grave, since, note, sort in rows
    )
