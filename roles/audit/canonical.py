"""The bytes of an entry that are hashed: JSON with sorted keys and no spaces, in UTF-8. They are made once and
stored."""

import json
import re
from collections.abc import Mapping, Sequence

from integrations.folkeregisteret.identifiers import without_numbers
from roles.actors import Actor
from roles.audit.entries import JSON, Entry

VERSION = 1
# Replaces a national identity number: people sometimes type one into a purpose or a reason.
_INSTEAD = "[nummer]"
# Our own hashes and ids are left as they are: eleven digits may occur in one by chance, and an altered one is useless.
_OURS = re.compile(r"[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Characters that PostgreSQL cannot store. They are replaced, so that no entry is lost because of one.
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


def canonical(entry: Entry) -> str:
    """The entry's body as JSON. Empty fields are left out; the subjects are stored beside the body, not in it."""
    fields = {name: value for name, value in _fields(entry).items() if value not in (None, "", [], {})}
    return json.dumps(_safe(fields), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _fields(entry: Entry) -> dict[str, JSON]:
    return {
        "v": VERSION,
        "event": entry.event.value,
        "actor": _actor(entry.actor),
        "on_behalf_of": _actor(entry.on_behalf_of),
        "organisation": _text(entry.organisation_id),
        "role": _text(entry.role_id),
        "service_area": entry.service_area,
        "legal_bases": sorted(entry.legal_bases),
        "use": entry.use,
        "intent": _text(entry.intent_id),
        "purpose": entry.purpose,
        "criteria": dict(entry.criteria),
        "elements_asked": sorted(entry.elements_asked),
        "elements_delivered": sorted(entry.elements_delivered),
        "flags": sorted(entry.flags),
        "outcome": _text(entry.outcome),
        "request": entry.request_id,
        "details": dict(entry.details),
    }


def _actor(actor: Actor | None) -> JSON:
    return None if actor is None else {"kind": actor.kind, "id": actor.id, "label": actor.label}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _safe(value: JSON) -> JSON:
    if isinstance(value, str):
        return _safe_text(value)
    if isinstance(value, Mapping):
        return {_safe_text(key): _safe(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_safe(item) for item in value]
    return value


def _safe_text(text: str) -> str:
    return text if _OURS.fullmatch(text) else _UNKEEPABLE.sub("\ufffd", without_numbers(text, _INSTEAD))
