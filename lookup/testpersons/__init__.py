"""The page Testpersoner: synthetic persons, found by their traits. The page exists only when TENOR_URL is set.

These persons exist in no real register, so the page asks no gate. Looking one of them up asks it, as for everybody.
"""
