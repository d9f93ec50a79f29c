"""Documents from plain values: blocks in, PDF, Word, workbook or CSV out.

Nothing here knows a model, the database or the clock: the same blocks give the same bytes. What people
wrote travels as data and never becomes markup of a format.
"""
