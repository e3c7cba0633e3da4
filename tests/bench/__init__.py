"""`make bench`: what the product costs, each figure beside the floor it was measured against in the same run."""
