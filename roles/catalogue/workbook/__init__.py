"""Reads one sheet of plain cells out of an uploaded file, in a process of its own with a limit on time and memory.

Only what holds the cells is opened: the list of sheets, the shared texts, the formats of numbers and the sheet itself.
Whatever else a workbook may hold (drawings, links, comments, properties, macros) is never looked at, so nothing in it
can cost anything. Knows neither Django nor the catalogue: `python -m roles.catalogue.workbook` is the process,
roles.catalogue.uploads starts it.
"""
