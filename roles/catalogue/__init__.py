"""The catalogue as data files a lawyer can read and review, and what reads them into the tables.

service_areas.toml holds the service areas; legal_bases/ one file per area, each table a legal basis under its key.
"""
