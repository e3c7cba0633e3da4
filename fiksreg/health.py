"""The health checks: whether the process is alive, and whether all it needs answers. They ask about no person."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass

import redis
from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fiksreg.connections import usage
from integrations.folkeregisteret.status import register_answers
from integrations.openid.keys import published_keys
from roles.access.permissions import Permission, requires
from roles.audit.checks import broken_rules
from roles.connections import ALIASES
from roles.doors import doors
from roles.maskinporten import tokens

DEADLINE_SECONDS = 3.0
_REGISTER_SECONDS = _IDENTITY_PROVIDER_SECONDS = 2.0
#: A difference that clocks synchronised by NTP never reach.
_CLOCKS_APART_SECONDS = 30


class NotReady(Exception):
    """A dependency answers, but not as it must. str() is public."""


@dataclass(frozen=True, slots=True)
class Health:
    """The result of one check. `detail` is public, so it has no address and no secret."""

    ok: bool
    detail: str


@requires(Permission.PUBLIC)
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers that the process is alive, for the load balancer."""
    del request
    return JsonResponse({"ok": True})


@requires(Permission.PUBLIC)
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answers 200 when everything that lookups need answers, else 503 with the checks that failed."""
    del request
    checks = run(CHECKS)
    ok = all(health.ok for health in checks.values())
    body = {"ok": ok, "checks": {name: asdict(health) for name, health in checks.items()}}
    return JsonResponse(body, status=200 if ok else 503)


def run(checks: dict[str, Callable[[], str]], *, deadline: float = DEADLINE_SECONDS) -> dict[str, Health]:
    """Runs all checks at the same time. Those not done within `deadline` seconds count as failed."""
    pool = ThreadPoolExecutor(max_workers=len(checks))
    running = {name: pool.submit(_verdict, check) for name, check in checks.items()}
    done, _late = wait(running.values(), timeout=deadline)
    pool.shutdown(wait=False)
    late = Health(ok=False, detail="no answer in time")
    return {name: future.result() if future in done else late for name, future in running.items()}


def _verdict(check: Callable[[], str]) -> Health:
    try:
        return Health(ok=True, detail=check())
    except NotReady as error:
        return Health(ok=False, detail=str(error))
    except Exception as error:  # any error is a result, and only its type is told
        return Health(ok=False, detail=type(error).__name__)


def _connections() -> str:
    """Checks that this process has free connections."""
    pools = [usage(alias) for alias in ALIASES]
    for pool in pools:
        if pool.is_exhausted and pool.waiting:
            raise NotReady(f"all {pool.most} in use, {pool.waiting} waiting")
    return f"{sum(pool.in_use for pool in pools)} of {sum(pool.most for pool in pools)} in use"


def _database() -> str:
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connections["default"].close()
    return "answers"


def _clock() -> str:
    """Checks that the host's clock agrees with the database's. With different clocks rights and sessions would end at
    the wrong moment."""
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs((timezone.now() - cursor.fetchone()[0]).total_seconds())
    finally:
        connections["default"].close()
    if apart > _CLOCKS_APART_SECONDS:
        raise NotReady(f"{apart:.0f} s from the database's")
    return "agrees with the database's"


def _valkey() -> str:
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as valkey:
        valkey.ping()
    return "answers"


def _identity_provider() -> str:
    published_keys(settings.OIDC_OP_JWKS_ENDPOINT, within=_IDENTITY_PROVIDER_SECONDS)
    return "publishes its keys"


def _register() -> str:
    ways = doors()
    for door in ways:
        status = register_answers(door, tokens(), within=_REGISTER_SECONDS / len(ways))
        if not status.ok:
            raise NotReady(status.detail)
    return "answers"


def _log() -> str:
    try:
        wrong = broken_rules("default")
    finally:
        connections["default"].close()
    if wrong:
        raise NotReady(", ".join(wrong))
    return "append-only"


CHECKS: dict[str, Callable[[], str]] = {
    "connections": _connections,
    "database": _database,
    "clock": _clock,
    "audit": _log,
    "register": _register,
    "valkey": _valkey,
    "identity_provider": _identity_provider,
}
