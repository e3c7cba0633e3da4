"""Date formats for languages where Django's own do not fit (setting FORMAT_MODULE_PATH)."""
