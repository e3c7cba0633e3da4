"""Every field that is read from one person's own document and events, by Tenor's name for it (contract section 5)."""

from typing import Final

from integrations.simulator.tenor.fields.addresses import ADDRESSES
from integrations.simulator.tenor.fields.events import EVENTS
from integrations.simulator.tenor.fields.family import FAMILY
from integrations.simulator.tenor.fields.identity import IDENTITY
from integrations.simulator.tenor.fields.kinds import Fields

OWN_FIELDS: Final[Fields] = IDENTITY | ADDRESSES | FAMILY | EVENTS
