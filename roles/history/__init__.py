"""The history of a role, an employee, an organisation and so on: its changes, read from the audit log and put into
words. It holds nothing about citizens."""
