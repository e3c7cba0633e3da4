"""The error pages: what happened, that nothing is shown in part, what to do, and a reference for support."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fiksreg.logging import current_request_id
from integrations.http.errors import Busy, PartyError, Refused, Unavailable, Unconfigured
from roles.access import NoRole, NotTakenIntoUse
from roles.access.requestdata import request_data
from roles.audit import LogBusy
from roles.keyring import UnknownKey
from roles.limits import LimitReached, what_happened, when_to_go_on, whom_to_ask, with_retry_after
from roles.onboarding.guidance import guidance
from roles.violations import PolicyViolation


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure page: HTTP status, heading and text. `login` offers to log in again, `retry` the same page again."""

    status: int
    heading: Promise
    text: Promise | str
    login: bool = False
    retry: bool = False


UNAVAILABLE = Failure(
    503,
    _("Folkeregisteret svarer ikke"),
    _("Vi fikk ikke svar fra Folkeregisteret i tide. Ingenting er hentet. Prøv igjen om litt."),
    retry=True,
)
BUSY = Failure(
    503,
    _("Folkeregisteret har for mye å gjøre"),
    _("Folkeregisteret tar ikke imot flere spørsmål akkurat nå. Vent et minutt og prøv igjen."),
    retry=True,
)
REFUSED = Failure(
    502,
    _("Feil i oppsettet"),
    _("Folkeregisteret avviste spørsmålet. Feilen ligger i oppsettet vårt, ikke hos deg. Meld fra til brukerstøtte."),
)
UNEXPECTED = Failure(
    502,
    _("Folkeregisteret svarte med noe vi ikke forstår"),
    _("Vi viser derfor ingenting. Prøv igjen, og meld fra til brukerstøtte hvis det skjer flere ganger."),
    retry=True,
)
NOT_LOGGED = Failure(
    503,
    _("Vi fikk ikke ført dette i loggen"),
    _("Det som ikke kan loggføres, blir heller ikke gjort eller vist. Prøv igjen om litt."),
    retry=True,
)
BUSY_HERE = Failure(
    503,
    _("Mange bruker tjenesten akkurat nå"),
    _("Vi rakk ikke å ta imot det du sendte. Ingenting er hentet eller lagret. Vent litt, og prøv igjen."),
)
STORE_AWAY = Failure(
    503,
    _("Tjenesten har midlertidige problemer"),
    _("Vi får ikke kontakt med databasen vår. Ingenting er gått tapt: Prøv igjen om litt, så sendes det samme."),
)
TOO_LARGE = Failure(
    413,
    _("Det du sendte, er for stort"),
    _("Vi tar imot høyst 2,5 MB. Ingenting er lagret. Velg en mindre fil."),
)
TOO_SLOW = Failure(
    408,
    _("Vi fikk ikke alt i tide"),
    _("Forbindelsen var for treg eller ble brutt. Ingenting er lagret."),
)
KEYS_CHANGING = Failure(
    503,
    _("Løsningen blir vedlikeholdt"),
    _("Nøklene byttes, og denne delen har ikke fått den nye ennå. Ingenting er tapt. Prøv igjen om litt."),
)
SESSION_ENDED = Failure(
    403,
    _("Økten er utløpt"),
    _("Du har vært borte så lenge at du er logget ut. Det du skrev, er ikke sendt. Logg inn og prøv på nytt."),
    login=True,
)
SESSION_OVER = Failure(
    403,
    _("Du er logget ut"),
    _("Økten ble avsluttet mens vi hentet opplysningene. Ingenting er vist. Logg inn og prøv på nytt."),
    login=True,
)
STALE_FORM = Failure(
    403,
    _("Skjemaet kunne ikke sendes"),
    _("Siden var åpnet før du logget inn, eller er blitt for gammel. Ingenting er sendt. Åpne siden på nytt."),
)
BAD_REQUEST = Failure(
    400, _("Forespørselen er ugyldig"), _("Nettleseren sendte noe vi ikke kan lese. Gå tilbake og prøv på nytt.")
)
FORBIDDEN = Failure(
    403,
    _("Du har ikke tilgang til denne siden"),
    _("Siden krever en tilgang du ikke har. Spør den som gir deg roller."),
)
NOT_FOUND = Failure(
    404, _("Siden finnes ikke"), _("Siden finnes ikke, er utløpt eller er ikke din. Begynn på nytt fra forsiden.")
)
SERVER_ERROR = Failure(
    500, _("Noe gikk galt hos oss"), _("Feilen er notert. Prøv igjen, og oppgi referansen hvis du melder fra.")
)

