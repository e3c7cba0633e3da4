"""Workbooks and tables as files. Knows neither Django nor us."""
