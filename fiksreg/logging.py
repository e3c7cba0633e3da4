"""The service log: one JSON object per line, with the id of the request or the order it is about.

No personal data is logged, so nothing needs masking.
"""

from typing import Any

import structlog
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars, merge_contextvars
from structlog.typing import EventDict, Processor, WrappedLogger

#: Loggers that stay at a fixed level, whatever the root level is. They write full URLs (the register's hold identity
#: numbers), or the content of a page (a template tells its whole context when a field is missing), or each use of a
#: connection.
TELLTALE_LOGGERS = ("httpx", "httpcore", "urllib3", "requests", "hpack", "django.template", "psycopg.pool")


#: The log level by the value of the environment variable; INFO when it is not set.
LEVELS = {"": "INFO", **{level: level for level in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")}}


def begin_request(request_id: str) -> None:
    """From now on every log line of this thread has this request id, and nothing from the request before.

    It is not removed after the answer, because Django logs the answer after all middleware.
    """
    clear_contextvars()
    bind_contextvars(request_id=request_id)


def current_request_id() -> str:
    """The id of the request that this thread handles; "" outside a request."""
    return str(get_contextvars().get("request_id", ""))


def drop_paths(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A structlog processor that removes the path from Django's lines, because a client may send anything in it. Our
    own line has the route."""
    event.pop("request", None)
    if str(event.get("logger", "")).startswith(("django.request", "django.security")):
        event["event"] = str(event["event"]).partition(": ")[0]
    return event


def _shared_processors() -> list[Processor]:
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        merge_contextvars,
    ]


def logging_config(*, level: str) -> dict[str, Any]:
    """Django's LOGGING: all loggers write JSON lines to standard error."""
    # Once: loggers that are in use keep the processors they began with.
    if not structlog.is_configured():
        structlog.configure(
            processors=[*_shared_processors(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
            logger_factory=structlog.stdlib.LoggerFactory(),
            wrapper_class=structlog.stdlib.BoundLogger,
            cache_logger_on_first_use=True,
        )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": _shared_processors(),
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            drop_paths,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {name: {"level": "WARNING"} for name in TELLTALE_LOGGERS},
    }
