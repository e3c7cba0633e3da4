"""Who still belongs on a list, by the status that the register has now."""

import pytest

from integrations.folkeregisteret.elements import ELEMENTS
from tests.citizenlists.building.test_pipeline import CHILD, CRITERIA, permitted


@pytest.mark.parametrize(
    ("statuses", "belongs"),
    [
        ('[{"erGjeldende": true, "status": "bosatt"}]', True),
        ('[{"erGjeldende": true, "status": "utflyttet"}]', False),
        ('[{"erGjeldende": true, "status": "forsvunnet"}]', False),
        ('[{"erGjeldende": true, "status": "utflyttet"}, {"erGjeldende": true, "status": "bosatt"}]', True),
        ('[{"erGjeldende": true}]', True),
        ("[]", True),
    ],
)
def test_a_person_who_is_said_to_live_elsewhere_is_not_listed(statuses: str, belongs: bool) -> None:
    document = CHILD.replace(b'[{"erGjeldende": true, "status": "bosatt"}]', statuses.encode())
    assert CRITERIA.admits(permitted(document)) is belongs
    assert CRITERIA.admits(permitted(document, frozenset(ELEMENTS) - {"status"}))


@pytest.mark.parametrize("years", ['[{"erGjeldende": true}]', "[]"])
def test_a_person_whose_year_of_birth_is_not_known_is_listed(years: str) -> None:
    born = b'[{"erGjeldende": true, "foedselsdato": "2020-01-01", "foedselsaar": "2020"}]'
    assert born in CHILD
    assert CRITERIA.admits(permitted(CHILD.replace(born, years.encode())))
