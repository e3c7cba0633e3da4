"""What the search form asks: the fields that one text tells of, and the register's criteria that the fields make.

Pure. The text is read when it has been changed; after that the fields are a correction of it and hold as they stand.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from integrations.folkeregisteret.criteria import SearchCriteria
from integrations.folkeregisteret.typedtext import plain
from lookup.understanding import ParsedText, parse_text

#: The fields that a text may tell of. Of another text than the one they were read from they are worth nothing.
READ_FROM_TEXT: Final = (
    *("number", "name", "birth_date", "born_from", "born_to", "age"),
    *("street", "house", "postnummer", "kommune", "fylke"),
)
SWITCHES: Final = ("similar", "earlier", "dead", "stay")
#: What stays in the form: never why somebody is looked up, which is kept apart.
STAYS: Final = ("text", "read", *READ_FROM_TEXT, "sex", *SWITCHES)
#: A press that answers a question, and the field it fills.
_ANSWERS: Final = {"born": "birth_date", "area": "kommune"}

#: The criterion each field makes; a role that may not search by it has no such field.
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
    """The fields as they are meant, and what was understood where the text was read anew."""
    fields = {**sent, **{_ANSWERS[name]: value for name, value in sent.items() if name in _ANSWERS}}
    text = sent.get("text", "")
    if not plain(text) or text == sent.get("read"):
        return fields, None
    meant = parse_text(text, today=today)
    if sent.get("read"):
        fields = {name: value for name, value in fields.items() if name not in READ_FROM_TEXT}
    return {**fields, **fields_of(meant), "read": text}, meant


def fields_of(meant: ParsedText) -> dict[str, str]:
    """What a text tells, as it would be typed into the fields; nothing of what is in doubt."""
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
    """The search that checked fields make; an age is the two years in which somebody so old was born."""
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
