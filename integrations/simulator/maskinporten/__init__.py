"""A stand-in for Maskinporten: takes a signed grant and returns a short-lived token for one or more scopes.

Errors have Maskinporten's own shape and codes (Digdir's page on troubleshooting). The stand-in is stricter in two ways:
a grant needs an id of its own, and no claim may name a resource.
"""
