"""What every page of the administration is made of."""
