"""The operations on extract jobs."""

from dataclasses import dataclass

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.calls import Call, check_json
from integrations.simulator.doors.extracts import Extracts
from integrations.simulator.problems import Answer, invalid, json_answer
from integrations.simulator.register.criteria import extract_criteria
from integrations.simulator.register.register import Register


@dataclass(frozen=True, slots=True)
class ExtractJobs:
    """The orders of jobs, and their batches."""

    register: Register
    extracts: Extracts

    def order(self, call: Call, owner: str, package: RightsPackage) -> Answer:
        call.allow()
        check_json(call)
        criteria = extract_criteria(call.body())
        return json_answer({"jobbId": self.extracts.order(owner, self.register.extract(package, criteria))})

    def batch(self, call: Call, owner: str, _package: RightsPackage, job: str, batch: str) -> Answer:
        call.allow()
        if not (batch.isascii() and batch.isdigit()):
            raise invalid("Ugyldig batchnummer.")
        numbers = self.extracts.batch(owner, job, int(batch))
        return json_answer({"foedselsEllerDNummer": numbers} if numbers else {})
