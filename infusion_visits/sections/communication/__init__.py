"""Communication: who was told or asked, what came back, and orders taken by word of mouth."""
