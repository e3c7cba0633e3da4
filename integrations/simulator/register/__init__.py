"""How the simulated people are stored, found and returned in parts."""
