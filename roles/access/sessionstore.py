"""Sessions in the database under a keyed hash of the cookie, so that a reader of the table cannot take over a session.

Table and (signed) content are Django's. Only the name of each row differs: 160 bits of a keyed hash of the session key,
because the column takes 40 characters. A session keeps its row name when the master key is changed.
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
        "SELECT session.session_data, {columns} FROM django_session session "
        "LEFT JOIN roles_loginsession login ON login.session_key = session.session_key "
        "LEFT JOIN roles_employee employee ON employee.id = login.employee_id "
        "WHERE session.session_key = ANY(%s) AND session.expire_date > %s"
    )
    .format(columns=sql.SQL(", ").join(sql.Identifier("employee", name) for name in _COLUMNS))
    .as_string()
)


def names_of(key: str | None) -> tuple[str, ...]:
    """The names that the row of a session with this key may have, the name by the current master key first."""
    return tuple(name[:_LENGTH] for name in every_keyed_hash(_PURPOSE, None, key)) if key else ()


def name_of(key: str) -> str:
    """The name of the row of the session with this key; when there is no row yet, the name it will get."""
    names = names_of(key)
    if len(names) == 1:
        return names[0]
    return Session.objects.filter(session_key__in=names).values_list("session_key", flat=True).first() or names[0]


def as_noted(session: SessionBase) -> dict[str, Any] | None:
    """The session's values as the database has them now; None when the session was ended."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTED, [list(names_of(session.session_key))])
        found = cursor.fetchone()
    return session.decode(found[0]) if found else None


class SessionStore(db.SessionStore):
    """Django's session store, except that the database never gets the session key itself. It has no async methods.

    employee: the owner of the session, read in the same statement; None when the login did not record one.
    """

    employee: Employee | None = None

    def exists(self, session_key: str | None) -> bool:
        """Whether a session with this key exists."""
        with connection.cursor() as cursor:
            cursor.execute(_IS_THERE, [list(names_of(session_key))])
            (is_there,) = cursor.fetchone()
        return bool(is_there)

    def delete(self, session_key: str | None = None) -> None:
        """Deletes the session with this key; without a key, this session."""
        self.model.objects.filter(session_key__in=names_of(session_key or self.session_key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The database row for this session, under the keyed hash as its name."""
        row = super().create_model_instance(data)
        row.session_key = name_of(row.session_key)
        return row

    async def acreate_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Raises NotImplementedError: Django's version would store the session key itself."""
        raise NotImplementedError

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        with connection.cursor() as cursor:
            cursor.execute(_FOUND, [list(names_of(self.session_key)), timezone.now()])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return None
        data, *employee = found
        self.employee = _employee(employee)
        return self.model(session_data=data)  # the only value that Django reads of it


def _employee(columns: Sequence[Any]) -> Employee | None:
    employee = Employee.from_db(None, _COLUMNS, columns)
    return employee if employee.pk else None
