"""Keys that checkpoints are signed with."""

import base64
import secrets

from roles.audit.signing import public_key_of


def new_keys() -> tuple[str, str]:
    """A new private key and the public one that goes with it."""
    private = base64.b64encode(secrets.token_bytes(32)).decode()
    return private, public_key_of(private)
