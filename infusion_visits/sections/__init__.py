"""What a nurse fills at a visit, one folder each, always with the same files."""
