"""The guidance for each onboarding step: who takes it and what they do. For the pages."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from roles.models import Step


@dataclass(frozen=True, slots=True)
class Guidance:
    step: Step
    who: str
    what: str

    @property
    def label(self) -> str:
        return str(self.step.label)


def guidance(step: Step) -> Guidance:
    """The guidance for this step, in the language of the page."""
    who, what = _TEXTS[step]()
    return Guidance(step, who, what)


def _terms() -> tuple[str, str]:
    return (
        _("Den som kan signere for virksomheten i Altinn."),
        _("Søk om tilgang til Folkeregisteret i Altinn med skjema RF-1514, og godta Skatteetatens vilkår."),
    )


def _delegation() -> tuple[str, str]:
    return (
        _("Den som styrer tilganger for virksomheten i Altinn."),
        _("Deleger retten til Folkeregisteret i Altinn til operatøren, organisasjonsnummer %(operator)s.")
        % {"operator": settings.FOLKEREGISTER_OPERATOR},
    )


def _agreement() -> tuple[str, str]:
    return (
        _("Kommunedirektøren, eller den som har fullmakt til å signere avtaler."),
        _("Signer avtalen om tjenesten. Før inn hvilken avtale det er, versjon, dato og hvem som signerte."),
    )


_TEXTS = {Step.TERMS: _terms, Step.DELEGATION: _delegation, Step.AGREEMENT: _agreement}
