"""Downloading a list: the right, the session, the list and the gradings are checked again until the end."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.http import StreamingHttpResponse

from citizenlists import tasks
from citizenlists.models import CitizenList, State
from citizenlists.orders import lifecycle
from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.elements import ELEMENTS
from roles.access import NoRole, SessionOver
from roles.audit.models import AuditEntry
from roles.models import Organisation
from roles.policy.addressprotection import PROTECTION_ELEMENT
from tests.citizenlists.caseworkers import EVERYBODY, ORDERED, Caseworker, body, caseworker, table
from tests.citizenlists.racing import all_at_once
from tests.citizenlists.register import Register

pytestmark = pytest.mark.django_db

CHILDREN = (2010, 2016)
NUMBER = "Fødselsnummer eller d-nummer"


ELSEWHERE = {
    "erGjeldende": True,
    "adressegradering": "ugradert",
    "vegadresse": {"kommunenummer": "4640", "adressenavn": "Annengata", "adressenummer": {"husnummer": "77"}},
}


def ready(caseworker: Caseworker, **how: Any) -> CitizenList:
    order = caseworker.order(**({"born": CHILDREN} | how))
    tasks.build(str(order.pk))
    return CitizenList.objects.get(pk=order.pk)


def outcomes(order: CitizenList, event: str) -> list[str]:
    entries = AuditEntry.objects.of_intent(order.intent_id).filter(event=event).order_by("seq")
    return [str(entry.fields["outcome"]) for entry in entries]


def narrow(whose: Caseworker) -> None:
    whose.role.elements = ["navn"]
    whose.role.save()


def log_out(_whose: Caseworker) -> None:
    Session.objects.all().delete()


def lock_out(whose: Caseworker) -> None:
    whose.employee.is_active = False
    whose.employee.save()


GONE: dict[str, tuple[Callable[[Caseworker], None], str]] = {
    "withdrawn": (Caseworker.withdraw_role, "Rollen din er trukket tilbake"),
    "narrowed": (narrow, "Rollen din er endret"),
    "locked out": (lock_out, "Rollen din er trukket tilbake"),
    "logged out": (log_out, "Du er logget ut"),
}


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Runs a function after the register has answered about gradings and before the list is sent."""
    real = FolkeregisterClient.bulk

    def answered(*args: Any, **how: Any) -> Any:
        answer = real(*args, **how)
        act()
        return answer

    monkeypatch.setattr(FolkeregisterClient, "bulk", answered)


@pytest.mark.parametrize(("act", "told"), GONE.values(), ids=GONE)
def test_a_right_that_is_gone_before_the_first_byte_gives_none(
    school: Caseworker,
    register: Register,
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[Caseworker], None],
    told: str,
) -> None:
    order = ready(school)
    meanwhile(monkeypatch, lambda: act(school))
    refused = school.download(order.pk)
    assert refused.status_code == 403
    assert told in body(refused).decode()
    assert "denied" in outcomes(order, "list:batch:answered")
    assert "delivered" not in outcomes(order, "list:file:downloaded")


@pytest.fixture
def one_frame_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    # Two of them: the first must hold what the workbook's writer goes back to.
    monkeypatch.setattr("citizenlists.storage.FRAME_BYTES", 6 * 1024)
    monkeypatch.setattr("citizenlists.download.FRAMES_AT_ONCE", 1)


def withdraw_file(order: CitizenList) -> None:
    lifecycle.withdraw_file(order=order)


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda school, _order: school.withdraw_role(), NoRole),
        (lambda school, _order: narrow(school), NoRole),
        (lambda school, _order: log_out(school), SessionOver),
        (lambda _school, order: withdraw_file(order), lifecycle.NotNow),
    ],
    ids=["withdrawn", "narrowed", "logged out", "file withdrawn"],
)
@pytest.mark.usefixtures("one_frame_at_a_time")
def test_a_right_that_goes_in_the_middle_of_a_download_cuts_it(
    school: Caseworker,
    register: Register,
    act: Callable[[Caseworker, CitizenList], None],
    error: type[Exception],
) -> None:
    order = ready(school)
    answer = school.download(order.pk)
    assert isinstance(answer, StreamingHttpResponse)
    pieces: Iterator[bytes] = iter(answer.streaming_content)
    sent = len(next(pieces))
    act(school, order)
    with pytest.raises(error):
        next(pieces)
    assert 0 < sent < int(answer["Content-Length"])
    assert outcomes(order, "list:file:downloaded") == ["delivered", "denied"]


