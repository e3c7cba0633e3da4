"""The policy: which elements a role opens, and what address protection hides. Pure: no Django, no model, no clock."""
