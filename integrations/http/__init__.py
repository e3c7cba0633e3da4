"""Common ground for every outside party: one family of errors, deadlines, retries, a breaker and a quota."""
