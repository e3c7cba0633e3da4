"""A shared residence counts only during its agreement."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from citizenlists.content.columns import columns_for
from integrations.folkeregisteret.documents import DeltBosted, decode_person
from lookup.personpage.elements import PRESENT
from roles.policy.sharedresidence import Agreement, agreement_on
from tests.integrations.folkeregisteret.making import as_json

DAY = date(2026, 11, 30)
PAST, TODAY, COMING = DAY - timedelta(1), DAY, DAY + timedelta(1)


@pytest.mark.parametrize(
    ("begins", "ends", "agreement"),
    [
        (PAST, None, Agreement.IN_FORCE),
        (TODAY, None, Agreement.IN_FORCE),
        (COMING, None, Agreement.TO_COME),
        (COMING, COMING, Agreement.TO_COME),
        (PAST, COMING, Agreement.IN_FORCE),
        (PAST, TODAY, Agreement.IN_FORCE),
        (PAST, PAST, Agreement.OVER),
        (None, PAST, Agreement.OVER),
        (None, None, Agreement.IN_FORCE),
        (COMING, PAST, Agreement.OVER),
    ],
)
def test_both_days_belong_to_the_agreement(begins: date | None, ends: date | None, agreement: Agreement) -> None:
    entry = DeltBosted(startdatoForKontrakt=begins, sluttdatoForKontrakt=ends)
    assert agreement_on(DAY, entry) is agreement


def shared(begins: int, ends: int, street: str = "Lia") -> dict[str, Any]:
    """A shared residence. begins, ends: days from today."""
    today = timezone.localdate()
    return {
        "vegadresse": {"kommunenummer": "1870", "adressenavn": street},
        "startdatoForKontrakt": (today + timedelta(begins)).isoformat(),
        "sluttdatoForKontrakt": (today + timedelta(ends)).isoformat(),
        "adressegradering": "ugradert",
    }


def cells(*entries: dict[str, Any]) -> list[object]:
    held = decode_person(as_json({"deltBosted": list(entries)})).deltBosted
    return [column.read(column.prepare(held) if column.prepare else held) for column in columns_for({"deltBosted"})]


def test_a_list_has_the_shared_residence_of_an_agreement_in_force_alone() -> None:
    assert cells(shared(-30, 30)) == ["Lia", None, None]
    assert cells(shared(-30, -1)) == [None, None, None]
    assert cells(shared(1, 30)) == [None, None, None]
    assert cells(shared(-30, -1, "Gamlevegen"), shared(-1, 30)) == ["Lia", None, None]


@pytest.mark.parametrize(
    ("begins", "ends", "says"),
    [(-30, -1, "Avtalen gjelder ikke lenger"), (1, 30, "Avtalen gjelder ikke ennå"), (-1, 1, None)],
)
def test_the_page_says_that_an_agreement_is_not_in_force(begins: int, ends: int, says: str | None) -> None:
    entry = decode_person(as_json({"deltBosted": [shared(begins, ends)]})).deltBosted[0]
    with translation.override("nb"):
        first = [str(line) for line in next(iter(PRESENT["deltBosted"](entry))).lines]
    assert first == [says or "Lia"]
