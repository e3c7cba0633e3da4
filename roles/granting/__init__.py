"""Roles made, changed and given: each change atomic, checked against what the administrator looks after, and logged."""
