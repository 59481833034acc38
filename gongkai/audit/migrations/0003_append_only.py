"""The database itself refuses to change, delete or empty traces (PostgreSQL; SQLite has no accounts to guard against)."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Tests empty tables between them; only a database that was told so in its own settings lets them.
RAISE = """
CREATE OR REPLACE FUNCTION audit_trace_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('gongkai.allow_truncate', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '办理留痕只能追加，不能修改或删除' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER audit_trace_append_only BEFORE UPDATE OR DELETE ON audit_trace
    FOR EACH ROW EXECUTE FUNCTION audit_trace_refuse();
CREATE TRIGGER audit_trace_no_truncate BEFORE TRUNCATE ON audit_trace
    FOR EACH STATEMENT EXECUTE FUNCTION audit_trace_refuse();
"""
ALLOW = """
DROP TRIGGER IF EXISTS audit_trace_append_only ON audit_trace;
DROP TRIGGER IF EXISTS audit_trace_no_truncate ON audit_trace;
DROP FUNCTION IF EXISTS audit_trace_refuse();
"""


def refuse(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(RAISE)


def allow(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(ALLOW)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_trace_knows_its_unit")]
    operations = [migrations.RunPython(refuse, allow)]
