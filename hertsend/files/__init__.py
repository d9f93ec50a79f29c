"""Files that people hand in: what they are is found in their content, and they lie outside the web.

Knows no model. ``store.receive`` is the one way in: it names, sizes, reads and places a file, or
says in a sentence why it is not kept.
"""
