"""Laboratory: samples drawn, how they left the home, and results that came back."""
