"""The few changes among the many lookups, for the history of a role or an employee."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX audit_entry_changes ON audit_entry (chain, seq) WHERE event LIKE 'role:%'",
            "DROP INDEX audit_entry_changes",
        )
    ]
