"""The pages that belong to no room of the house: the front page, help, accessibility, and what failed."""
