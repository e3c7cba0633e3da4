"""The findings of the self-test, and the advice for each."""

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
    """One finding. what: the thing that was tried. advice: what to do, or why it was not tried; may be ""."""

    what: str
    verdict: Verdict
    advice: str = ""

    @property
    def label(self) -> str:
        """The verdict in the language of the page."""
        return {
            Verdict.OK: _("OK"),
            Verdict.FAILED: _("Feilet"),
            Verdict.NOT_DONE: _("Ikke utført"),
            Verdict.UNAVAILABLE: _("Utilgjengelig"),
        }[self.verdict]


def conclude(what: str, error: PartyError | None, advice: str) -> Finding:
    """The finding for an attempt that ended with `error`; None means that it succeeded.

    A retryable error counts as unavailable, since it may pass by itself. Any other error counts as failed, with
    `advice`.
    """
    if error is None:
        return Finding(what, Verdict.OK)
    if error.retryable:
        return Finding(what, Verdict.UNAVAILABLE, _("Det kom ikke noe brukbart svar. Prøv igjen om litt."))
    return Finding(what, Verdict.FAILED, advice)


def token_and_delegation(
    on_behalf: PartyError | None, own: PartyError | None, *, delegates: bool
) -> tuple[Finding, Finding]:
    """The findings for the token and for the delegation.

    A token that is refused on the organisation's behalf but given in our own name means that the delegation is missing.
    on_behalf: the error of the first request; own: the error of the second, which is sent only if the first failed.
    delegates: whether we ask on the organisation's behalf at all.
    """
    token, delegation = _("Tilgangstoken fra Maskinporten"), _("Delegering i Altinn")
    renew = _("Klienten, nøkkelen eller tilgangen i Maskinporten er feil. Meld fra til den som drifter Fiksreg.")
    if not delegates:
        no_need = _("Virksomheten spør selv, eller operatøren prøver delegeringen når registeret spørres.")
        return conclude(token, on_behalf, renew), Finding(delegation, Verdict.NOT_DONE, no_need)
    if on_behalf is None:
        return Finding(token, Verdict.OK), Finding(delegation, Verdict.OK)
    if on_behalf.retryable or own is not None:
        waits = Finding(delegation, Verdict.NOT_DONE, _("Kan først prøves når Maskinporten gir tilgangstoken."))
        return conclude(token, own or on_behalf, renew), waits
    missing = _("Virksomheten har ikke delegert retten til Folkeregisteret. Se steget Delegering i Altinn.")
    return Finding(token, Verdict.OK), Finding(delegation, Verdict.FAILED, missing)
