"""The plan file (``docs/plan-file.md``): read and checked, held against the database, and written.

``reading`` gives a document without faults or raises; ``stored`` gives the same document back from
the database. Both pass through the rows of ``rows``, so that an import writes only differences.
"""
