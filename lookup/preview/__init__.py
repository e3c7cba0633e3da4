"""What a role would show before anybody holds it, and why an employee sees an element or not. For administrators.

The register is not asked: the persons are our own examples. Nothing is stored.
"""
