"""The floor that knows everyone: the window, the commands, settings, the schema, the runner."""
