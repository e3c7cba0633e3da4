"""The worker's part: building the list of one order."""
