"""What the provider calls an employee is kept as a keyed hash; sessions too, and those that stand are ended.

Who is logged in while this runs logs in once more. Who is known by a national number ("pid:") is hashed already.
"""

from typing import Any

from django.db import migrations

from roles.models import LOCAL_ISSUER
from roles.login.subjecthashes import names_of_word

_END_SESSIONS = "DELETE FROM roles_loginsession; DELETE FROM django_session"


def hash_subjects(apps: Any, schema_editor: Any) -> None:
    employees = apps.get_model("roles", "Employee").objects.using(schema_editor.connection.alias)
    kept = employees.exclude(issuer=LOCAL_ISSUER).exclude(subject__startswith="pid:")
    for employee in kept.only("subject").iterator():
        employee.subject = names_of_word(employee.subject)[0]
        employee.save(update_fields=["subject"])


class Migration(migrations.Migration):
    dependencies = [("roles", "0018_break_glass_beginning"), ("sessions", "0001_initial")]
    operations = [
        migrations.RunPython(hash_subjects, migrations.RunPython.noop),
        migrations.RunSQL(_END_SESSIONS, migrations.RunSQL.noop),
    ]
