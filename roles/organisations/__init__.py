"""Changes to organisations, and central user management."""
