"""The operator's messages: who puts them up, who sees them and when, and what the log tells."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from roles.audit.models import AuditEntry
from roles.models import Employee, Notice
from roles.notices import change_notice, put_up_notice
from roles.violations import PolicyViolation
from tests.roles.tenants import central_administrator, tenant

pytestmark = pytest.mark.django_db
TEXTS = {"text_nb": "Vi stenger klokka ni", "text_nn": "Vi stengjer klokka ni", "text_en": "We close at nine"}


def put_up(by: Employee, *, begins: int = -1, ends: int = 1) -> Notice:
    now = timezone.now()
    period = {"valid_from": now + timedelta(hours=begins), "valid_to": now + timedelta(hours=ends)}
    return put_up_notice(by=by, **TEXTS, **period)


def home_of(employee: Employee, language: str = "nb") -> str:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(employee)
    return client.get("/", follow=True).content.decode()


@pytest.mark.parametrize(("language", "text"), [("nb", "text_nb"), ("nn", "text_nn"), ("en", "text_en")])
def test_it_is_shown_to_everybody_in_the_language_of_their_page(language: str, text: str) -> None:
    put_up(central_administrator())
    for house in (tenant("Nord"), tenant("Sør")):
        assert TEXTS[text] in home_of(house.caseworker, language)


@pytest.mark.parametrize(("begins", "ends"), [(1, 2), (-2, -1)])
def test_it_is_not_shown_before_or_after(begins: int, ends: int) -> None:
    put_up(central_administrator(), begins=begins, ends=ends)
    assert TEXTS["text_nb"] not in home_of(tenant("Nord").caseworker)


def test_it_is_not_shown_to_who_is_not_logged_in() -> None:
    put_up(central_administrator())
    assert TEXTS["text_nb"] not in Client().get("/", follow=True).content.decode()


def test_only_a_central_administrator_puts_one_up_or_changes_it() -> None:
    notice, house = put_up(central_administrator()), tenant("Nord")
    period = {"valid_from": notice.valid_from, "valid_to": notice.valid_to}
    with pytest.raises(PolicyViolation):
        put_up(house.administrator)
    with pytest.raises(PolicyViolation):
        change_notice(notice=notice, by=house.administrator, **TEXTS, **period)
    assert Notice.objects.count() == 1


def test_it_ends_after_it_begins() -> None:
    with pytest.raises(PolicyViolation):
        put_up(central_administrator(), begins=2, ends=1)


def test_what_is_put_up_and_changed_stands_in_the_log_before_and_after() -> None:
    central = central_administrator()
    notice = put_up(central)
    period = {"valid_from": notice.valid_from, "valid_to": timezone.now()}
    change_notice(notice=notice, by=central, **(TEXTS | {"text_en": "Closed"}), **period)
    put, changed = AuditEntry.objects.of_organisation(None).filter(event__startswith="role:notice:").order_by("seq")
    assert (put.event, changed.event) == ("role:notice:put-up", "role:notice:changed")
    assert changed.fields["details"]["before"]["text_en"] == "We close at nine"
    assert changed.fields["details"]["after"]["text_en"] == "Closed"


def test_a_central_administrator_puts_one_up_in_the_administration() -> None:
    client = Client()
    client.force_login(central_administrator())
    form = TEXTS | {"valid_from": "2026-01-01T08:00", "valid_to": "2027-01-01T08:00"}
    assert client.post("/admin/roles/notice/add/", form).status_code == 302
    notice = Notice.objects.get()
    wrong = client.post(f"/admin/roles/notice/{notice.pk}/change/", form | {"valid_to": "2025-01-01T08:00"})
    assert "Sluttidspunktet må være etter starttidspunktet." in wrong.content.decode()
    assert client.post(f"/admin/roles/notice/{notice.pk}/change/", form | {"text_en": "Other"}).status_code == 302
    assert Notice.objects.get().text_en == "Other"
