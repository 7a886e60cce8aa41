"""The one file of a note: pages with their tree, what is inside, what the file says of itself."""
