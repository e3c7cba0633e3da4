"""The accounts that can log in to the demo. The label of an account is the text of its button, its `sub` and its
name."""

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
