"""Keys of rows, as they come from a form or an address."""

from uuid import UUID


def key_in(text: str) -> UUID | None:
    """The key in the text; None when the text is no UUID. Callers answer that as they answer an unknown key."""
    try:
        return UUID(text)
    except ValueError:
        return None
