"""The order: its states, its lease, its doorbell, and who may see it."""
