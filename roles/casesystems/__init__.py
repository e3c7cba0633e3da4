"""Case systems (integrations): changes to them, and the information sheet for their supplier."""
