"""The three processes that use the database, and their rights there, which are no more than they need.

Only the web may use a table that is not named here. Rights are written as PostgreSQL shows them: r(ead), i(nsert),
u(pdate), d(elete).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Process(StrEnum):
    """A process that uses the database. Each logs in with a role of its own (settings.DATABASE_ROLES)."""

    WEB = "web"
    WORKER = "worker"
    CLOCK = "clock"


WEB, WORKER, CLOCK = Process
Rights = Mapping[Process, str]

ORDINARY: Final[Rights] = {WEB: "riud"}
_READ_BY_ALL: Final[Rights] = {WEB: "r", WORKER: "r", CLOCK: "r"}
#: Tables that the web changes and the other processes read.
_ADMINISTERED: Final[Rights] = {WEB: "riud", WORKER: "r", CLOCK: "r"}
#: The audit log: the web shows it and the clock signs it. No process writes to it except by its functions.
_LOG: Final[Rights] = {WEB: "r", CLOCK: "r"}
#: Tables whose ended rows the clock deletes.
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
    # The clock reminds of reviews and closes them, and closes an opening of the break-glass account whose time is over.
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
    # The web places an order and only a worker builds it; the clock calls workers, rescues orders and expires lists.
    "citizenlists_ownworkbook": {WEB: "riu", WORKER: "r"},
    # A worker places an order too: when a schedule is due.
    "citizenlists_citizenlist": {WEB: "riu", WORKER: "riu", CLOCK: "ru"},
    "citizenlists_owntemplate": {WEB: "riu", WORKER: "r"},
    "citizenlists_checkpoint": {WEB: "rd", WORKER: "riud", CLOCK: "rd"},
    "citizenlists_notice": {WEB: "riud", WORKER: "riud", CLOCK: "rd"},
    "citizenlists_schedule": {WEB: "riud", WORKER: "ru", CLOCK: "r"},
    # A worker lays out and does the parts of an order; whoever ends the order deletes them.
    "citizenlists_part": {WEB: "rd", WORKER: "riud", CLOCK: "rd"},
    "citizenlists_doorbell": {WEB: "riud", WORKER: "riud", CLOCK: "riud"},
}
#: Which processes may call the audit log's functions: all append, only the clock stores checkpoints.
FUNCTIONS: Final[Mapping[str, tuple[Process, ...]]] = {
    "audit_append(text, text, bytea[], bytea[], bytea[], text[])": (WEB, WORKER, CLOCK),
    "audit_keep_checkpoint(text, bigint, text, bytea)": (CLOCK,),
}


def rights_on(table: str, process: Process) -> str:
    """The rights of a process on one of our tables, as letters."""
    return TABLES.get(table, ORDINARY).get(process, "")
