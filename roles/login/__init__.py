"""Login and logout through the identity provider, the break-glass account, and the choice of role."""
