"""What a worker does to one order."""
