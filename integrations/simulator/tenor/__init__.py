"""A stand-in for Tenor testdatasøk: finding synthetic persons by what they are, in Kibana's query language.

Contract section 5. Where that is silent the choices here are our own, and stricter than a search engine's: an unknown
field is an error, not a search without hits.
"""
