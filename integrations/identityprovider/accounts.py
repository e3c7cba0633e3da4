"""Who can log in to the demo. An account's label is its button, its `sub` and its name alike."""

ACCOUNTS = (
    "Saksbehandler barnehage",
    "Saksbehandler helse",
    "Rolleadministrator",
    "Virksomhetsadministrator",
    "Personvernombud",
    "Sentral administrator",
    "Nyansatt",
    "Saksbehandler nabokommune",
)
