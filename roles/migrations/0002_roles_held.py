"""The function roles_held: an employee's live roles in one query (roles/access/rights.py)."""

from django.db import migrations

_CREATE = """
CREATE FUNCTION roles_held(holder uuid, moment timestamptz, today date) RETURNS TABLE (role text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH given AS (
        SELECT assignment.role_id, NULL::uuid AS within
        FROM roles_roleassignment assignment
        WHERE assignment.employee_id = holder
          AND assignment.valid_from <= moment AND (assignment.valid_to IS NULL OR assignment.valid_to > moment)
        UNION
        SELECT assignment.role_id, team.organisation_id
        FROM roles_group_members member
        JOIN roles_group team ON team.id = member.group_id
        JOIN roles_roleassignment assignment ON assignment.group_id = team.id
        WHERE member.employee_id = holder
          AND assignment.valid_from <= moment AND (assignment.valid_to IS NULL OR assignment.valid_to > moment)
    )
    SELECT json_build_object(
        'id', held.id,
        'name', held.name,
        'uses', held.uses,
        'elements', held.elements,
        'case_reference_required', held.case_reference_required,
        'confidential_addresses', held.confidential_addresses,
        'service_area', json_build_object(
            'code', area.code,
            'name_nb', area.name_nb,
            'name_nn', area.name_nn,
            'name_en', area.name_en,
            'may_hold_confidential', area.may_hold_confidential
        ),
        'organisation', json_build_object(
            'id', house.id,
            'name', house.name,
            'organisation_number', house.organisation_number,
            'kommuner', house.kommuner,
            'role_contact', house.role_contact,
            'opens_single_hit', house.opens_single_hit,
            'lookups_per_minute', house.lookups_per_minute,
            'lookups_per_day', house.lookups_per_day,
            'misses_in_a_row', house.misses_in_a_row,
            'misses_per_day', house.misses_per_day,
            'open_orders', house.open_orders,
            'steps', ARRAY(
                SELECT json_build_object('step', taken.step, 'delegated_to', taken.delegated_to)
                FROM roles_onboardingstep taken WHERE taken.organisation_id = house.id
            )
        ),
        'legal_bases', ARRAY(
            SELECT json_build_object(
                'key', basis.key,
                'statute', basis.statute,
                'section', basis.section,
                'status', basis.status,
                'kind', basis.kind,
                'confidential', basis.confidential,
                'elements', basis.elements
            )
            FROM roles_role_legal_bases chosen
            JOIN roles_legalbasis basis ON basis.key = chosen.legalbasis_id
            WHERE chosen.role_id = held.id
              AND (basis.valid_from IS NULL OR basis.valid_from <= today)
              AND (basis.valid_to IS NULL OR today < basis.valid_to)
              AND (basis.for_every_area OR EXISTS (
                  SELECT FROM roles_legalbasis_areas covered
                  WHERE covered.legalbasis_id = basis.key AND covered.servicearea_id = held.service_area_id
              ))
            ORDER BY basis.key
        )
    )::text
    FROM roles_role held
    JOIN roles_organisation house ON house.id = held.organisation_id
    JOIN roles_servicearea area ON area.code = held.service_area_id
    WHERE EXISTS (
        SELECT FROM roles_employee employee
        WHERE employee.id = holder AND employee.is_active AND employee.issuer <> 'local'
    )
      AND held.id IN (SELECT given.role_id FROM given)
      AND held.is_active
      AND held.valid_from <= moment AND (held.valid_to IS NULL OR held.valid_to > moment)
      AND house.valid_from <= moment AND (house.valid_to IS NULL OR house.valid_to > moment)
      AND EXISTS (
          SELECT FROM given
          WHERE given.role_id = held.id AND (given.within = house.id OR (given.within IS NULL AND NOT house.groups_only))
      )
    ORDER BY held.name, held.id
$$
"""


class Migration(migrations.Migration):
    dependencies = [("roles", "0001_initial")]

    operations = [
        migrations.RunSQL(_CREATE, "DROP FUNCTION roles_held(uuid, timestamptz, date)"),
    ]
