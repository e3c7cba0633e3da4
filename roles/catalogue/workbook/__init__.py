"""Reads one sheet of plain cells from an uploaded file, in a process of its own with limits on time and memory.

Only the parts that hold the cells are opened: the list of sheets, the shared texts, the number formats and the sheet
itself. Other content of a workbook (drawings, links, comments, properties, macros) is never opened. The package knows
neither Django nor the catalogue. `python -m roles.catalogue.workbook` is the process; roles.catalogue.uploads starts
it.
"""
