"""How the simulated people are kept, found and cut out."""
