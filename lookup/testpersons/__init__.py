"""The page Testpersoner: synthetic persons by what they are. It is there only where there is a Tenor to search in.

Whom it shows exists in no register of people, so it asks no gate; looking one of them up does, as for everybody.
"""
