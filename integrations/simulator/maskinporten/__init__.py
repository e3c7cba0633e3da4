"""A stand-in for Maskinporten: a signed grant in, a short-lived token for one or more scopes out.

Errors have Maskinporten's own shape, with its codes (Digdir's page on troubleshooting). It is stricter than the real
one in two things: a grant needs an id of its own, and no claim that names a resource.
"""
