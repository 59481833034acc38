"""The list of wrong words has a mark of its own; lists that are kept already get one."""

import uuid
from typing import Any

from django.db import migrations, models


def mark(apps: Any, _editor: Any) -> None:
    """Give the list that is there a mark."""
    if apps.get_model("documents", "Word").objects.exists():
        apps.get_model("documents", "WordList").objects.create(pk=1, mark=uuid.uuid4().hex)


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_each_page_keeps_its_own_copy")]

    operations = [
        migrations.CreateModel(
            name="WordList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.CharField(blank=True, max_length=32, verbose_name="版本标记")),
            ],
            options={
                "verbose_name": "词表版本",
                "verbose_name_plural": "词表版本",
                "db_table": "document_word_list",
            },
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
