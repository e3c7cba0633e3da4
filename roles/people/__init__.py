"""Employees, groups, administrators and their open sessions. roles.login imports this room, never the other way
round."""
