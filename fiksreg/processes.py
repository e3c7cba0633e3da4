"""The three processes that use the database, and what each may do there: as much as it does, and no more.

A table that is not named here is the web's alone. Rights are written as PostgreSQL shows them: r(ead), i(nsert),
u(pdate), d(elete).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Process(StrEnum):
    """Each logs in to the database as a role of its own (settings.DATABASE_ROLES)."""

    WEB = "web"
    WORKER = "worker"
    CLOCK = "clock"


WEB, WORKER, CLOCK = Process
Rights = Mapping[Process, str]

ORDINARY: Final[Rights] = {WEB: "riud"}
_READ_BY_ALL: Final[Rights] = {WEB: "r", WORKER: "r", CLOCK: "r"}
#: What the web administers and the others go by.
_ADMINISTERED: Final[Rights] = {WEB: "riud", WORKER: "r", CLOCK: "r"}
#: The log is read by who shows it and by who signs it; nobody writes to it past its functions.
_LOG: Final[Rights] = {WEB: "r", CLOCK: "r"}
#: The clock throws away what has ended.
_PASSING: Final[Rights] = {WEB: "riud", CLOCK: "rd"}

TABLES: Final[Mapping[str, Rights]] = {
    **dict.fromkeys(("audit_entry", "audit_subject", "audit_head", "audit_checkpoint"), _LOG),
    "django_migrations": _READ_BY_ALL,
    **dict.fromkeys(
        (
            "roles_group",
            "roles_group_members",
            "roles_legalbasis",
            "roles_legalbasis_areas",
            "roles_onboardingstep",
            "roles_organisation",
            "roles_role",
            "roles_role_legal_bases",
            "roles_roleassignment",
            "roles_servicearea",
        ),
        _ADMINISTERED,
    ),
    # The clock reminds of reviews and closes them, and tidies up after a break-glass account whose time is over.
    "roles_accessreview": {WEB: "riud", CLOCK: "ru"},
    "roles_breakglassopening": {WEB: "riud", CLOCK: "ru"},
    "roles_employee": {WEB: "riud", WORKER: "r", CLOCK: "ru"},
    "roles_administratorship": {WEB: "riud", CLOCK: "rd"},
    "roles_reviewitem": {WEB: "riud", CLOCK: "r"},
    "roles_integration": {WEB: "riud", WORKER: "r"},
    "fiksreg_leadership": {CLOCK: "riud"},
    "roles_loginsession": _PASSING,
    "roles_spentlogouttoken": _PASSING,
    "django_session": _PASSING,
    "lookup_personreference": _PASSING,
    "lookup_searchreference": _PASSING,
    # An order is placed by the web and built by a worker alone; the clock calls, rescues and expires.
    "citizenlists_citizenlist": {WEB: "riu", WORKER: "ru", CLOCK: "ru"},
    "citizenlists_checkpoint": {WEB: "rd", WORKER: "riud", CLOCK: "rd"},
    "citizenlists_doorbell": {WEB: "riud", WORKER: "riud", CLOCK: "riud"},
}
#: Who may call the log's functions: anybody appends, the clock alone keeps checkpoints.
FUNCTIONS: Final[Mapping[str, tuple[Process, ...]]] = {
    "audit_append(text, text, bytea[], bytea[], bytea[], text[])": (WEB, WORKER, CLOCK),
    "audit_keep_checkpoint(text, bigint, text, bytea)": (CLOCK,),
}


def rights_on(table: str, process: Process) -> str:
    """What a process may do with a table of ours."""
    return TABLES.get(table, ORDINARY).get(process, "")
