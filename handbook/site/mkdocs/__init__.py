"""What MkDocs is told besides its hooks: how pages are rendered, and what the folder that it serves holds.

With `macros.py`, these modules are all that knows MkDocs.
"""
