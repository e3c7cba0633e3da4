"""A synthetic register, its Maskinporten and the control door as one WSGI application."""

import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.calls import Call, check_headers
from integrations.simulator.control import Asked, Control
from integrations.simulator.extracts import Extracts
from integrations.simulator.faults import Disturbed, Faults
from integrations.simulator.operations.events import Events
from integrations.simulator.operations.extracts import ExtractJobs
from integrations.simulator.operations.persons import Persons
from integrations.simulator.population import populate
from integrations.simulator.problems import Answer, Problem, json_answer, wrong_method
from integrations.simulator.register import Register
from integrations.simulator.routes import Route, Routes
from integrations.simulator.settings import Settings
from integrations.simulator.tokens import GRANT_TYPE, Maskinporten, refused

_PREFIXES: Final = {
    "/folkeregisteret/offentlig-med-hjemmel/api/v1/": RightsPackage.WITH_LEGAL_BASIS,
    "/folkeregisteret/api/offentligutenhjemmel/v1/": RightsPackage.WITHOUT_LEGAL_BASIS,
}
_TOKEN_PATH: Final = "/maskinporten/token"  # noqa: S105 -- a path
_FORM: Final = "application/x-www-form-urlencoded"

StartResponse = Callable[[str, list[tuple[str, str]]], object]


class Simulator:
    """Everything in memory, and the way from a path to what answers it."""

    def __init__(self, settings: Settings) -> None:
        population = populate(settings.seed, size=settings.size, kommuner=settings.kommuner)
        self.register = Register.of(population.residents)
        self.faults = Faults()
        self.maskinporten = Maskinporten(dict(settings.clients), settings.audience)
        self._extracts = Extracts(batch_size=settings.batch_size, polls=settings.extract_polls, clock=time.monotonic)
        self.control = Control(
            self.register,
            population.cases,
            faults=self.faults,
            extracts=self._extracts,
            maskinporten=self.maskinporten,
        )
        self._routes = Routes(
            Persons(self.register, settings.max_hits), ExtractJobs(self.register, self._extracts), Events()
        )

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        try:
            sent = self._answer(Call.of(environ))
        except Problem as problem:
            sent = Disturbed(problem.answer)
        answer = sent.answer
        status = f"{answer.status} {HTTPStatus(answer.status).phrase}"
        length = str(len(answer.body))
        start_response(status, [("Content-Type", answer.content_type), ("Content-Length", length), *answer.headers])
        return sent.pieces or (answer.body,)

    def _answer(self, call: Call) -> Disturbed:
        if call.path == _TOKEN_PATH:
            return self._disturbed("token", call, Asked("token"), lambda: self._token(call))
        for prefix, package in _PREFIXES.items():
            if call.path.startswith(prefix):
                return self._ask_register(call, package, call.path.removeprefix(prefix).split("/"))
        return Disturbed(self.control.answer(call))

    def _ask_register(self, call: Call, package: RightsPackage, segments: list[str]) -> Disturbed:
        route = self._routes.find(segments)
        asked = Asked(route.name, package.value, call.all_of("part"), tuple(sorted({key for key, _ in call.query})))
        return self._disturbed(route.name, call, asked, lambda: self._checked(call, package, route))

    def _disturbed(self, name: str, call: Call, asked: Asked, make: Callable[[], Answer]) -> Disturbed:
        self.control.asked.append(asked)
        fault = self.faults.before(name)
        try:
            answer = make()
        except Problem as problem:
            answer = problem.answer
        return self.faults.after(fault, answer, call.environ)

    def _checked(self, call: Call, package: RightsPackage, route: Route) -> Answer:
        if call.method != route.method:
            raise wrong_method()
        check_headers(call)
        owner = self.maskinporten.owner(call.authorization, package)
        return route.operation(call, owner, package, *route.arguments)

    def _token(self, call: Call) -> Answer:
        if call.method != "POST":
            raise wrong_method()
        if call.content_type != _FORM:
            raise refused("invalid_request", "Innholdet må være et skjema.")
        form = dict(parse_qsl(call.body().decode("ascii", "replace"), keep_blank_values=True))
        if form.keys() != {"grant_type", "assertion"} or form["grant_type"] != GRANT_TYPE:
            raise refused("unsupported_grant_type", "Bare JWT-grant støttes.")
        issuer = f"{call.address}/maskinporten"
        return json_answer(self.maskinporten.issue(form["assertion"], audiences=(issuer, f"{issuer}/")))
