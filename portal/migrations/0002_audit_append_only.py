"""The audit trail can be added to and read, nothing else: the database itself refuses changes and deletions."""

from django.db import migrations

POSTGRES = """
CREATE FUNCTION portal_audit_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'audit rows are never changed'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER portal_audit_kept BEFORE UPDATE OR DELETE ON portal_auditevent
FOR EACH ROW EXECUTE FUNCTION portal_audit_refuse();
"""
SQLITE = [
    """CREATE TRIGGER portal_audit_no_update BEFORE UPDATE ON portal_auditevent
    BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END""",
    """CREATE TRIGGER portal_audit_no_delete BEFORE DELETE ON portal_auditevent
    BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END""",
]


def forbid(apps, editor):
    statements = [POSTGRES] if editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        editor.execute(statement)


def allow(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TRIGGER portal_audit_kept ON portal_auditevent")
        editor.execute("DROP FUNCTION portal_audit_refuse()")
    else:
        editor.execute("DROP TRIGGER portal_audit_no_update")
        editor.execute("DROP TRIGGER portal_audit_no_delete")


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]
