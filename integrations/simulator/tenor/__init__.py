"""A stand-in for Tenor testdatasøk: finds synthetic persons by their traits, in Kibana's query language.

It follows contract section 5. Where that says nothing, the choices are ours and stricter than a search engine's: an
unknown field is an error, not a search without hits.
"""
