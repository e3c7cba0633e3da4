"""Reads an uploaded workbook, in a process of its own with limits on time and memory, and makes a shell of it.

The shell is the workbook as openpyxl writes it anew: sheets, styles, pictures and page setup, without macros, formulas,
links to other files, charts and names. In place of the row of columns it has two model rows, which stream.py replaces.
`python -m citizenlists.ownworkbooks.reading` is the process. The package knows no Django.
"""
