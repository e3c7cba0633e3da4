"""An identity provider for the demo and the tests: a real OpenID Connect code flow, a button for each account.

It is oidc-provider-mock with a client that is known beforehand and pages of our own. It proves nothing about anybody:
loopback only, and never a part of an installation.
"""