TOO_MANY = Failure(
    429,
    _("For mange forsøk herfra"),
    _("Det er kommet for mange forsøk fra nettverket ditt på kort tid. Vent et minutt og prøv igjen."),
)

_REGISTER_FAILURES: tuple[tuple[type[PartyError], Failure], ...] = (
    (Unavailable, UNAVAILABLE),
    (Busy, BUSY),
    (Refused, REFUSED),
    (Unconfigured, REFUSED),
)


def register_failed(request: HttpRequest, error: PartyError) -> HttpResponse:
    """The register could not be asked or gave no usable answer. The page says whose fault it is, not what was asked."""
    failure = next((page for kind, page in _REGISTER_FAILURES if isinstance(error, kind)), UNEXPECTED)
    return _page(request, failure)


def no_role(request: HttpRequest, error: NoRole) -> HttpResponse:
    """No live role allows what was asked for. The page says why, and whom to ask."""
    context = {"problem": error.problem.value, "use": error.use.label}
    return render(request, "roles/no_role.html", context, status=403)


def not_taken_into_use(request: HttpRequest, error: NotTakenIntoUse) -> HttpResponse:
    """The organisation lacks onboarding steps. The page says which, and who takes them."""
    steps = [guidance(step) for step in error.missing]
    return render(request, "roles/not_in_use.html", {"organisation": error.organisation, "steps": steps}, status=403)


def not_logged(request: HttpRequest, error: LogBusy) -> HttpResponse:
    """The log could not be written to in time, so nothing was done and nothing is shown."""
    del error
    return _page(request, NOT_LOGGED)


def limit_reached(request: HttpRequest, limit: LimitReached) -> HttpResponse:
    """A limit for one person is reached. The page says which, until when, and whom to ask. It can be reloaded."""
    parts = (what_happened(limit), _("Ingenting er hentet, og det du skrev, er ikke borte."), when_to_go_on(limit))
    failure = Failure(429, _("Du må vente litt"), " ".join(map(str, (*parts, whom_to_ask()))), retry=True)
    return with_retry_after(_page(request, failure), limit)


def keys_changing(request: HttpRequest, error: UnknownKey) -> HttpResponse:
    """A value was sealed by a master key that this process does not have yet."""
    del error
    return _page(request, KEYS_CHANGING)


def against_the_rules(request: HttpRequest, violation: PolicyViolation) -> HttpResponse:
    """A rule refused after the form was found valid, because something changed in between."""
    return _page(request, Failure(409, _("Endringen ble ikke gjort"), str(violation)))


def session_ended(request: HttpRequest) -> HttpResponse:
    """A form was sent after the session had ended."""
    return _page(request, SESSION_ENDED)


def session_over(request: HttpRequest) -> HttpResponse:
    """The session ended while this request was handled."""
    return _page(request, SESSION_OVER)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was sent with a CSRF token of another session. `reason` is Django's, for developers; it is not shown."""
    del reason
    return _page(request, STALE_FORM)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400. Without layout, because it may come before the sender is known, as for an unknown host name."""
    del request, exception
    return _plain(BAD_REQUEST)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The database cannot store what was sent: a NUL, or a value that is too large."""
    return bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403."""
    del exception
    return _page(request, FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404: the same page for something that does not exist, has expired, or belongs to somebody else."""
    del exception
    return _page(request, NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """An error in our code. Without layout, session and database, because one of them may have failed."""
    del request
    return _plain(SERVER_ERROR)


def too_many_strangers(seconds: int) -> HttpResponse:
    """Too many requests from one address to login and logout. Without layout, so that it costs little."""
    page = loader.render_to_string("pages/server_error.html", _context(TOO_MANY))
    return HttpResponse(
        page, status=TOO_MANY.status, headers={"Retry-After": str(seconds), "Cache-Control": "no-store"}
    )


def _plain(failure: Failure) -> HttpResponse:
    page = loader.render_to_string("pages/server_error.html", _context(failure))
    return HttpResponse(page, status=failure.status, headers={"Cache-Control": "no-store"})


def _page(request: HttpRequest, failure: Failure) -> HttpResponse:
    context = {**_context(failure), "retry_at": _address_of(request)}
    return render(request, "pages/failure.html", context, status=failure.status)


def _address_of(request: HttpRequest) -> str:
    """Where the same is asked again: of a form only where its answer has an address of its own."""
    return request_data(request).address or (request.get_full_path() if request.method == "GET" else "")


def _context(failure: Failure) -> dict[str, object]:
    return {"failure": failure, "reference": current_request_id()}
