"""Fields about identity: numbers, names, birth, status, citizenship and papers."""

import re
from typing import Final

from integrations.simulator.tenor.fields.kinds import (
    Fields,
    all_current,
    current,
    day,
    flag,
    has_history,
    is_there,
    number,
    text,
    word,
)
from integrations.simulator.tenor.searchable import Subject

_NAMES: Final = ("fornavn", "mellomnavn", "etternavn")
_ORDINARY_NAME: Final = re.compile(r"[A-ZÆØÅa-zæøå ]*")
_NORWAY: Final = "NOR"
#: The Nordic passport union, and the European Economic Area. Norway has a field of its own.
_NORDIC: Final = frozenset({"ALA", "DNK", "FIN", "FRO", "GRL", "ISL", "SWE"})
_EEA: Final = frozenset(
    {
        *("AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HRV", "HUN", "IRL"),
        *("ISL", "ITA", "LIE", "LTU", "LUX", "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "SWE"),
    }
)
_NOWHERE: Final = frozenset({"XXX", "XUK"})


def _numbers(subject: Subject) -> list[str]:
    return [row["foedselsEllerDNummer"] for row in subject.ever("identifikasjonsnummer")]


def _number_kinds(subject: Subject) -> list[str]:
    """The kind of all numbers that the person ever had, or that there are two kinds."""
    kinds = {row["identifikatortype"] for row in subject.ever("identifikasjonsnummer")}
    return ["dNummerOgFoedselsnr"] if len(kinds) > 1 else list(kinds)


def _differs_from_birth(subject: Subject) -> bool:
    """Whether the date in the number differs from the birth date. The number's century and sex do not count."""
    born = subject.first("foedsel").get("foedselsdato", "")
    digits = subject.number
    dated = f"{int(digits[0]) % 4}{digits[1]}{int(digits[2:4]) % 40 % 20:02}{digits[4:6]}"
    return bool(born) and dated != born[8:10] + born[5:7] + born[2:4]


def _display_name(subject: Subject) -> str:
    name = subject.first("navn")
    return " ".join(name[part] for part in _NAMES if name.get(part))


def _papers_abroad(subject: Subject) -> list[str]:
    """The kinds of foreign papers. The immigration authorities' number counts as one."""
    keys = ("utenlandskPersonidentifikasjon", "utlendingsmyndighetenesIdentifikasjonsnummer")
    return [row["identifikasjonsnummertype"] for key in keys for row in subject.now(key)]


def _citizenships(subject: Subject) -> frozenset[str]:
    return frozenset(row["statsborgerskap"] for row in subject.now("statsborgerskap"))


def _has_third_country(subject: Subject) -> bool:
    return bool(_citizenships(subject) - _NORDIC - _EEA - _NOWHERE - {_NORWAY})


def _has_expired_citizenship(subject: Subject) -> bool:
    """Whether a citizenship ended without another in its place. Tenor's own meaning is not documented."""
    return any(row.get("opphoerstidspunkt") for row in subject.ever("statsborgerskap"))


IDENTITY: Final[Fields] = {
    "id": word(lambda subject: subject.number),
    "identifikator": word(_numbers),
    "identifikatorType": word(_number_kinds),
    "foedselsdato": day(current("foedsel", "foedselsdato")),
    "foedeland": word(current("foedsel", "foedeland")),
    "doedsdato": day(current("doedsfall", "doedsdato")),
    "kjoenn": word(current("kjoenn", "kjoenn")),
    "personstatus": word(current("status", "status")),
    "identitetsgrunnlagStatus": word(current("identitetsgrunnlag", "identitetsgrunnlagstatus")),
    "falskIdentitet": flag(lambda subject: subject.first("falskIdentitet").get("erFalsk") is True),
    "harAvvikFdato": flag(_differs_from_birth),
    "fornavn": text(current("navn", "fornavn")),
    "mellomnavn": text(current("navn", "mellomnavn")),
    "etternavn": text(current("navn", "etternavn")),
    "visningnavn": text(_display_name),
    "navnLengde": number(lambda subject: len(_display_name(subject)) or None),
    "flereFornavn": flag(lambda subject: " " in subject.first("navn").get("fornavn", "")),
    "navnSpesialtegn": flag(lambda subject: not _ORDINARY_NAME.fullmatch(_display_name(subject))),
    "harNavnHistorikk": flag(has_history("navn")),
    "statsborgerskap": word(all_current("statsborgerskap", "statsborgerskap")),
    "norskStatsborgerskap": flag(lambda subject: _NORWAY in _citizenships(subject)),
    "flereStatsborgerskap": flag(lambda subject: len(_citizenships(subject)) > 1),
    "nordenStatsborgerskap": flag(lambda subject: not _NORDIC.isdisjoint(_citizenships(subject))),
    "euEoesStatsborgerskap": flag(lambda subject: not _EEA.isdisjoint(_citizenships(subject))),
    "tredjelandStatsborgerskap": flag(_has_third_country),
    "utgaattStatsborgerskap": flag(_has_expired_citizenship),
    "harStatsborgerskapHistorikk": flag(has_history("statsborgerskap")),
    "legitimasjonsdokument": word(all_current("legitimasjonsdokument", "identifikasjonsdokumenttype")),
    "utenlandskPersonidentifikasjon": word(_papers_abroad),
    "harOpphold": flag(is_there("opphold")),
    "harInnflytting": flag(is_there("innflytting")),
    "harUtflytting": flag(is_there("utflytting")),
}
