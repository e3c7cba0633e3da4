"""What happens to the people of the simulated register as days pass."""
