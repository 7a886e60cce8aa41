"""Teaching: what was taught, to whom, how, and what they could show or say back."""
