"""What is known of the therapies that are given at home, and how they are usually ordered."""
