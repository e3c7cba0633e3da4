"""The fields of the search form: what one text is parsed into, and the register's criteria that the fields make.

Pure. The text is parsed when it has been changed. After that the fields correct it, and count as they stand.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from integrations.folkeregisteret.criteria import SearchCriteria
from integrations.folkeregisteret.typedtext import plain
from lookup.understanding import ParsedText, parse_text

#: The fields that a text is parsed into. When the text is changed, their old values are dropped.
READ_FROM_TEXT: Final = (
    *("number", "name", "birth_date", "born_from", "born_to", "age"),
    *("street", "house", "postnummer", "kommune", "fylke"),
)
SWITCHES: Final = ("similar", "earlier", "dead", "stay")
#: What the session keeps for the form. The reason is not kept, and the purpose is kept apart.
STAYS: Final = ("text", "read", *READ_FROM_TEXT, "sex", *SWITCHES)
#: The button that answers a question, and the field it fills.
_ANSWERS: Final = {"born": "birth_date", "area": "kommune"}

#: The criterion that each field makes. A role that may not search by it does not have the field.
CRITERIA: Final = {
    "name": "navn",
    "birth_date": "foedselsdato",
    "born_from": "foedselsaarFraOgMed",
    "born_to": "foedselsaarTilOgMed",
    "age": "foedselsaarFraOgMed",
    "sex": "kjoenn",
    "street": "adressenavn",
    "house": "husnummer",
    "postnummer": "postnummer",
    "kommune": "kommunenummer",
    "fylke": "fylkesnummer",
    "similar": "soekFonetisk",
    "earlier": "opplysningsgrunnlag",
    "dead": "inkluderDoede",
    "stay": "inkluderOppholdsadresse",
}


def read_fields(sent: Mapping[str, str], *, today: date) -> tuple[dict[str, str], ParsedText | None]:
    """The fields as sent, with those that a changed text was parsed into; and the parsed text, None when it was not
    parsed again."""
    fields = {**sent, **{_ANSWERS[name]: value for name, value in sent.items() if name in _ANSWERS}}
    text = sent.get("text", "")
    if not plain(text) or text == sent.get("read"):
        return fields, None
    meant = parse_text(text, today=today)
    if sent.get("read"):
        fields = {name: value for name, value in fields.items() if name not in READ_FROM_TEXT}
    return {**fields, **fields_of(meant), "read": text}, meant


def fields_of(meant: ParsedText) -> dict[str, str]:
    """The fields for a parsed text, as they would be typed. What is in doubt is left out."""
    born, place = meant.born, meant.place
    first, last = born.years or ("", "")
    told = {
        "number": "" if meant.number_fault else meant.number,
        "name": meant.name,
        "birth_date": f"{born.day:%d.%m.%Y}" if born.day and not born.other else "",
        "born_from": str(first),
        "born_to": str(last),
        "street": place.street,
        "house": place.house,
        "postnummer": place.postnummer,
        "kommune": place.kommune,
        "fylke": place.fylke,
    }
    return {name: value for name, value in told.items() if value}


def criteria_of(cleaned: Mapping[str, Any], *, today: date) -> SearchCriteria:
    """The search for these checked values. An age is the two years in which a person of that age was born."""
    given = {criterion: cleaned.get(field) or None for field, criterion in CRITERIA.items() if field not in SWITCHES}
    age = cleaned.get("age")
    if age is not None:
        given |= {"foedselsaarFraOgMed": today.year - age - 1, "foedselsaarTilOgMed": today.year - age}
    else:
        given |= {"foedselsaarFraOgMed": cleaned.get("born_from"), "foedselsaarTilOgMed": cleaned.get("born_to")}
    return SearchCriteria(
        **given,
        soekFonetisk=bool(cleaned.get("similar")),
        inkluderDoede=bool(cleaned.get("dead")),
        inkluderOppholdsadresse=bool(cleaned.get("stay")),
        opplysningsgrunnlag="historisk" if cleaned.get("earlier") else None,
    )
