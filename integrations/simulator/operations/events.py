"""The operations on events."""

from typing import Final

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.calls import Call
from integrations.simulator.problems import Answer, json_answer

_SEQUENCE_NUMBER: Final = 40241


class Events:
    """The feed and what it points at."""

    def latest(self, call: Call, _owner: str, _package: RightsPackage) -> Answer:
        call.allow()
        return json_answer({"sekvensnummer": _SEQUENCE_NUMBER})
