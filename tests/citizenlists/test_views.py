"""The pages: ordering, following, cancelling and downloading, and who gets to see what."""

import re
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from citizenlists import tasks
from citizenlists.models import CitizenList, Failure, State
from citizenlists.presenters import present
from citizenlists.progress import percent
from roles.audit.models import AuditEntry
from tests.citizenlists.caseworkers import Caseworker, body
from tests.citizenlists.register import Register
from tests.theme import COLOURS

pytestmark = pytest.mark.django_db

FORM = {
    "template": "fritt-utvalg",
    "kommune": "1870",
    "born_from": "2015",
    "born_to": "2016",
    "elements": ["navn", "foedsel"],
    "purpose": "Sak 2026/17",
}
ADDRESS = "/innbyggerlister/bestill/"


def ready(caseworker: Caseworker, born: tuple[int, int] = (2015, 2016)) -> CitizenList:
    order = caseworker.order(born=born)
    tasks.build(str(order.pk))
    order.refresh_from_db()
    assert order.state == State.READY
    return order


def page(caseworker: Caseworker, address: str) -> str:
    return body(caseworker.client.get(address)).decode()


def test_the_form_asks_for_all_it_takes_to_order(school: Caseworker) -> None:
    shown = page(school, ADDRESS)
    for label in ("Maler", "Kommune", "Født fra år", "Født til år", "Opplysninger", "Formål eller saksnummer"):
        assert label in shown
    assert "Bestill" in shown
    assert "Skolestartere" in shown
    assert "Sortland" in shown
    assert "Sogndal" not in shown


def test_the_form_offers_only_what_the_role_gives(office: Caseworker, school: Caseworker) -> None:
    assert 'value="foreldreansvar"' not in page(office, ADDRESS)
    assert 'value="foreldreansvar"' in page(school, ADDRESS)


def test_an_order_leads_to_its_own_page(school: Caseworker) -> None:
    answer = school.client.post(ADDRESS, FORM)
    order = CitizenList.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/innbyggerlister/{order.pk}/")
    assert (order.kommune, order.born_from, order.born_to, order.elements, order.purpose) == (
        "1870",
        2015,
        2016,
        ["navn", "foedsel"],
        "Sak 2026/17",
    )
    assert order.ordered_by == school.employee


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("kommune", "4640", "Velg en av mulighetene"),
        ("elements", ["adressebeskyttelse"], "Velg en av mulighetene"),
        ("elements", [], "Velg minst én opplysning"),
        ("born_from", "tolv", "Skriv et årstall med fire siffer"),
        ("born_from", "1700", "Skriv et årstall fra 1850"),
        ("born_from", "", "Skriv et årstall med fire siffer"),
        ("born_to", "2999", "Skriv et årstall fra 1850"),
        ("born_to", "2014", "senere enn"),
        ("purpose", "Gjelder 01812012345", "Skriv ikke fødselsnummer"),
        ("civil_status_year", "1700", "Skriv et årstall fra 1850"),
        ("born_first", "31.02.2015", "Skriv en dato"),
        ("born_last", "01.01.2014", "i fødselsårene over"),
    ],
)
def test_bad_input_is_said_at_the_field_and_nothing_is_ordered(
    school: Caseworker, field: str, typed: str | list[str], said: str
) -> None:
    answer = school.client.post(ADDRESS, {**FORM, field: typed})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert CitizenList.objects.count() == 0


def test_an_order_needs_a_purpose(office: Caseworker) -> None:
    refused = office.client.post(ADDRESS, {**FORM, "purpose": " "})
    assert refused.status_code == 422
    assert 'id="id_purpose_error"' in refused.content.decode()
    assert office.client.post(ADDRESS, FORM).status_code == 302


def test_the_page_of_an_order_moves_by_itself_until_the_order_has_ended(school: Caseworker, register: Register) -> None:
    order = school.order(born=(2015, 2016))
    waiting = page(school, f"/innbyggerlister/{order.pk}/")
    assert 'data-state="ordered"' in waiting
    assert "Bestilt" in waiting
    assert "<progress" in waiting
    assert "Avbryt" in waiting
    assert 'data-hx-trigger="every 1s"' in waiting
    assert re.search(r'<noscript>\s*<meta http-equiv="refresh"', waiting)
    tasks.build(str(order.pk))
    done = page(school, f"/innbyggerlister/{order.pk}/")
    assert 'data-state="ready"' in done
    assert "Ferdig" in done
    assert "Last ned" in done
    assert "data-hx-get" not in done
    assert "http-equiv" not in done


