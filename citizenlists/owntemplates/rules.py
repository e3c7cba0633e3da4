"""The rules for the content of a template. Each raises PolicyViolation with a sentence for the page."""

from datetime import date

from django.utils.translation import gettext as _

from citizenlists.content.columns import listable
from citizenlists.content.layouts import lacking
from citizenlists.content.listtemplates import RelativeNarrowing
from citizenlists.models import OwnTemplate
from roles.models import ServiceArea
from roles.violations import PolicyViolation

#: The highest age that a template may have.
OLDEST = 130
_A_COMMON_YEAR = 2001


def check_template(template: OwnTemplate, narrowing: RelativeNarrowing) -> None:
    """The template, as it is about to be saved, must be one that can be ordered from."""
    if not template.name:
        raise PolicyViolation(_("Malen må ha et navn."), about="name")
    _check_areas(template.areas)
    _check_ages(template.youngest, template.oldest)
    _check_elements(template)
    _check_narrowing(narrowing, youngest=template.youngest)


def _check_areas(areas: list[str]) -> None:
    known = set(ServiceArea.objects.filter(code__in=areas).values_list("code", flat=True))
    if not areas or not known.issuperset(areas):
        raise PolicyViolation(_("Velg minst ett tjenesteområde."), about="areas")


def _check_ages(youngest: int | None, oldest: int | None) -> None:
    for name, age in (("youngest", youngest), ("oldest", oldest)):
        if age is not None and not 0 <= age <= OLDEST:
            raise PolicyViolation(_("Skriv en alder fra 0 til %(oldest)d.") % {"oldest": OLDEST}, about=name)
    if oldest is not None and youngest is None:
        raise PolicyViolation(_("Skriv yngste alder også, eller la begge stå tomme."), about="youngest")
    if oldest is not None and youngest is not None and oldest < youngest:
        raise PolicyViolation(_("Eldste alder må være den samme som eller høyere enn yngste alder."), about="oldest")


def _check_elements(template: OwnTemplate) -> None:
    if not template.elements or set(template.elements) != set(listable(template.elements)):
        raise PolicyViolation(_("Velg minst én opplysning."), about="elements")
    for field, said in lacking(template.elements, template.layout, template.sorting, template.rows_per):
        raise PolicyViolation(said, about=field)


def _check_narrowing(narrowing: RelativeNarrowing, *, youngest: int | None) -> None:
    since = narrowing.years_in_status
    if since is not None and not 0 <= since <= OLDEST:
        raise PolicyViolation(_("Skriv et antall år fra 0 til %(most)d.") % {"most": OLDEST}, about="years_in_status")
    if narrowing.born_last and not _is_every_year(narrowing.born_last):
        raise PolicyViolation(_("Skriv dag og måned: dag.måned."), about="born_last")
    if narrowing.born_last and youngest is None:
        raise PolicyViolation(_("Siste fødselsdag trenger yngste alder."), about="born_last")


def _is_every_year(day: str) -> bool:
    """Whether "month-day" is a day that every year has."""
    try:
        date.fromisoformat(f"{_A_COMMON_YEAR}-{day}")
    except ValueError:
        return False
    return True
