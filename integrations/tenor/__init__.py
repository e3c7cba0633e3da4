"""Tenor testdatasøk: finding synthetic persons by what they are (contract section 5). Knows no Django.

Only synthetic persons are in it, so nothing here goes through the gate; it is set up where there are no others to find.
"""