@pytest.mark.parametrize(("shown", "said"), [("ordered", False), ("building", True)])
def test_the_page_asks_for_the_progress_by_itself_and_announces_a_change(
    school: Caseworker, shown: str, said: bool
) -> None:
    order = school.order()
    address = f"/innbyggerlister/{order.pk}/?shown={shown}"
    part = school.client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert 'id="progress"' in part
    assert "<html" not in part
    assert ('role="status"' in part) is said
    assert ("Bestilt – Fiksreg</title>" in part) is said


@pytest.mark.parametrize("protected", [1, 6])
def test_a_finished_list_says_that_some_may_be_left_out_and_never_how_many(
    school: Caseworker, register: Register, protected: int
) -> None:
    for number in register.unprotected("1870", (2010, 2012))[:protected]:
        register.protect(number)
    order = ready(school, (2010, 2012))
    shown = page(school, f"/innbyggerlister/{order.pk}/")
    told = re.search(r"<p>(Listen har .*?)</p>", shown)
    assert told is not None
    assert re.fullmatch(rf"Listen har {order.rows} person(?:er)?\. Noen kan være utelatt\.", told[1])


def test_the_same_is_said_of_a_list_nobody_is_left_out_of(school: Caseworker, register: Register) -> None:
    order = ready(school, (1850, 1851))
    assert order.rows == 0
    assert "Listen har 0 personer. Noen kan være utelatt." in page(school, f"/innbyggerlister/{order.pk}/")


def test_an_empty_list_says_why_and_offers_no_download_also_when_everybody_is_left_out(
    school: Caseworker, register: Register
) -> None:
    number = register.number_of("skolestarter")
    register.protect(number)
    year = register.birth_year(number)
    register.change(number, foedsel=[{"erGjeldende": True, "foedselsaar": "1851"}])
    shown = []
    for born in ((1850, 1851), (1860, 1861)):
        order = ready(school, born)
        assert order.rows == 0
        state = page(school, f"/innbyggerlister/{order.pk}/").split('id="progress"')[1].split("</section>")[0]
        assert "Listen er tom" in state
        assert "Last ned" not in state
        shown.append(re.sub(r"\d\d[:.]\d\d|[0-9a-f-]{36}|value=\"\w{64}\"", "", state))
    assert shown[0] == shown[1]
    assert "Last ned" not in page(school, "/innbyggerlister/")
    assert ready(school, (year - 3, year + 3)).rows > 0
    assert "Last ned" in page(school, "/innbyggerlister/")


def test_a_cancelled_order_says_so_and_cannot_be_cancelled_twice(school: Caseworker) -> None:
    order = school.order()
    for _ in range(2):
        shown = body(school.client.post(f"/innbyggerlister/{order.pk}/avbryt/", follow=True)).decode()
        assert 'data-state="cancelled"' in shown
        assert "Avbrutt" in shown
    cancelled = AuditEntry.objects.of_intent(order.intent_id).filter(event="list:order:cancelled")
    assert cancelled.count() == 1


def test_a_download_is_a_workbook_that_no_cache_keeps_under_a_name_that_says_nothing(
    school: Caseworker, register: Register
) -> None:
    answer = school.download(ready(school).pk)
    assert answer.status_code == 200
    assert re.fullmatch(r'attachment; filename="innbyggerliste-[0-9a-f]{8}\.xlsx"', answer["Content-Disposition"])
    assert "no-store" in answer["Cache-Control"]
    content = body(answer)
    assert len(content) == int(answer["Content-Length"])
    assert load_workbook(BytesIO(content)).sheetnames == ["Innbyggerliste", "Om listen"]


def test_a_download_is_logged_before_the_first_byte(school: Caseworker, register: Register) -> None:
    order = ready(school)
    answer = school.download(order.pk)
    entries = AuditEntry.objects.of_intent(order.intent_id).filter(event="list:file:downloaded")
    assert [entry.fields["elements_delivered"] for entry in entries] == [sorted(order.elements)]
    assert body(answer)


def test_a_person_protected_after_the_list_was_made_is_never_handed_over(
    school: Caseworker, register: Register
) -> None:
    number = register.number_of("skolestarter")
    year = register.birth_year(number)
    order = ready(school, (year, year))
    register.protect(number)
    refused = school.download(order.pk)
    assert refused.status_code == 409
    assert "har endret seg" in body(refused).decode()
    assert CitizenList.objects.get(pk=order.pk).state == State.ORDERED
    tasks.build(str(order.pk))
    handed_over = body(school.download(order.pk))
    assert number not in str(list(load_workbook(BytesIO(handed_over)).worksheets[0].values))


