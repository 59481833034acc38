"""The time of publicity stands in the indexes by which lists are drawn and counted (公示截止)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0007_register_of_legality_reviews"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="paper",
            name="document_paper_newest",
        ),
        migrations.RemoveIndex(
            model_name="paper",
            name="document_paper_unit",
        ),
        migrations.RemoveIndex(
            model_name="paper",
            name="document_paper_sort",
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(
                fields=["state", "-published_at", "-id", "shown_until"], name="document_paper_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(
                fields=["unit", "state", "-published_at", "shown_until"], name="document_paper_unit"
            ),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(
                fields=["sort", "state", "-published_at", "shown_until"], name="document_paper_sort"
            ),
        ),
    ]
