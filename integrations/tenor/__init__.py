"""Tenor testdatasøk: finds synthetic persons by their traits (contract section 5). Without Django.

It has only synthetic persons, so the gate is not asked. It is set up only where all persons are synthetic.
"""
