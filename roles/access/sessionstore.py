"""Sessions in the database under a keyed hash of what the browser holds: who reads the table can become nobody.

Django's own table and content (signed), with another name for each row: 160 bits of a keyed hash of the cookie's key,
since the column takes forty characters. A session keeps the name it was stored under while master keys are changed.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from psycopg import sql

from roles.keyring import every_keyed_hash
from roles.models import Employee

_PURPOSE: Final = "session"
_LENGTH: Final = 40
_COLUMNS: Final = [field.attname for field in Employee._meta.concrete_fields]
_IS_THERE: Final = "SELECT EXISTS (SELECT FROM django_session WHERE session_key = ANY(%s))"
_NOTED: Final = "SELECT session_data FROM django_session WHERE session_key = ANY(%s)"
_FOUND: Final = (
    sql.SQL(
        "SELECT session.session_key, session.session_data, session.expire_date, {columns} FROM django_session session "
        "LEFT JOIN roles_loginsession login ON login.session_key = session.session_key "
        "LEFT JOIN roles_employee employee ON employee.id = login.employee_id "
        "WHERE session.session_key = ANY(%s) AND session.expire_date > %s"
    )
    .format(columns=sql.SQL(", ").join(sql.Identifier("employee", name) for name in _COLUMNS))
    .as_string()
)


def names_of(key: str | None) -> tuple[str, ...]:
    """What the row of a session with this key may be called, the name by the current master key first."""
    return tuple(name[:_LENGTH] for name in every_keyed_hash(_PURPOSE, None, key)) if key else ()


def name_of(key: str) -> str:
    """What its row is called, or, where there is none yet, will be."""
    names = names_of(key)
    if len(names) == 1:
        return names[0]
    return Session.objects.filter(session_key__in=names).values_list("session_key", flat=True).first() or names[0]


def as_noted(session: SessionBase) -> dict[str, Any] | None:
    """What the database holds of a session now; None when somebody has ended it."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTED, [list(names_of(session.session_key))])
        found = cursor.fetchone()
    return session.decode(found[0]) if found else None


class SessionStore(db.SessionStore):
    """Django's, which nowhere gives the database the key itself. No page here is asynchronous.

    employee: whose it is, where that was kept at login; read in the same statement as the session.
    """

    employee: Employee | None = None

    def exists(self, session_key: str | None) -> bool:
        """Whether somebody has this key."""
        with connection.cursor() as cursor:
            cursor.execute(_IS_THERE, [list(names_of(session_key))])
            (is_there,) = cursor.fetchone()
        return bool(is_there)

    def delete(self, session_key: str | None = None) -> None:
        """The session with this key, or this one."""
        self.model.objects.filter(session_key__in=names_of(session_key or self.session_key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The row as it will stand."""
        row = super().create_model_instance(data)
        row.session_key = name_of(row.session_key)
        return row

    async def acreate_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Never: the row would be called by its key."""
        raise NotImplementedError

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        with connection.cursor() as cursor:
            cursor.execute(_FOUND, [list(names_of(self.session_key)), timezone.now()])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return None
        key, data, expires, *employee = found
        self.employee = _employee(employee)
        return self.model(session_key=key, session_data=data, expire_date=expires)


def _employee(columns: Sequence[Any]) -> Employee | None:
    employee = Employee.from_db(None, _COLUMNS, columns)
    return employee if employee.pk else None
