"""What stands in the administration."""
