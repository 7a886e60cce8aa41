"""The infusion: what was prepared, every act on the rate with its time, and what was given."""
