"""One of everything in the demo's first organisation, and the address of every page about it."""

import re
from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page

from fiksreg.demo.data import ADMINISTRATOR, CENTRAL_ADMINISTRATOR, ORGANISATION_ADMINISTRATOR, PRIVACY_OFFICER
from roles.casesystems.integrations import create_integration
from roles.catalogue.importing import read_upload, store_upload
from roles.catalogue.requests import ask_for_area
from roles.granting.assignments import give_role
from roles.granting.roles import create_role
from roles.models import AccessReview, Employee, LegalBasis, Notice, Role, RoleAssignment, RoleLoss
from roles.people.groups import create_group
from roles.reviews.reviews import open_review
from tests.browser.conftest import Site
from tests.browser.steps import log_in, look_up, number_of
from tests.browser.test_lists import fill_in
from tests.citizenlists.owntemplates.made import own_template
from tests.citizenlists.ownworkbooks.made import own_workbook
from tests.roles.catalogue.books import OPEN_ROW, book

CASEWORKER = "Saksbehandler barnehage"
#: Of each room of the administration, what stands in an address for the one it is about.
Objects = Mapping[str, str]

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_ADMINISTRATION = re.compile(r"admin/(?:roles|citizenlists)/(\w+)/")
_LONGEST_CHAPTER = "roller"


def account(label: str) -> Employee:
    return Employee.objects.get(display_name=label)


def one_of_everything() -> Objects:
    """By the name of the model, and by the parameters of the pages outside the administration."""
    by = account(ADMINISTRATOR)
    organisation = by.organisation
    assert organisation is not None
    role = Role.objects.get(name="Barnehageopptak", organisation=organisation)
    off = create_role(
        organisation=organisation, service_area=role.service_area, name="Barnehagetilsyn", is_active=False, by=by
    )
    system, _password = create_integration(
        organisation=organisation, name="Fagsystem", maskinporten_organisation="310000019", by=by
    )
    give_role(role=role, integration=system, by=by)
    asked = ask_for_area(organisation=organisation, name="Havn", statute="Havneloven § 5", reason="Gebyr", by=by)
    upload = store_upload(
        contents=read_upload(book(OPEN_ROW)), file_name="katalog.xlsx", by=account(CENTRAL_ADMINISTRATOR)
    )
    employee = account(CASEWORKER)
    assignment = RoleAssignment.objects.get(role=role, employee=employee)
    right = account(ORGANISATION_ADMINISTRATOR).administratorships.get()
    review = _review(by)
    return {
        "role": str(role.pk),
        "role that is off": str(off.pk),
        "roleassignment": str(assignment.pk),
        "roleloss": str(_loss(role).pk),
        "notice": str(Notice.objects.create(text_nb="Melding", text_nn="Melding", text_en="Notice").pk),
        "employee": str(employee.pk),
        "group": str(create_group(organisation=organisation, name="Vikarer", members=[employee], by=by).pk),
        "integration": str(system.pk),
        "administratorship": str(right.pk),
        "legalbasis": LegalBasis.objects.earliest("key").pk,
        "upload": str(upload.pk),
        "servicearea": role.service_area_id,
        "servicearearequest": str(asked.pk),
        "organisation": str(organisation.pk),
        "accessreview": str(review.pk),
        "ownworkbook": str(own_workbook(organisation, by=by).pk),
        "owntemplate": str(own_template(organisation, by=by).pk),
        "role_id": str(role.pk),
        "employee_id": str(employee.pk),
        "review_id": str(review.pk),
        "slug": _LONGEST_CHAPTER,
    }


def _loss(role: Role) -> RoleLoss:
    return RoleLoss.objects.create(
        organisation=role.organisation, role=role, elements=["opphold"], bases=["Barnehageloven § 47"]
    )


def _review(by: Employee) -> AccessReview:
    """For the organisation's administrator to answer."""
    assert by.organisation is not None
    now = timezone.now()
    return open_review(
        organisation=by.organisation,
        name="Høsten 2026",
        remind_at=now + timedelta(days=7),
        deadline=now + timedelta(days=14),
        reviewer=account(ORGANISATION_ADMINISTRATOR),
        deputy=account(PRIVACY_OFFICER),
        by=by,
    )


def in_the_middle_of_it(page: Page, site: Site) -> Objects:
    """What a caseworker has just opened: a person, the hits of a search, a list. By the route of its page."""
    log_in(page, CASEWORKER)
    look_up(page, number_of(site.simulator, "vanlig-familie"))
    person = page.url.removeprefix(site.address)
    page.goto("/oppslag/")
    page.get_by_role("textbox", name="Søk", exact=True).fill("Engsyre 2015-01-01")
    page.get_by_label("Formål eller saksnummer").fill("2026/1234")
    page.get_by_role("button", name="Søk", exact=True).click()
    page.wait_for_url("**/oppslag/treff/**")
    hits = page.url.removeprefix(site.address)
    template = _first_template(page, site)
    fill_in(page)
    page.get_by_role("button", name="Bestill", exact=True).click()
    page.locator("#progress").wait_for()
    ordered = page.url.removeprefix(site.address)
    return {
        "oppslag/person/<str:token>/": person,
        "oppslag/treff/<str:token>/": hits,
        "innbyggerlister/bestill/<slug:template>/": template,
        "innbyggerlister/<uuid:order_id>/": ordered,
        "innbyggerlister/<uuid:order_id>/bestill-paa-nytt/": f"{ordered}bestill-paa-nytt/",
    }


def _first_template(page: Page, site: Site) -> str:
    """The address of the page of a central template."""
    page.goto(f"{site.address}/innbyggerlister/bestill/")
    ways = page.locator("a[href*='/innbyggerlister/bestill/']").all()
    return next(way for one in ways if (way := one.get_attribute("href") or "").count("/") > 3)


def address(route: str, objects: Objects) -> str:
    """Of the page of this route, about the one there is."""
    if room := _ADMINISTRATION.match(route):
        about = room[1]
        if route.endswith("/sla-pa/"):
            about = "role that is off"
        elif "/import/" in route:
            about = "upload"
        objects = {**objects, "object_id": objects[about], "key": objects[about]}
    route = route.replace("^(?P<app_label>roles|citizenlists)/$", "roles/").replace("(?P<url>.*)$", "finnes-ikke")
    return "/" + _PARAMETER.sub(lambda match: objects.get(match[1], "finnes-ikke"), route)