def test_an_address_protected_after_the_list_was_made_is_never_handed_over(
    school: Caseworker, register: Register
) -> None:
    child, mother = register.number_of("skolestarter"), register.number_of("vanlig-familie")
    order = ready(school, (register.birth_year(mother), register.birth_year(child)))
    register.protect(mother)
    assert school.download(order.pk).status_code == 409


def test_a_list_is_not_handed_over_while_the_register_cannot_tell_who_is_protected(
    school: Caseworker, register: Register
) -> None:
    order = ready(school)
    with register.failing("503", operation="bulk"):
        refused = school.download(order.pk)
    assert refused.status_code == 503
    assert "Folkeregisteret svarer ikke" in body(refused).decode()
    assert school.download(order.pk).status_code == 200


def test_a_list_of_a_role_that_has_lost_an_element_is_not_handed_over(school: Caseworker, register: Register) -> None:
    order = ready(school)
    school.role.elements = ["navn"]
    school.role.save()
    refused = school.download(order.pk)
    assert refused.status_code == 409
    assert "Rollen er endret" in body(refused).decode()


@pytest.mark.parametrize("path", ["", "avbryt/", "last-ned/", "slett/"])
def test_an_order_does_not_exist_for_anybody_without_its_role(
    school: Caseworker, office: Caseworker, neighbour: Caseworker, path: str
) -> None:
    order = school.order()
    for other in (office, neighbour):
        for order_id in (order.pk, uuid4()):
            assert status_of(other, order_id, path) == 404
    assert status_of(school, order.pk, path) in (200, 302, 404)
    assert CitizenList.objects.get(pk=order.pk).state in (State.ORDERED, State.CANCELLED)


def test_a_list_is_gone_for_an_employee_whose_role_was_withdrawn(school: Caseworker, register: Register) -> None:
    order = ready(school)
    school.withdraw_role()
    assert status_of(school, order.pk, "last-ned/") in (403, 404)


def test_the_overview_has_the_orders_of_the_roles_one_holds(
    school: Caseworker, office: Caseworker, neighbour: Caseworker
) -> None:
    own, other = school.order(), office.order(elements=["navn"])
    neighbour.order()
    shown = page(school, "/innbyggerlister/")
    assert f'data-order="{own.pk}"' in shown
    assert shown.count("data-order=") == 1
    assert f'data-order="{other.pk}"' in page(office, "/innbyggerlister/")


def test_the_overview_names_each_list_and_says_what_it_is_for(school: Caseworker, register: Register) -> None:
    order = ready(school)
    CitizenList.objects.filter(pk=order.pk).update(purpose="Sak 2026/99")
    shown = " ".join(page(school, "/innbyggerlister/").split())
    for said in (f"Fritt utvalg, Sortland, {order.ordered_at.year}", "Sak 2026/99", f">{order.rows}</td>", "Slettes"):
        assert said in shown
    for path in ("last-ned", "bestill-paa-nytt", "slett"):
        assert f"/innbyggerlister/{order.pk}/{path}/" in shown


def test_a_list_is_ordered_again_from_a_form_filled_in_as_it_was(school: Caseworker) -> None:
    typed = {**FORM, "sex": "kvinne", "born_last": "01.02.2016", "layout": "all", "sorting": "name"}
    school.client.post(ADDRESS, typed)
    order = CitizenList.objects.get()
    shown = page(school, f"/innbyggerlister/{order.pk}/bestill-paa-nytt/")
    for name in ("born_from", "born_to", "born_last", "purpose"):
        assert re.search(rf'name="{name}" value="{typed[name]}"', shown)
    for name in ("sex", "sorting"):
        assert re.search(rf'<option value="{typed[name]}" selected>', shown)
    assert set(re.findall(r'name="elements" value="(\w+)"[^>]* checked', shown)) == {"navn", "foedsel"}
    assert CitizenList.objects.count() == 1


def test_a_list_is_ordered_again_in_its_own_role_alone(
    school: Caseworker, office: Caseworker, neighbour: Caseworker
) -> None:
    order = school.order()
    for other in (office, neighbour):
        assert other.client.get(f"/innbyggerlister/{order.pk}/bestill-paa-nytt/").status_code == 404
    assert school.client.get(f"/innbyggerlister/{uuid4()}/bestill-paa-nytt/").status_code == 404


