"""Keys as they come from outside."""

from uuid import UUID


def key_in(text: str) -> UUID | None:
    """None for what is no key, as for one that never was."""
    try:
        return UUID(text)
    except ValueError:
        return None
