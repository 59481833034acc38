"""Each page of writing keeps a copy of its own (自动保存按页面分开)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0008_index_the_time_of_publicity")]

    operations = [
        migrations.RemoveConstraint(model_name="typed", name="document_typed_once"),
        migrations.AddField(
            model_name="typed",
            name="page",
            field=models.CharField(blank=True, default="", max_length=32, verbose_name="页面标识"),
        ),
        migrations.AddConstraint(
            model_name="typed",
            constraint=models.UniqueConstraint(fields=("edition", "by", "page"), name="document_typed_once"),
        ),
    ]
