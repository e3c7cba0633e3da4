"""No code on any screen: our names against every code list there is."""

import csv
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from django.utils import translation

from integrations.codelists import country_name, kommune_name
from roles.vocabulary import code_name
from roles.vocabulary.guardianwords import AUTHORITIES, TASKS
from tests.contract.conftest import SHARED
from tests.contract.facts import enumerations
from tests.roles.vocabulary.test_vocabulary import looks_like_a_code

LISTS = SHARED / "codelists"
#: Of events alone, or of a property the register has given up: never shown.
NOT_SHOWN = ("hendelsestype", "entitet", "entitetsendring", "PreferertKontaktadresse.valg")


def guardianships() -> list[dict[str, Any]]:
    every = yaml.safe_load_all((LISTS / "guardianships.yaml").read_text(encoding="utf-8"))
    return [one["mapping"]["npr"] for one in every if one]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_task_of_a_guardian_has_a_name(language: str) -> None:
    assert {one["virksomhet"] for one in guardianships()} <= AUTHORITIES.keys()
    assert {one["oppgave"] for one in guardianships()} <= TASKS.keys()
    with translation.override(language):
        names = [code_name("vergeTjenesteoppgave", one["oppgave"]) for one in guardianships()]
        assert not list(filter(looks_like_a_code, names))


#: Fields whose codes have their names under another.
ASKED = {
    "Folkeregisteridentifikator.status": "identifikasjonsnummer.status",
    "Identitetsgrunnlag.legitimasjonskontroll": "identitetsgrunnlagstatus",
}


def shown() -> Iterator[tuple[str, str]]:
    for name, codes in enumerations().items():
        if name.startswith(("person.", "hendelse.")) and not name.endswith(NOT_SHOWN):
            field = name.partition(".v1.")[2]
            yield from ((ASKED.get(field, field.partition(".")[2]), code) for code in codes)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_code_of_the_specification_has_a_name(language: str) -> None:
    with translation.override(language):
        names = {f"{field}={code}": code_name(field, code) for field, code in shown()}
        unknown = code_name("", "")
    assert not {code for code, name in names.items() if name == unknown or looks_like_a_code(name)}


def test_every_kommune_there_has_been_has_a_name() -> None:
    with (LISTS / "kommunenummer-altinn.csv").open(encoding="utf-8-sig") as lines:
        numbers = {row["number"] for row in csv.DictReader(lines)}
    tax_offices = {"2310", "2311", "2312", "2435", "8888", "9999"}
    assert {number for number in numbers if kommune_name(number) is None} <= tax_offices | {"0680"}


def test_every_kommune_before_1988_has_the_name_it_had() -> None:
    text = (LISTS / "historiskekommuner-foer-1988.xml").read_text(encoding="utf-8")
    numbers = set(re.findall(r"<tekniskNavn>(\d{4})</tekniskNavn>", text))
    assert len(numbers) > 700
    assert {number for number in numbers if kommune_name(number) is None} <= {"0680"}


def test_every_country_has_a_name() -> None:
    with (LISTS / "landkoder-altinn.csv").open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    assert not [row for row in rows if country_name(row["code3"]) is None or country_name(row["code2"]) is None]
