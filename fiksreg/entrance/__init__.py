"""How a request gets in: read whole and in time, of a size we take, and only as many at once as can be answered."""
