"""The parts of OpenID Connect that we ask the identity provider for ourselves. The login library does the rest. Without
Django."""
