"""What a role opens and what address protection closes. Pure: no Django, no model, no clock."""
