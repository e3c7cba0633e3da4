"""An identity provider for the demo and the tests: a real OpenID Connect code flow, with a button for each account.

It is oidc-provider-mock with one known client and pages of our own. It authenticates nobody: it listens on loopback
only and is never part of an installation.
"""
