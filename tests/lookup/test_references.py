"""References: they stand in a URL instead of a person."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from integrations.folkeregisteret.criteria import SearchCriteria
from lookup import references
from lookup.models import LIFETIME, RENEWABLE, PersonReference, SearchReference
from lookup.sealedreferences import ReferenceExpired, ReferenceUnknown, digest_of, forget_expired
from roles.keyring import Unsealable
from roles.models import Role, RoleAssignment, Use
from tests.lookup.people import NOBODY, Caseworker


@pytest.fixture
def token(narrow: Caseworker) -> str:
    return references.open_person(access=narrow.access().for_purpose("2026/1234"), number=NOBODY)


def kept(token: str) -> PersonReference:
    return PersonReference.objects.get(digest=digest_of(token))


def test_a_reference_says_nothing_about_the_person(token: str) -> None:
    reference = kept(token)
    assert NOBODY not in token
    assert NOBODY.encode() not in bytes(reference.sealed)
    assert NOBODY not in repr(reference)
    assert len(token) >= 22


def test_two_references_to_one_person_have_nothing_in_common(narrow: Caseworker, token: str) -> None:
    other = references.open_person(access=narrow.access(), number=NOBODY)
    boxes = [bytes(reference.sealed) for reference in [kept(token), kept(other)]]
    assert token != other
    assert boxes[0] != boxes[1]


def test_a_reference_moved_to_another_row_does_not_open(narrow: Caseworker, token: str) -> None:
    stolen = kept(token)
    target = references.open_person(access=narrow.access(), number="16863448801")
    PersonReference.objects.filter(digest=digest_of(target)).update(sealed=stolen.sealed)
    with pytest.raises(Unsealable):
        references.look_up(access=narrow.access(), token=target)


def test_a_colleagues_reference_does_not_exist(wide: Caseworker, token: str) -> None:
    with pytest.raises(ReferenceUnknown):
        references.look_up(access=wide.access(), token=token)


def test_a_reference_of_the_other_organisation_does_not_exist(neighbour: Caseworker, token: str) -> None:
    with pytest.raises(ReferenceUnknown):
        references.look_up(access=neighbour.access(), token=token)


def test_a_reference_is_worth_nothing_after_its_time(narrow: Caseworker, token: str) -> None:
    PersonReference.objects.filter(digest=digest_of(token)).update(expires_at=timezone.now())
    with pytest.raises(ReferenceExpired):
        references.look_up(access=narrow.access(), token=token)


@pytest.mark.parametrize("minutes", [-20, 20])
def test_a_reference_lives_as_long_on_a_host_whose_clock_is_wrong(
    narrow: Caseworker, token: str, minutes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, access = timezone.now() + timedelta(minutes=minutes), narrow.access()
    with monkeypatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: wrong)
        there = references.open_person(access=access, number=NOBODY)
        assert references.open_related(access=access, token=token, number=NOBODY)
    assert references.open_related(access=access, token=there, number=NOBODY)


def test_a_reference_is_worth_nothing_in_another_role(narrow: Caseworker, token: str) -> None:
    other = Role.objects.create(
        organisation=narrow.role.organisation, name="En annen", service_area=narrow.role.service_area, uses=[Use.SEARCH]
    )
    RoleAssignment.objects.create(role=other, employee=narrow.employee)
    in_other = Caseworker(narrow.employee, other, narrow.client).access()
    with pytest.raises(ReferenceExpired):
        references.look_up(access=in_other, token=token)


def test_references_are_forgotten_when_nobody_can_use_or_renew_them(narrow: Caseworker, token: str) -> None:
    references.open_search(access=narrow.access(), criteria=SearchCriteria(navn="Glad Fisk"))
    forget_expired()
    assert (PersonReference.objects.count(), SearchReference.objects.count()) == (1, 1)
    for model in (PersonReference, SearchReference):
        model.objects.update(expires_at=F("expires_at") - LIFETIME)
    forget_expired()
    assert (PersonReference.objects.count(), SearchReference.objects.count()) == (1, 0)
    PersonReference.objects.update(expires_at=F("expires_at") - RENEWABLE)
    forget_expired()
    assert PersonReference.objects.count() == 0


def test_a_reference_can_be_renewed_for_a_while_after_its_time(narrow: Caseworker, token: str) -> None:
    PersonReference.objects.update(expires_at=F("expires_at") - LIFETIME)
    renewed = references.open_again(access=narrow.access(), token=token)
    assert kept(renewed).purpose == "2026/1234"
    PersonReference.objects.update(expires_at=F("expires_at") - RENEWABLE)
    with pytest.raises(ReferenceExpired):
        references.open_again(access=narrow.access(), token=token)


def test_a_related_person_is_opened_for_the_same_purpose_but_not_for_the_same_reason(trusted: Caseworker) -> None:
    asked = trusted.access().for_purpose("2026/1234").opening_confidential_address("Varsling etter loven")
    first = references.open_person(access=asked, number=NOBODY)
    second = references.open_related(access=trusted.access(), token=first, number="16863448801")
    opened = kept(second)
    assert (opened.purpose, opened.reason) == ("2026/1234", "")
    assert opened.intent_id != kept(first).intent_id


def test_a_reason_opens_the_same_person_anew(trusted: Caseworker) -> None:
    first = references.open_person(access=trusted.access().for_purpose("2026/1234"), number=NOBODY)
    again = references.open_address(access=trusted.access(), token=first, reason="Varsling etter loven")
    opened = kept(again)
    assert (opened.purpose, opened.reason) == ("2026/1234", "Varsling etter loven")
