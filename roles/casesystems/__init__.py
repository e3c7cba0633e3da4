"""Case systems (integrations): made and changed, and the sheet that their vendor gets."""
