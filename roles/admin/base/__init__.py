"""The parts that every page of the administration uses."""
