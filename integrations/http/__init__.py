"""Common code for asking every outside party over HTTP: errors, deadlines, retries, a circuit breaker and a quota."""
