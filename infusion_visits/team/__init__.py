"""The agency, its members and their keys, and what the agency has chosen."""