HALF_AN_HOUR = 30 * 60


def noted(school: Caseworker, **times: float) -> None:
    """Changes the session in the database, as another window of the same browser would."""
    session = school.client.session
    session.update(times)
    session.save()


@pytest.mark.parametrize(
    ("seen_after", "expected"), [(HALF_AN_HOUR, nullcontext()), (0, pytest.raises(SessionOver))], ids=["seen", "idle"]
)
@pytest.mark.usefixtures("one_frame_at_a_time")
def test_a_download_goes_on_past_half_an_hour_as_long_as_its_owner_does(
    school: Caseworker,
    register: Register,
    monkeypatch: pytest.MonkeyPatch,
    seen_after: int,
    expected: AbstractContextManager[object],
) -> None:
    answer = school.download(ready(school).pk)
    assert isinstance(answer, StreamingHttpResponse)
    pieces, began = iter(answer.streaming_content), time.time()
    next(pieces)
    monkeypatch.setattr("roles.access.permissions.time.time", lambda: began + HALF_AN_HOUR + 60)
    noted(school, seen_at=began + seen_after)
    with expected:
        assert b"".join(pieces)


@pytest.mark.usefixtures("one_frame_at_a_time")
def test_a_download_ends_with_a_session_whose_end_was_moved_up(school: Caseworker, register: Register) -> None:
    answer = school.download(ready(school).pk)
    assert isinstance(answer, StreamingHttpResponse)
    pieces = iter(answer.streaming_content)
    next(pieces)
    noted(school, ends_at=time.time() - 1)
    with pytest.raises(SessionOver):
        next(pieces)


def test_a_list_is_downloaded_as_often_as_one_person_may_look_up(school: Caseworker, register: Register) -> None:
    order = ready(school)
    Organisation.objects.filter(pk=school.role.organisation_id).update(lookups_per_minute=2)
    assert [school.download(order.pk).status_code for _ in range(2)] == [200, 200]
    asked = len(register.asked())
    refused = school.download(order.pk)
    assert refused.status_code == 429
    assert "Du har søkt eller lastet ned 2 ganger på ett minutt" in body(refused).decode()
    assert len(register.asked()) == asked
    assert school.client.post("/oppslag/", {"number": register.number_of("skolestarter")}).status_code == 429


@pytest.mark.usefixtures("one_frame_at_a_time")
def test_a_whole_download_is_whole(school: Caseworker, register: Register) -> None:
    answer = school.download(ready(school).pk)
    sent = AuditEntry.objects.filter(event="list:file:sent")
    assert not sent.exists()
    assert len(body(answer)) == int(answer["Content-Length"])
    assert sent.count() == 1


