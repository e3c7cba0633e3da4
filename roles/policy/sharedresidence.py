"""A shared residence (delt bosted) counts only during its agreement, also when the register calls it current. Pure.

Source: the register's startdatoForKontrakt (always given) and sluttdatoForKontrakt; both days belong to the agreement.
"""

from datetime import date
from enum import StrEnum

from integrations.folkeregisteret.documents import DeltBosted


class Agreement(StrEnum):
    """Where a day lies in relation to an agreement. An agreement without a first day has begun."""

    TO_COME = "to come"
    IN_FORCE = "in force"
    OVER = "over"


def agreement_on(day: date, entry: DeltBosted) -> Agreement:
    """Whether the agreement of this entry is in force on this day."""
    if entry.sluttdatoForKontrakt and entry.sluttdatoForKontrakt < day:
        return Agreement.OVER
    if entry.startdatoForKontrakt and entry.startdatoForKontrakt > day:
        return Agreement.TO_COME
    return Agreement.IN_FORCE
