"""The simulated people, and how they are made."""
