"""The entrance of the web process: a request is read whole, in time and within a size, and few are answered at once."""
