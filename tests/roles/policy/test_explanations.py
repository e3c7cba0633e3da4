"""Why a role shows an element or does not: each reason, and that the answer agrees with the policy."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from integrations.folkeregisteret.elements import ELEMENTS
from roles.access.standing import Holding, Standing, standing
from roles.policy.addressprotection import UNPROTECTED, verdict
from roles.policy.explanations import Draft, Reason, Rule, explain, explain_all, with_protection
from roles.policy.fieldpolicy import opened_elements, restrict
from tests.roles.records import born, graded, home, named, person

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
OPEN, CLOSED = "navn", "foreldreansvar"


@dataclass(frozen=True)
class Area:
    code: str = "BARNEHAGE"
    may_hold_confidential: bool = True


@dataclass(frozen=True)
class Basis:
    name: str
    elements: list[str]
    confidential: bool = False
    areas: frozenset[str] = frozenset({"BARNEHAGE"})
    until: date = field(default=date.max)
    section_opens_confidential: bool = True

    def is_in_force(self, day: date) -> bool:
        return day < self.until

    def covers(self, area_code: str) -> bool:
        return area_code in self.areas

    @property
    def cited(self) -> str:
        return self.name


LAW = Basis("Loven § 1", [OPEN, "sivilstand"])
OWN = Basis("Hjemmelen § 2", [CLOSED, "sivilstand.relatertVedSivilstand"], confidential=True)
ELSEWHERE = Basis("Annen lov § 3", [OPEN, CLOSED], confidential=True, areas=frozenset({"HELSE"}))
OVER = Basis("Gammel lov § 4", [OPEN, CLOSED], confidential=True, until=date(2026, 11, 24))
#: A mistake that a row of the catalogue may hold: a basis that is not confidential names a confidential element.
CARELESS = Basis("Åpen lov § 5", [CLOSED])
SPOUSE = "sivilstand.relatertVedSivilstand"


@pytest.mark.parametrize(
    ("key", "draft", "reason", "cited"),
    [
        (OPEN, Draft([LAW], {OPEN}, Area()), Reason.OPENED, ("Loven § 1",)),
        (CLOSED, Draft([LAW, OWN], {CLOSED}, Area()), Reason.OPENED, ("Hjemmelen § 2",)),
        (CLOSED, Draft([OVER, OWN], {CLOSED}, Area()), Reason.OPENED, ("Hjemmelen § 2",)),
        (OPEN, Draft([LAW], set(), Area()), Reason.NOT_CHOSEN, ("Loven § 1",)),
        (CLOSED, Draft([OWN], {CLOSED}, Area(may_hold_confidential=False)), Reason.AREA_HOLDS_NONE_SUCH, ()),
        (CLOSED, Draft([OWN], set(), Area(may_hold_confidential=False)), Reason.AREA_HOLDS_NONE_SUCH, ()),
        (OPEN, Draft([LAW], {OPEN}, Area(may_hold_confidential=False)), Reason.OPENED, ("Loven § 1",)),
        (CLOSED, Draft([LAW], {CLOSED}, Area()), Reason.OPEN_PACKAGE, ()),
        (CLOSED, Draft([CARELESS], {CLOSED}, Area()), Reason.OPEN_PACKAGE, ()),
        ("opphold", Draft([LAW, OWN], {"opphold"}, Area()), Reason.NO_BASIS, ()),
        ("kjoenn", Draft([LAW], {"kjoenn"}, Area()), Reason.NO_BASIS, ()),
        (CLOSED, Draft([ELSEWHERE], {CLOSED}, Area()), Reason.BASIS_OF_OTHER_AREAS, ("Annen lov § 3",)),
        (CLOSED, Draft([ELSEWHERE, OVER], {CLOSED}, Area()), Reason.BASIS_OF_OTHER_AREAS, ("Annen lov § 3",)),
        (CLOSED, Draft([OVER], {CLOSED}, Area()), Reason.BASIS_NOT_IN_FORCE, ("Gammel lov § 4",)),
        (SPOUSE, Draft([LAW, OWN], {SPOUSE, "sivilstand"}, Area()), Reason.OPENED, ("Hjemmelen § 2",)),
        (SPOUSE, Draft([LAW, OWN], {SPOUSE}, Area()), Reason.PROPERTY_CLOSED, ()),
        (SPOUSE, Draft([OWN], {SPOUSE, "sivilstand"}, Area()), Reason.PROPERTY_CLOSED, ()),
        (SPOUSE, Draft([LAW, OWN], {"sivilstand"}, Area()), Reason.NOT_CHOSEN, ("Hjemmelen § 2",)),
    ],
)
def test_each_reason_is_given_where_it_holds(key: str, draft: Draft, reason: Reason, cited: tuple[str, ...]) -> None:
    explained = explain(key, draft, NOW)
    assert (explained.key, explained.reason, explained.bases) == (key, reason, cited)


EVERYTHING = Basis("Alt", sorted(ELEMENTS), confidential=True)
SETS: list[list[Basis]] = [
    [],
    [LAW],
    [OWN],
    [LAW, OWN],
    [ELSEWHERE],
    [OVER],
    [CARELESS],
    [EVERYTHING],
    [LAW, EVERYTHING],
]
CHOICES = [set(), {OPEN}, {OPEN, CLOSED}, {SPOUSE}, {SPOUSE, "sivilstand"}, set(ELEMENTS)]
AREAS = [Area(), Area(may_hold_confidential=False), Area("HELSE"), Area("HELSE", may_hold_confidential=False)]


@pytest.mark.parametrize(("bases", "chosen", "area"), list(product(SETS, CHOICES, AREAS)))
def test_what_is_explained_as_opened_is_what_the_policy_opens(bases: list[Basis], chosen: set[str], area: Area) -> None:
    explained = explain_all(Draft(bases, chosen, area), NOW)
    opened = {key for key, explanation in explained.items() if explanation.reason is Reason.OPENED}
    assert opened == opened_elements(bases, chosen, area, NOW)


def test_every_reason_names_the_rule_it_belongs_to() -> None:
    assert {reason.rule for reason in Reason} == set(Rule)


def explained_for(key: str, elements: frozenset[str], **properties: object) -> Reason:
    record = person(**properties)
    shown = restrict(record, elements=elements, protection=verdict(record, may_open=False))
    unprotected = restrict(record, elements=elements, protection=UNPROTECTED)
    opened = explain(key, Draft([EVERYTHING], elements, Area()), NOW)
    return with_protection(opened, shown=shown, unprotected=unprotected).reason


@pytest.mark.parametrize("sees_grading", [True, False])
def test_protection_decides_whether_or_not_the_role_may_know_of_it(sees_grading: bool) -> None:
    elements = frozenset({"bostedsadresse", "foedsel", "navn"} | ({"adressebeskyttelse"} if sees_grading else set()))
    content = {
        "bostedsadresse": (home(grade="fortrolig"),),
        "foedsel": (born(),),
        "navn": (named("BERG"),),
        "adressebeskyttelse": graded("fortrolig"),
    }
    assert explained_for("bostedsadresse", elements, **content) is Reason.PROTECTED
    assert explained_for("foedsel", elements, **content) is Reason.PARTLY_PROTECTED
    assert explained_for("navn", elements, **content) is Reason.OPENED


def test_protection_decides_nothing_for_a_person_who_is_not_protected() -> None:
    assert explained_for("bostedsadresse", frozenset({"bostedsadresse"}), bostedsadresse=(home(),)) is Reason.OPENED


@dataclass(frozen=True)
class Span:
    valid_from: datetime = NOW - timedelta(days=1)
    valid_to: datetime | None = None


AHEAD, OVER_NOW, ENDS_LATER = (
    Span(NOW + timedelta(seconds=1)),
    Span(valid_to=NOW),
    Span(NOW, NOW + timedelta(seconds=1)),
)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({}, Standing.LIVE),
        ({"given": ENDS_LATER, "role": ENDS_LATER, "organisation": ENDS_LATER}, Standing.LIVE),
        ({"employee_active": False}, Standing.BLOCKED),
        ({"given": AHEAD}, Standing.NOT_GIVEN_YET),
        ({"given": OVER_NOW}, Standing.NO_LONGER_GIVEN),
        ({"counts": False}, Standing.GROUPS_ONLY),
        ({"role_active": False}, Standing.ROLE_INACTIVE),
        ({"role": AHEAD}, Standing.ROLE_NOT_BEGUN),
        ({"role": OVER_NOW}, Standing.ROLE_ENDED),
        ({"organisation": AHEAD}, Standing.ORGANISATION_CLOSED),
        ({"organisation": OVER_NOW}, Standing.ORGANISATION_CLOSED),
        ({"for_lookup": False}, Standing.NOT_FOR_LOOKUP),
        ({"employee_active": False, "given": OVER_NOW, "role_active": False}, Standing.BLOCKED),
        ({"given": OVER_NOW, "role_active": False}, Standing.NO_LONGER_GIVEN),
    ],
)
def test_the_first_thing_in_the_way_of_a_role_is_named(changes: dict[str, object], what: Standing) -> None:
    usual: dict[str, object] = {"employee_active": True, "counts": True, "role_active": True, "for_lookup": True}
    spans = {"given": Span(), "role": Span(), "organisation": Span()}
    assert standing(Holding(**{**usual, **spans, **changes}), NOW) is what


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), Reason.BASIS_OF_OTHER_AREAS),
        (datetime(2026, 11, 23, 23, 1, tzinfo=UTC), Reason.BASIS_NOT_IN_FORCE),
    ],
)
def test_a_basis_of_other_areas_ends_at_midnight_in_norway(now: datetime, reason: Reason) -> None:
    ending = replace(ELSEWHERE, until=date(2026, 11, 24))
    assert explain(CLOSED, Draft([ending], {CLOSED}, Area()), now).reason is reason
