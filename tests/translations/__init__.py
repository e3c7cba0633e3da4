"""The catalogues under locale/: what they are made of, how they are kept, and that they are whole."""
