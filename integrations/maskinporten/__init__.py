"""Access tokens of Maskinporten, as any outside party may ask for them."""
