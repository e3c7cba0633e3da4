"""Changes to an organisation's own workbooks, by its administrators. Each is atomic and logged with a reason."""

import sys
from collections.abc import Mapping
from typing import IO

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from citizenlists.content.layouts import every_header
from citizenlists.models import OwnWorkbook
from citizenlists.ownworkbooks import reading
from citizenlists.ownworkbooks.faults import said_about
from citizenlists.ownworkbooks.reading.answers import Answer, Question
from integrations.spreadsheets.stream import CellKind
from roles import audit
from roles.audit import JSON, Event
from roles.catalogue.unreadable import fault_of
from roles.catalogue.uploads import MOST_BYTES, read_alone
from roles.catalogue.workbook.answers import Problem
from roles.catalogue.workbook.answers import Reason as PackageReason
from roles.granting.rules import check_administers
from roles.models import Employee, Organisation
from roles.violations import refuse_duplicate


class Unusable(Exception):
    """The workbook must be changed. said: a sentence for each fault, with its cell."""

    def __init__(self, *said: str) -> None:
        super().__init__(len(said))
        self.said = said


def read_workbook(file: IO[bytes]) -> Answer:
    """The shell of an uploaded workbook. Raises Unusable, and Busy when another upload is being read."""
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Unusable(_("Filen er for stor. Den kan være på høyst 2 MB."))
    kinds = every_header()
    named = {kind: frozenset(name for name in kinds if kinds[name] is kind) for kind in CellKind}
    question = Question(content, named[CellKind.TEXT], named[CellKind.DATE])
    written = read_alone((sys.executable, "-E", "-s", "-m", reading.__name__), msgspec.msgpack.encode(question))
    if written is None:
        raise Unusable(fault_of(Problem(PackageReason.TOO_COSTLY)).message)
    answer = msgspec.msgpack.decode(written, type=Answer)
    if said := list(said_about(answer)):
        raise Unusable(*said)
    return answer


@transaction.atomic
def add_workbook(*, organisation: Organisation, name: str, answer: Answer, by: Employee, reason: str) -> OwnWorkbook:
    """Adds a workbook of the organisation. Raises PolicyViolation when `by` does not administer it or the name is
    taken."""
    check_administers(organisation, by)
    workbook = OwnWorkbook(
        organisation=organisation,
        name=name.strip(),
        shell=answer.shell,
        sheet=answer.sheet,
        about=answer.about,
        first=answer.first,
        headers=list(answer.headers),
    )
    with refuse_duplicate(_("Virksomheten har alt en arbeidsbok med dette navnet.")):
        workbook.save(force_insert=True)
    _log(Event.LIST_WORKBOOK_ADDED, workbook, by, reason)
    return workbook


@transaction.atomic
def change_workbook(*, workbook: OwnWorkbook, name: str, is_active: bool, by: Employee, reason: str) -> OwnWorkbook:
    """Changes the name, or whether orders are offered the workbook. Its content never changes. Raises PolicyViolation
    as add_workbook() does."""
    row = OwnWorkbook.objects.select_for_update(no_key=True).get(pk=workbook.pk)
    check_administers(row.organisation, by)
    row.name, row.is_active = name.strip(), is_active
    with refuse_duplicate(_("Virksomheten har alt en arbeidsbok med dette navnet.")):
        row.save(update_fields=["name", "is_active"])
    _log(Event.LIST_WORKBOOK_CHANGED, row, by, reason)
    return row


def _log(event: Event, workbook: OwnWorkbook, by: Employee, reason: str) -> None:
    audit.changed(event, by=by, organisation=workbook.organisation_id, after=_log_details(workbook), reason=reason)


def _log_details(workbook: OwnWorkbook) -> Mapping[str, JSON]:
    given: dict[str, JSON] = {"name": workbook.name, "headers": list(workbook.headers), "is_active": workbook.is_active}
    return {"list_workbook": str(workbook.pk), **given}
