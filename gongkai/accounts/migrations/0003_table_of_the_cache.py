"""The table in which rate limits are counted (see CACHES in the settings)."""

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    call_command("createcachetable", "site_cache", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_first_password_must_be_changed")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
