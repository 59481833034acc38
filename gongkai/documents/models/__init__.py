"""政府信息: papers, editions and all that belongs to them."""

from gongkai.documents.models.attachment import Attachment, AttachmentText
from gongkai.documents.models.column import Column, Theme, Topic, TopicPin
from gongkai.documents.models.elements import ELEMENTS, Attribute, Elements, Ground, Sort
from gongkai.documents.models.keeping import Cleanup, CleanupEntry, Erratum, Reassessment, Typed
from gongkai.documents.models.legacy import LegacyImport, LegacyOrigin, LegacyRow, OldAddress
from gongkai.documents.models.legality import Legality
from gongkai.documents.models.paper import Content, Edition, Paper, Serial, Standing, on_site, shown_its_time
from gongkai.documents.models.record import Filing, FilingRow
from gongkai.documents.models.relation import Bond, Relation
from gongkai.documents.models.review import Countersign, Override, Release, Review
from gongkai.documents.models.word import Word, WordList

__all__ = [
    "ELEMENTS",
    "Attachment",
    "AttachmentText",
    "Attribute",
    "Bond",
    "Cleanup",
    "CleanupEntry",
    "Column",
    "Content",
    "Countersign",
    "Edition",
    "Elements",
    "Erratum",
    "Filing",
    "FilingRow",
    "Ground",
    "LegacyImport",
    "LegacyOrigin",
    "LegacyRow",
    "Legality",
    "OldAddress",
    "Override",
    "Paper",
    "Reassessment",
    "Relation",
    "Release",
    "Review",
    "Serial",
    "Sort",
    "Standing",
    "Theme",
    "Topic",
    "TopicPin",
    "Typed",
    "Word",
    "WordList",
    "on_site",
    "shown_its_time",
]