def test_a_list_withdrawn_while_the_register_is_asked_is_not_handed_over(
    school: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = ready(school)
    meanwhile(monkeypatch, lambda: CitizenList.objects.filter(pk=order.pk).update(state=State.EXPIRED) and None)
    assert school.download(order.pk).status_code == 404


def test_a_role_that_sees_gradings_no_more_does_not_get_the_file_that_was_built_with_them(
    school: Caseworker, register: Register
) -> None:
    child, mother = register.number_of("skolestarter"), register.number_of("vanlig-familie")
    register.protect(mother)
    order = ready(school, born=EVERYBODY)
    rows = {row[NUMBER]: row for row in table(body(school.download(order.pk)))}
    assert rows[child]["Adresse"] is None
    school.role.elements = sorted(set(ELEMENTS) - {PROTECTION_ELEMENT})
    school.role.save()
    refused = school.download(order.pk)
    assert refused.status_code == 409
    assert "Rollen er endret" in body(refused).decode()
    assert outcomes(order, "list:file:downloaded") == ["delivered"]
    again = ready(school, born=EVERYBODY)
    assert child not in {row[NUMBER] for row in table(body(school.download(again.pk)))}


def test_a_list_is_had_by_a_role_that_has_come_to_see_gradings(office: Caseworker, register: Register) -> None:
    order = ready(office, elements=("navn", "bostedsadresse"))
    office.role.elements = sorted(ELEMENTS)
    office.role.save()
    assert office.download(order.pk).status_code == 200


# --- What has changed since it was made ---


@pytest.mark.parametrize("elements", [ORDERED, ("identifikasjonsnummer", "bostedsadresse")], ids=["named", "not named"])
def test_a_relative_who_is_not_on_the_list_and_is_protected_now_takes_the_address_back(
    school: Caseworker, register: Register, elements: tuple[str, ...]
) -> None:
    child, mother = register.number_of("skolestarter"), register.number_of("vanlig-familie")
    year = register.birth_year(child)
    order = ready(school, born=(year, year), elements=elements)
    assert mother not in register.named("1870", (year, year))
    register.protect(mother)
    assert school.download(order.pk).status_code == 409
    tasks.build(str(order.pk))
    rows = {row[NUMBER]: row for row in table(body(school.download(order.pk)))}
    assert rows[child]["Adresse"] is None


def test_a_relative_protected_now_changes_nothing_of_a_list_without_addresses(
    school: Caseworker, register: Register
) -> None:
    child, mother = register.number_of("skolestarter"), register.number_of("vanlig-familie")
    year = register.birth_year(child)
    order = ready(school, born=(year, year), elements=("identifikasjonsnummer", "navn", "foreldreansvar"))
    register.protect(mother)
    assert school.download(order.pk).status_code == 200


CHANGES: dict[str, dict[str, Any]] = {
    "died": {
        "status": [{"erGjeldende": True, "status": "doed"}],
        "doedsfall": {"erGjeldende": True, "doedsdato": "2026-11-29"},
    },
    "moved to another kommune": {"bostedsadresse": [ELSEWHERE]},
    "moved abroad": {"status": [{"erGjeldende": True, "status": "utflyttet"}]},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_list_with_somebody_who_has_died_or_moved_is_made_anew_instead_of_handed_over(
    school: Caseworker, register: Register, change: dict[str, Any]
) -> None:
    elements = ("identifikasjonsnummer", "navn", "status", "doedsfall", "bostedsadresse")
    order = ready(school, elements=elements)
    someone = register.unprotected("1870", CHILDREN)[3]
    register.change(someone, **change)
    refused = school.download(order.pk)
    assert refused.status_code == 409
    assert "har endret seg siden den ble ferdig" in body(refused).decode()
    tasks.build(str(order.pk))
    assert someone not in {row[NUMBER] for row in table(body(school.download(order.pk)))}


def test_the_death_of_a_person_not_on_the_list_changes_nothing(school: Caseworker, register: Register) -> None:
    order = ready(school)
    register.change(register.named("4640", CHILDREN)[0], **CHANGES["died"])
    assert school.download(order.pk).status_code == 200


@pytest.mark.parametrize("elements", [{"navn"}, {"kjoenn", "sivilstand"}, {"navn", "bostedsadresse"}])
def test_a_role_without_the_number_downloads_its_list(
    havbris: Organisation, register: Register, elements: set[str]
) -> None:
    clerk = caseworker("Saksbehandler uten nummer", organisation=havbris, elements=frozenset(elements))
    order = ready(clerk, elements=sorted(elements))
    assert isinstance(clerk.download(order.pk), StreamingHttpResponse)


def test_a_list_is_downloaded_a_limited_number_of_times_by_everybody_together(
    school: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifecycle, "MOST_DOWNLOADS", 2)
    order = ready(school)
    assert [school.download(order.pk).status_code for _ in range(2)] == [200, 200]
    asked = len(register.asked())
    refused = school.download(order.pk)
    assert refused.status_code == 409
    assert "lastet ned så mange ganger som den kan" in body(refused).decode()
    assert f"/innbyggerlister/{order.pk}/gjenta/" in body(refused).decode()
    assert len(register.asked()) == asked
    assert outcomes(order, "list:file:downloaded") == ["delivered", "delivered"]


def test_of_two_last_downloads_at_once_one_is_given(
    school: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifecycle, "MOST_DOWNLOADS", 1)
    order = ready(school)
    answers = all_at_once([lambda: school.download(order.pk).status_code] * 2)
    assert sorted(answers) == [200, 409]


@pytest.mark.parametrize("days", [1, 7, 30])
def test_a_finished_list_exists_for_the_days_that_the_organisation_has_chosen(
    school: Caseworker, register: Register, days: int
) -> None:
    Organisation.objects.filter(pk=school.role.organisation_id).update(lists_kept_days=days)
    order = ready(school)
    assert order.expires_at
    assert order.ended_at
    assert order.expires_at - order.ended_at == timedelta(days=days)
