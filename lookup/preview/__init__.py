"""What a role shows before anybody holds it, and why somebody sees an element or does not. For administrators.

Nothing here asks the register: the persons are examples of ours, and nothing is stored.
"""
