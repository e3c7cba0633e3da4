"""The administration: roles and who holds them, each administrator in their own organisation. No person data here."""
