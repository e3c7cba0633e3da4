"""What a test of the set-up can end in, and what is to be done about it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from integrations.http.errors import PartyError


class Verdict(StrEnum):
    OK = "ok"
    FAILED = "failed"
    NOT_DONE = "not-done"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Finding:
    """what: that was tried. advice: what to do, or why it was not tried; "" where there is nothing to say."""

    what: str
    verdict: Verdict
    advice: str = ""

    @property
    def label(self) -> str:
        """In the language of the page."""
        return {
            Verdict.OK: _("OK"),
            Verdict.FAILED: _("Feilet"),
            Verdict.NOT_DONE: _("Ikke utført"),
            Verdict.UNAVAILABLE: _("Utilgjengelig"),
        }[self.verdict]


def concluded(what: str, error: PartyError | None, advice: str) -> Finding:
    """What may pass by itself is somebody who does not answer; the rest somebody must do something about.

    advice: for when it failed.
    """
    if error is None:
        return Finding(what, Verdict.OK)
    if error.retryable:
        return Finding(what, Verdict.UNAVAILABLE, _("Det kom ikke noe brukbart svar. Prøv igjen om litt."))
    return Finding(what, Verdict.FAILED, advice)


def token_and_delegation(
    on_behalf: PartyError | None, own: PartyError | None, *, delegates: bool
) -> tuple[Finding, Finding]:
    """The two told apart: refused on the organisation's behalf, but not for ourselves, is a missing delegation.

    on_behalf: how asking for the organisation ended; own: how asking for ourselves did, where the first was refused.
    """
    token, delegation = _("Tilgangstoken fra Maskinporten"), _("Delegering i Altinn")
    renew = _("Klienten, nøkkelen eller tilgangen i Maskinporten er feil. Meld fra til den som drifter Fiksreg.")
    if not delegates:
        no_need = _("Virksomheten spør selv, eller operatøren prøver delegeringen når registeret spørres.")
        return concluded(token, on_behalf, renew), Finding(delegation, Verdict.NOT_DONE, no_need)
    if on_behalf is None:
        return Finding(token, Verdict.OK), Finding(delegation, Verdict.OK)
    if on_behalf.retryable or own is not None:
        waits = Finding(delegation, Verdict.NOT_DONE, _("Kan først prøves når Maskinporten gir tilgangstoken."))
        return concluded(token, own or on_behalf, renew), waits
    missing = _("Virksomheten har ikke delegert retten til Folkeregisteret. Se steget Delegering i Altinn.")
    return Finding(token, Verdict.OK), Finding(delegation, Verdict.FAILED, missing)
