"""`make demo`: everything on one machine, with synthetic persons and made-up secrets. Never used by an installation."""
