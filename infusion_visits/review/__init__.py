"""The coordinator's inbox: notes come in, are checked and read; approved or returned."""
