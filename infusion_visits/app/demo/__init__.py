"""The demo agency: made through the program's own actions, the same from the same seed and day."""
