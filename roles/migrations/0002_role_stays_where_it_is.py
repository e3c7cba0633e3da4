"""A role never changes organisation or service area: its legal bases and the log rest on both."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION roles_role_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the service area and the organisation of a role never change';
END
$$;
CREATE TRIGGER roles_role_stays BEFORE UPDATE ON roles_role FOR EACH ROW
WHEN (OLD.service_area_id <> NEW.service_area_id OR OLD.organisation_id <> NEW.organisation_id)
EXECUTE FUNCTION roles_role_stays();
"""

BACKWARD = """
DROP TRIGGER roles_role_stays ON roles_role;
DROP FUNCTION roles_role_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("roles", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
