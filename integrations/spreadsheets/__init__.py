"""Workbooks and tables as files. Imports neither Django nor our other rooms."""
