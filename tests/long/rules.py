"""What may leave in one answer, said a second time from the law and the register's tables, not from the policy.

Beside tests.roles.canaries.may_fly, which says it of one person: what a hit list is for, who never stands on a list or
is found by an address, and how one protected member of a household hides the shared address of the others.

Sources: folkeregisterloven §§ 10-1, 10-2, 10-4; Skatteetaten's list of confidential information and its description of
address protection.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from tests.long.aviary import Bird, related_by
from tests.roles.canaries import Perch, may_fly

#: What needs a legal basis of its own.
CONFIDENTIAL = frozenset(
    {
        "status.utvidet",
        "sivilstand.relatertVedSivilstand",
        "familierelasjon",
        "foreldreansvar",
        "adressebeskyttelse",
        "utenlandskPersonidentifikasjon",
        "utlendingsmyndighetenesIdentifikasjonsnummer",
        "legitimasjonsdokument",
        "falskIdentitet",
        "opphold",
        "bibehold",
        "brukAvSamiskSpraak",
        "forholdTilSametingetsValgmanntall",
        "innflytting.historikk",
        "utflytting.historikk",
        "historikk.utvidet",
    }
)
PROTECTED = ("fortrolig", "strengtFortrolig")
_TELLS_WHO = {"identifikasjonsnummer", "navn", "foedsel", "kjoenn", "status", "doedsfall"}
_HITS_SHOW = _TELLS_WHO | {"bostedsadresse", "adressebeskyttelse"}
#: Of a relative on somebody else's page: who they are, where they live, and whom they name.
_FAMILY_SHOWS = (_TELLS_WHO - {"kjoenn"}) | {
    "bostedsadresse",
    "deltBosted",
    "adressebeskyttelse",
    "familierelasjon",
    "foreldreansvar",
}
_ADDRESSES = {"bostedsadresse", "deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet"}
#: Fields away from an address that tell where a protected person is or comes from.
_TELLING = {"foedested", "foedekommuneINorge", "foedselsinstitusjonsnavn", "kommune", "sted"}
_RELATION_ELEMENTS = {
    "familierelasjon": "familierelasjon",
    "foreldreansvar": "foreldreansvar",
    "sivilstand": "sivilstand.relatertVedSivilstand",
}


class Door(StrEnum):
    """The ways out of the gate."""

    ONE = "one"
    SEARCH = "search"
    ADDRESS_SEARCH = "address-search"
    MANY = "many"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks for what. elements: what the role opens, of which `shown` may be in the answer.

    opens_addresses: right, confidential basis and a typed reason. sees_graded: the register sends this role graded
    addresses, so that others can be compared with them; its package without legal basis has none. page: through
    Door.FAMILY, the person on whose page the others stand.
    """

    door: Door
    elements: frozenset[str]
    opens_addresses: bool = False
    sees_graded: bool = True
    page: Bird | None = None

    @property
    def opened(self) -> bool:
        """A confidential address is opened for one person at a time."""
        return self.door is Door.ONE and self.opens_addresses

    @property
    def shown(self) -> frozenset[str]:
        if self.door in (Door.SEARCH, Door.ADDRESS_SEARCH):
            return self.elements & _HITS_SHOW
        return self.elements & _FAMILY_SHOWS if self.door is Door.FAMILY else self.elements


def allowed(question: Question, bird: Bird, household: Collection[Bird]) -> set[object]:
    """The canaries of one person that an answer may hold. household: everybody the question reaches, the person too."""
    if question.door in (Door.MANY, Door.ADDRESS_SEARCH) and bird.grade in PROTECTED:
        return set()
    if question.page is not None and not _is_told_of(question, bird, household):
        return set()
    hidden = _hidden_nests(question, bird, household)
    return {
        canary
        for canary, perch in bird.perches.items()
        if may_fly(perch, question.shown, bird.grade, opened=question.opened)
        and not _tells_where(perch, bird.grade, opened=question.opened)
        and bird.nest.get(canary) not in hidden
    }


def allowed_on_page(question: Question, bird: Bird, household: Collection[Bird]) -> set[object]:
    """The canaries of everybody that a person's page may hold: the person's own, and the family's."""
    family = replace(question, door=Door.FAMILY, page=bird)
    told = (allowed(family, other, household) for other in household if other is not bird)
    return allowed(question, bird, household).union(*told)


def _is_told_of(question: Question, bird: Bird, household: Collection[Bird]) -> bool:
    """Whom the person names by a relation the role opens; and whoever these name, but nobody protected."""
    assert question.page is not None
    if _names(question, question.page, bird):
        return True
    nearest = [other for other in household if _names(question, question.page, other)]
    return bird.grade not in PROTECTED and any(_names(question, other, bird) for other in nearest)


def _names(question: Question, bird: Bird, other: Bird) -> bool:
    return any(_RELATION_ELEMENTS[source] in question.elements for source in related_by(bird, other))


def _tells_where(perch: Perch, grade: str, *, opened: bool) -> bool:
    protected = grade == "strengtFortrolig" or (grade == "fortrolig" and not opened)
    return protected and perch.field in _TELLING


def _hidden_nests(question: Question, bird: Bird, household: Collection[Bird]) -> set[str]:
    """The addresses that somebody else's protection hides."""
    reached = [other for other in household if other is not bird and _reaches(question, bird, other)]
    return {nest for other in reached for nest in _protected_nests(question, other)}


def _reaches(question: Question, bird: Bird, other: Bird) -> bool:
    """Whether the other one is in the same answer, or a relation the role opens leads there."""
    if question.page is not None:
        in_answer = other is question.page or _names(question, question.page, other)
        return in_answer or _names(question, bird, other)
    if question.door is not Door.ONE:
        return not (question.door is Door.ADDRESS_SEARCH and other.grade in PROTECTED)
    return _names(question, bird, other)


def _protected_nests(question: Question, bird: Bird) -> set[str]:
    if question.opened and bird.grade != "strengtFortrolig":
        return set()
    graded = {canary: bird.perches[canary].grade != "ugradert" for canary in bird.nest}
    return {
        nest
        for canary, nest in bird.nest.items()
        if (question.sees_graded if graded[canary] else bird.grade in PROTECTED)
    }
