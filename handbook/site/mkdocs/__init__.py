"""The only room that knows MkDocs: its plugin, the pages that it is given, and what its server does differently."""
