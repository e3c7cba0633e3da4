"""A synthetic register with its doors, its Maskinporten and the control door, as one WSGI application."""

import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from integrations.simulator.calls import LIVE, Call
from integrations.simulator.days.chronicle import Chronicle
from integrations.simulator.days.journal import Journal
from integrations.simulator.doors.control import Asked, Control
from integrations.simulator.doors.doors import Door, Served, skatteetaten
from integrations.simulator.doors.extracts import Extracts
from integrations.simulator.doors.faults import Disturbed, Faults
from integrations.simulator.doors.fiks import FiksDoor
from integrations.simulator.doors.operations.archive import Archive
from integrations.simulator.doors.operations.events import Events
from integrations.simulator.doors.operations.extracts import ExtractJobs
from integrations.simulator.doors.operations.persons import Persons
from integrations.simulator.doors.quota import Quota
from integrations.simulator.doors.routes import Route, Routes
from integrations.simulator.maskinporten.certificates import Authorities
from integrations.simulator.maskinporten.grants import Grants
from integrations.simulator.maskinporten.registry import Registry
from integrations.simulator.maskinporten.service import Maskinporten
from integrations.simulator.maskinporten.tokens import Tokens
from integrations.simulator.problems import Answer, Problem, invalid, wrong_method
from integrations.simulator.register.founding import found
from integrations.simulator.register.unique import UniqueRule
from integrations.simulator.settings import Settings
from integrations.simulator.tenor.service import PREFIX as TENOR
from integrations.simulator.tenor.service import Tenor

StartResponse = Callable[[str, list[tuple[str, str]]], object]


class Simulator:
    """The parts of the simulator, all in memory, and the routing of a path to the part that answers it."""

    def __init__(self, settings: Settings) -> None:
        self.register, cases = found(
            settings.seed,
            size=settings.size,
            kommuner=settings.kommuner,
            file=settings.file,
            unique_identities=settings.unique_identities,
        )
        self.faults = Faults()
        self.maskinporten = _maskinporten(settings)
        self._readings = settings.readings
        self._served = Served(settings.served)
        self._quota = Quota(settings.requests_a_minute, time.monotonic)
        self._extracts = _extracts(settings)
        fiks = FiksDoor(self.maskinporten.tokens)
        fiks.put(settings.fiks)
        self._doors: tuple[Door, ...] = (*skatteetaten(self.maskinporten.tokens), fiks)
        told = settings.readings.protection_without_legal_basis
        journal = Journal(self.register, settings.seed, protection_is_open=told)
        self._tenor = Tenor(self.register, journal, self.maskinporten.tokens)
        self.control = Control(
            self.register,
            cases,
            Chronicle(self.register, journal, settings.seed),
            faults=self.faults,
            extracts=self._extracts,
            quota=self._quota,
            registry=self.maskinporten.registry,
            fiks=fiks,
        )
        unique = UniqueRule(settings.readings.duf_parameter, settings.readings.unique_search)
        self._routes = Routes(
            Persons(self.register, settings.max_hits, unique),
            ExtractJobs(self.register, self._extracts),
            Events(journal, settings.readings.most_documents_in_bulk, settings.readings.latest_sequence == "object"),
            Archive(journal, settings.readings.most_documents_in_bulk),
        )

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if self._readings.live_clients:
            environ[LIVE] = True
        try:
            sent = self._answer(Call.of(environ))
        except Problem as problem:
            sent = Disturbed(problem.answer)
        answer = self._readings.timed(sent.answer)
        status = f"{answer.status} {HTTPStatus(answer.status).phrase}"
        length = [] if answer.stream else [("Content-Length", str(len(answer.body)))]
        start_response(status, [("Content-Type", answer.content_type), *length, *answer.headers])
        return sent.pieces or answer.stream or (answer.body,)

    def _answer(self, call: Call) -> Disturbed:
        endpoint = self.maskinporten.find(call.path)
        if endpoint:
            return self._disturbed(call, Asked(endpoint.name), lambda: self.maskinporten.answer(endpoint, call))
        if call.path.startswith(TENOR):
            asked = Asked("tenor", parameters=_parameters(call))
            return self._disturbed(call, asked, lambda: self._tenor.answer(call))
        for door in self._doors:
            path = door.below(call.path)
            if path is not None:
                return self._ask_register(call, door, self._routes.find(path.split("/")))
        return Disturbed(self.control.answer(call))

    def _ask_register(self, call: Call, door: Door, route: Route) -> Disturbed:
        package = door.package(call.path)
        token = self.maskinporten.tokens.bearer(call.authorization)
        asked = Asked(
            route.name,
            package.value if package else "",
            parts=call.all_of("part"),
            parameters=_parameters(call),
            door=door.name,
            organisation=token.consumer if token else "",
        )
        return self._disturbed(call, asked, lambda: self._checked(call, door, route))

    def _disturbed(self, call: Call, asked: Asked, make: Callable[[], Answer]) -> Disturbed:
        self.control.asked.append(asked)
        fault = self.faults.before(asked.operation)
        try:
            answer = make()
        except Problem as problem:
            answer = problem.answer
        return self.faults.after(fault, answer, call.environ)

    def _checked(self, call: Call, door: Door, route: Route) -> Answer:
        self._quota.take(call.caller)
        if call.method != route.method:
            raise wrong_method()
        if call.method == "GET" and call.has_body:
            raise invalid("Innhold var ikke ventet.")
        admitted = door.admit(call)
        self._served.check(admitted)
        self._readings.check(admitted.package, call.all_of("part"))
        answer = route.operation(call, admitted.organisation, admitted.package, *route.arguments)
        return self._readings.narrowed(admitted.package, answer)


def _parameters(call: Call) -> tuple[str, ...]:
    return tuple(sorted({key for key, _ in call.query}))


def _maskinporten(settings: Settings) -> Maskinporten:
    grants = Grants(Registry(settings.clients, settings.delegations), Authorities(settings.authorities))
    return Maskinporten(grants, Tokens(settings.signing_key, seconds=settings.token_seconds), settings.issuer)


def _extracts(settings: Settings) -> Extracts:
    return Extracts(
        batch_size=settings.batch_size,
        polls=settings.extract_polls,
        most=settings.extract_jobs,
        clock=time.monotonic,
    )
