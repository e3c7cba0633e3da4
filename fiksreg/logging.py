"""One JSON object per log line, each with the id of the request or of the order it is about.

Nothing personal is logged, so nothing is masked.
"""

from typing import Any

import structlog
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars, merge_contextvars
from structlog.typing import EventDict, Processor, WrappedLogger

#: They write full URLs, and the register's URLs hold identity numbers, or what stands on a page (a template that looks
#: for a field in vain tells all there is instead), or each loan of a connection: pinned, whatever the root level is.
TELLTALE_LOGGERS = ("httpx", "httpcore", "urllib3", "requests", "hpack", "django.template", "psycopg.pool")


#: How much is said, by what the environment says; as usual where it says nothing.
LEVELS = {"": "INFO", **{level: level for level in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")}}


def begin_request(request_id: str) -> None:
    """From now on each line of this thread carries the id, and nothing of the request before.

    Not taken back when the answer is made: Django logs what it answered when every middleware is done.
    """
    clear_contextvars()
    bind_contextvars(request_id=request_id)


def current_request_id() -> str:
    """The id of the request this thread is answering, "" outside one."""
    return str(get_contextvars().get("request_id", ""))


def drop_paths(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Structlog processor: takes the path, whatever somebody sent, off Django's lines. Ours has the route."""
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
    """Django's LOGGING: everything to standard error as JSON lines."""
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
