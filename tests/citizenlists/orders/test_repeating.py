"""Gjenta: the same order once more by one press, in its template's years today, once for each form."""

from dataclasses import fields
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs

from citizenlists.content.criteria import ListCriteria, Narrowing
from citizenlists.content.listtemplates import TEMPLATES
from citizenlists.models import CitizenList
from citizenlists.orders import lifecycle, placing, repeating
from roles.audit.models import AuditEntry
from tests.citizenlists.caseworkers import Caseworker, body

pytestmark = pytest.mark.django_db

OSLO = ZoneInfo("Europe/Oslo")


def press(caseworker: Caseworker, order: CitizenList, form_id: str = "") -> int:
    sent = caseworker.client.post(f"/innbyggerlister/{order.pk}/gjenta/", {"form_id": form_id or str(uuid4())})
    return int(sent.status_code)


def others(order: CitizenList) -> list[CitizenList]:
    return list(CitizenList.objects.exclude(pk=order.pk))


def test_one_press_places_the_same_order_with_an_intent_of_its_own(school: Caseworker) -> None:
    order = school.order(born=(2015, 2016), purpose="Sak 26/17")
    assert press(school, order) == 302
    (again,) = others(order)
    same = (
        "role",
        "template",
        "kommune",
        "born_from",
        "born_to",
        "narrowing",
        "elements",
        "layout",
        "sorting",
        "file_format",
    )
    assert [getattr(again, name) for name in same] == [getattr(order, name) for name in same]
    assert again.purpose == "Sak 26/17"
    assert AuditEntry.objects.filter(event="list:order:placed").count() == 2


def test_everything_that_was_ordered_is_ordered_again(school: Caseworker) -> None:
    order = school.order(elements=("identifikasjonsnummer", "navn", "bostedsadresse"), purpose="Sak 26/17")
    other: dict[str, object] = {
        "layout": "letter",
        "sorting": "name",
        "file_format": "csv",
        "rows_per": "household",
        "template_name": "Vår egen",
    }
    CitizenList.objects.filter(pk=order.pk).update(**other)
    order.refresh_from_db()
    again = repeating.again(order, school.access())
    assert {name: getattr(again, name) for name in other} == other
    named = {field.name for field in fields(placing.Request)}
    assert named == {*other, "own_workbook", "template", "criteria", "elements", "purpose", "form_id", "search"}


def test_a_list_from_a_search_is_neither_repeated_nor_scheduled(school: Caseworker) -> None:
    order = school.order()
    CitizenList.objects.filter(pk=order.pk).update(searched_by=["name"])
    assert press(school, order) == 404
    sent = school.client.post(f"/innbyggerlister/{order.pk}/tidsplan/", {"every": "month"})
    assert sent.status_code == 404
    assert "/tidsplan/" not in body(school.status(order.pk)).decode()


def test_a_double_press_gives_one_order_and_another_press_another(school: Caseworker) -> None:
    order, form_id = school.order(), str(uuid4())
    assert [press(school, order, form_id) for _ in range(2)] == [302, 302]
    assert len(others(order)) == 1
    press(school, order)
    assert len(others(order)) == 2


def test_a_role_that_gives_less_now_repeats_nothing(school: Caseworker) -> None:
    order = school.order()
    school.role.elements = ["navn"]
    school.role.save()
    assert press(school, order) == 409
    assert others(order) == []


def test_nobody_repeats_an_order_that_they_may_not_see(school: Caseworker, neighbour: Caseworker) -> None:
    order = school.order()
    assert press(neighbour, order) == 404
    assert others(order) == []


def ordered(template: str, criteria: ListCriteria, at: date) -> CitizenList:
    return CitizenList(
        template=template,
        kommune=criteria.kommune,
        born_from=criteria.born_from,
        born_to=criteria.born_to,
        narrowing=criteria.narrowing.given(),
        ordered_at=datetime.combine(at, datetime.min.time(), OSLO) + timedelta(hours=12),
    )


def test_the_years_of_a_template_follow_the_year_and_those_that_were_written_do_not() -> None:
    then, today = date(2026, 3, 1), date(2027, 3, 1)
    template = TEMPLATES["skolestartere"]
    years = template.birth_years(then)
    assert years
    as_the_template = ordered("skolestartere", ListCriteria("1870", *years, template.narrowed(then)), then)
    assert repeating.criteria_again(as_the_template, template, today) == ListCriteria(
        "1870", years[0] + 1, years[1] + 1, template.narrowed(today)
    )
    written = ordered("skolestartere", ListCriteria("1870", 2001, 2002, Narrowing(sex="kvinne")), then)
    assert repeating.criteria_again(written, template, today) == ListCriteria(
        "1870", 2001, 2002, Narrowing(sex="kvinne")
    )


def test_the_days_of_a_template_follow_the_year_also_where_something_else_was_added() -> None:
    then, today = date(2026, 3, 1), date(2027, 3, 1)
    template = TEMPLATES["ett-aaringer"]
    years = template.birth_years(then)
    assert years
    narrowed = structs.replace(template.narrowed(then), sex="kvinne")
    again = repeating.criteria_again(
        ordered("ett-aaringer", ListCriteria("1870", *years, narrowed), then), template, today
    )
    assert again.narrowing == structs.replace(template.narrowed(today), sex="kvinne")
    assert again.narrowing.born_last == date(again.born_to, 11, 30)


def test_an_order_whose_template_is_gone_is_repeated_as_it_was() -> None:
    order = ordered("finnes-ikke", ListCriteria("1870", 2001, 2002), date(2026, 3, 1))
    assert repeating.criteria_again(order, None, date(2027, 3, 1)) == ListCriteria("1870", 2001, 2002)


def test_a_limit_reached_is_said(school: Caseworker) -> None:
    order = school.order()
    school.role.organisation.open_orders = 1
    school.role.organisation.save()
    assert press(school, order) == 429
    assert others(order) == []
    assert lifecycle.cancel_if_unfinished(access=school.access(), order=order)