def test_a_list_is_deleted_once_and_its_file_is_gone(school: Caseworker, register: Register, files: Path) -> None:
    order = ready(school)
    assert list(files.glob(f"{order.pk}/*"))
    for _ in range(2):
        shown = body(school.client.post(f"/innbyggerlister/{order.pk}/slett/", follow=True)).decode()
        assert f'data-order="{order.pk}" data-state="deleted"' in shown
    order.refresh_from_db()
    assert (order.state, bytes(order.sealed_key)) == (State.DELETED, b"")
    assert not list(files.glob(f"{order.pk}/*"))
    assert school.download(order.pk).status_code == 404
    assert AuditEntry.objects.of_intent(order.intent_id).filter(event="list:file:deleted").count() == 1
    assert "Listen er slettet" in page(school, f"/innbyggerlister/{order.pk}/")


def test_an_order_that_is_not_finished_is_not_deleted(school: Caseworker) -> None:
    order = school.order()
    school.client.post(f"/innbyggerlister/{order.pk}/slett/")
    assert CitizenList.objects.get(pk=order.pk).state == State.ORDERED


def status_of(caseworker: Caseworker, order_id: UUID, path: str) -> int:
    address = f"/innbyggerlister/{order_id}/{path}"
    method = caseworker.client.post if path in ("avbryt/", "slett/") else caseworker.client.get
    return int(method(address).status_code)


def test_progress_does_not_tell_a_list_of_nobody_from_one_that_somebody_is_left_out_of(school: Caseworker) -> None:
    order = school.order()
    order.state, order.extract_job, order.extract_complete = State.BUILDING, "job", True
    shown = set()
    for found, done in ((0, 0), (1, 0), (1, 1), (1000, 0), (1000, 1000)):
        order.persons_found, order.persons_done = found, done
        shown.add(percent(order))
    assert shown == {5}
    order.persons_found, order.persons_done = 4000, 2000
    assert percent(order) == 50


def test_this_years_children_can_be_ordered_and_next_years_not(school: Caseworker) -> None:
    this_year = timezone.localdate().year
    typed = {**FORM, "born_from": str(this_year)}
    assert school.client.post(ADDRESS, {**typed, "born_to": str(this_year + 1)}).status_code == 422
    assert school.client.post(ADDRESS, {**typed, "born_to": str(this_year)}).status_code == 302


def test_the_purpose_of_an_order_stands_in_the_log(school: Caseworker) -> None:
    school.client.post(ADDRESS, FORM)
    entry = AuditEntry.objects.of_intent(CitizenList.objects.get().intent_id).get()
    assert (entry.event, entry.fields["purpose"]) == ("list:order:placed", "Sak 2026/17")


def test_an_order_is_shown_with_who_it_is_about_and_who_placed_it(school: Caseworker) -> None:
    order = school.order(born=(2015, 2016), purpose="Sak 7")
    shown = present(order)
    assert (shown.born, shown.kommune, shown.purpose) == ("2015–2016", "Sortland (1870)", "Sak 7")
    assert (shown.ordered_by, shown.note, shown.progress.percent) == (school.employee.display_name, "", 0)
    assert present(school.order(born=(2015, 2015))).born == "2015"


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_name_and_a_colour_of_the_theme(school: Caseworker, state: State) -> None:
    order = school.order()
    order.state = state
    shown = present(order)
    assert (shown.state, shown.state_name) == (state.value, state.label)
    assert shown.colour in COLOURS


@pytest.mark.parametrize("failure", Failure)
def test_only_a_failure_that_is_not_final_can_be_taken_up_again(school: Caseworker, failure: Failure) -> None:
    order = school.order()
    order.state, order.failure = State.FAILED, failure
    lost = failure in (
        Failure.RIGHT_WITHDRAWN,
        Failure.ROLE_CHANGED,
        Failure.TOO_MANY_LABELS,
        Failure.TOO_MANY_HITS,
        Failure.WORKBOOK_GONE,
    )
    assert present(order).can_be_taken_up_again is not lost
    order.state = State.CANCELLED
    assert not present(order).can_be_taken_up_again


@pytest.mark.parametrize(("done", "percent"), [(0, 5), (2000, 50), (3000, 72), (4000, 95)])
def test_lookups_are_nine_tenths_of_the_way(school: Caseworker, done: int, percent: int) -> None:
    order = school.order()
    order.extract_job, order.extract_complete, order.persons_found, order.persons_done = "job", True, 4000, done
    assert present(order).progress.percent == percent


@pytest.mark.parametrize("found", [3001, 3999])
def test_the_way_does_not_tell_how_many_more_were_found_than_stand_on_the_list(school: Caseworker, found: int) -> None:
    order = school.order()
    order.extract_job, order.extract_complete = "job", True
    ways = []
    for order.persons_found in (found, 4000):
        ways.append(
            [present(order).progress.percent for order.persons_done in (0, 1000, 2000, 3000, order.persons_found)]
        )
    assert ways[0] == ways[1]
