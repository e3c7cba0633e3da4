"""Access tokens from Maskinporten, for any outside party that wants one."""
