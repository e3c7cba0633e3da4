"""E-mails about lists, over a real mail server: one for each list, in words that tell nothing of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.utils import translation
from pytest_django import Settings

from citizenlists import sweeper, tasks
from citizenlists.models import CitizenList, Failure, Notice
from citizenlists.orders import lifecycle, notices
from roles.audit.models import AuditEntry
from tests.citizenlists.caseworkers import Caseworker, body
from tests.citizenlists.register import Register
from tests.mailserver import MailServer, mail_server

pytestmark = pytest.mark.django_db
ADDRESS = "saksbehandler@havbris.example"


@pytest.fixture(autouse=True)
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.FIKSREG_EMAIL_FROM = "fiksreg@havbris.example"
        yield server


def ask(caseworker: Caseworker, order: CitizenList, address: str = ADDRESS, **how: Any) -> Any:
    return caseworker.client.post(f"/innbyggerlister/{order.pk}/varsle/", {"address": address}, **how)


def send_all() -> None:
    for order_id in notices.due():
        tasks.send_notice(str(order_id))


def asked(caseworker: Caseworker, **how: Any) -> CitizenList:
    order = caseworker.order(**({"born": (2015, 2016), "purpose": "Sak 26/17"} | how))
    assert ask(caseworker, order).status_code == 302
    return order


def test_an_e_mail_comes_when_the_list_is_ready_and_its_address_is_gone(
    school: Caseworker, register: Register, server: MailServer
) -> None:
    order = asked(school)
    send_all()
    assert server.received == []
    tasks.build(str(order.pk))
    send_all()
    (mail,) = server.received
    assert mail["To"] == ADDRESS
    assert mail["Subject"] == "En liste er ferdig"
    assert f"/innbyggerlister/{order.pk}/" in mail.get_content()
    assert not Notice.objects.exists()


def test_it_tells_nothing_of_the_list(school: Caseworker, register: Register, server: MailServer) -> None:
    order = asked(school)
    tasks.build(str(order.pk))
    send_all()
    written = server.received[0].as_string()
    for word in ("Sak 26/17", "Fritt utvalg", "Sortland", "1870", "Havbris kommune", "2015", school.role.name):
        assert word not in written


@pytest.mark.parametrize(("language", "subject"), [("nn", "Ei liste er ferdig"), ("en", "A list is ready")])
def test_it_is_in_the_language_of_who_asked(
    school: Caseworker, register: Register, server: MailServer, language: str, subject: str
) -> None:
    order = school.order(born=(2015, 2016))
    with translation.override(language):
        notices.ask_for_notice(order=order, access=school.access(), address=ADDRESS)
    tasks.build(str(order.pk))
    send_all()
    assert server.received[0]["Subject"] == subject


def test_it_is_sent_once_however_often_the_message_comes(
    school: Caseworker, register: Register, server: MailServer
) -> None:
    order = asked(school)
    tasks.build(str(order.pk))
    for _ in range(3):
        tasks.send_notice(str(order.pk))
    assert len(server.received) == 1


def test_a_server_that_is_busy_is_asked_again_later_and_after_some_tries_no_more(
    school: Caseworker, register: Register, server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    order = asked(school)
    tasks.build(str(order.pk))
    server.refuses = True
    send_all()
    assert notices.due() == []
    Notice.objects.update(try_at=Now() - timedelta(seconds=1))
    server.refuses = False
    send_all()
    assert len(server.received) == 1
    assert [record.getMessage() for record in caplog.records if record.name.startswith("citizenlists.orders")] == [
        "an e-mail about a citizen list was not sent: SMTPDataError"
    ]
    ask(school, other := school.order())
    Notice.objects.update(tries=notices.MOST_TRIES, try_at=Now() - timedelta(seconds=1))
    assert notices.forget() == 1
    assert not Notice.objects.filter(order=other).exists()


def test_a_list_that_failed_is_told_of_and_one_that_was_cancelled_is_not(
    school: Caseworker, server: MailServer
) -> None:
    failed, cancelled = asked(school), asked(school)
    lifecycle.fail_order(order=CitizenList.objects.get(pk=failed.pk), failure=Failure.FAULT)
    lifecycle.cancel_order(access=school.access(), order=cancelled)
    assert sweeper.notices.forget() == 1
    send_all()
    assert [mail["Subject"] for mail in server.received] == ["En liste ble ikke laget"]


def test_a_wrong_address_is_said_at_the_field(school: Caseworker) -> None:
    order = school.order()
    answer = ask(school, order, address="ikke en adresse")
    assert answer.status_code == 422
    assert 'value="ikke en adresse"' in body(answer).decode()
    assert not Notice.objects.exists()


def test_nobody_asks_for_an_order_they_may_not_see(school: Caseworker, neighbour: Caseworker) -> None:
    assert ask(neighbour, school.order()).status_code == 404
    assert not Notice.objects.exists()


def test_asking_is_logged_without_the_address(school: Caseworker) -> None:
    order = asked(school)
    entry = AuditEntry.objects.of_intent(order.intent_id).get(event="list:notice:asked")
    assert ADDRESS not in entry.body


def test_an_installation_without_a_sender_offers_none(school: Caseworker, settings: Settings) -> None:
    settings.FIKSREG_EMAIL_FROM = ""
    order = school.order()
    assert ask(school, order).status_code == 404
    assert "Varsel på e-post" not in body(school.status(order.pk)).decode()
