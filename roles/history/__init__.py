"""What was changed in a role, an employee, an organisation …: read from the log, in words. Never about citizens."""
