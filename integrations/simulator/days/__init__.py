"""What happens in the simulated register as days pass."""
