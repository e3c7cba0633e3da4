"""How dates are written, where Django's own way does not do (setting FORMAT_MODULE_PATH)."""
