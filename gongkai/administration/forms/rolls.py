"""名册的表单: a sheet to import, and its rows between preview and confirmation."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from gongkai.administration.rolls import MOST, Row, Unreadable, read_roll
from gongkai.frame.uploads import MEGABYTE, UploadField

SALT = "gongkai.administration.rolls"


class RollForm(forms.Form):
    """The sheet (名册)."""

    sheet = UploadField(label="名册文件", kinds=("xlsx", "csv"), limit=5 * MEGABYTE)

    def __init__(self, *args: Any, required: frozenset[str], most: int = MOST, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.required, self.most = required, most

    def rows(self) -> list[Row]:
        """The rows of the sheet; a ValidationError says what is wrong and where."""
        sheet = self.cleaned_data["sheet"]
        sheet.upload.seek(0)
        try:
            return read_roll(sheet.upload.read(), sheet.kind, self.required, self.most)
        except Unreadable as error:
            raise ValidationError(str(error))


def pack(rows: list[Row]) -> str:
    """Rows as a signed text for a hidden field (封存): nothing is kept on the server before confirmation."""
    return signing.dumps([[row.number, row.cells] for row in rows], salt=SALT, compress=True)


def unpack(text: str) -> list[Row]:
    """The rows again (启封); a forged or old text gives none."""
    try:
        found = signing.loads(text, salt=SALT, max_age=8 * 3600)
    except signing.BadSignature:
        return []
    return [Row(number, cells) for number, cells in found]
