"""What is changed in an organisation."""
