"""The clinical catalogues: read, changed by an agency's own file, checked and shown."""
