"""Every element but history has the entry type that its property has in a person document."""

from typing import get_args, get_type_hints

from integrations.folkeregisteret.documents import PersonRecord
from integrations.folkeregisteret.elements import ELEMENTS
from roles.policy import elementtypes
from roles.policy.elementtypes import ElementOf

TYPED = [value for value in vars(elementtypes).values() if isinstance(value, ElementOf)]


def test_every_element_but_history_is_there_once() -> None:
    history = {key for key in ELEMENTS if key.startswith("historikk") or key.endswith(".historikk")}
    assert sorted(element.key for element in TYPED) == sorted(ELEMENTS.keys() - history)


def test_an_element_has_the_type_of_its_property() -> None:
    properties = get_type_hints(PersonRecord)
    for element in TYPED:
        assert get_args(properties[element.key.partition(".")[0]])[0] is element.entry, element.key
