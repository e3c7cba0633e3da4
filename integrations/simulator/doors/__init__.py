"""What the simulated register answers over HTTP, and what tests may order."""
