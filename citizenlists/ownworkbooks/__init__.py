"""What does the file look like in an organisation's own workbook? Uploaded by its administrators, filled in by the
worker."""
