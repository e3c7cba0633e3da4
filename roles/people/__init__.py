"""Who there is: employees, groups, administrators and their open sessions. Login uses people, never the other way."""
