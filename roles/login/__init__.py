"""How somebody comes in and goes out."""
