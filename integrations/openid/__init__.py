"""The identity provider, as far as we ask it ourselves. The login library asks for the rest. Knows no Django."""
