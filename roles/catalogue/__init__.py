"""The catalogue: data files that a lawyer can review, loading them into the tables, and import and export of workbooks.

service_areas.toml holds the service areas; legal_bases/ one file per area, each table a legal basis under its key.
"""
