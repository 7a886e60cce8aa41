"""Qt that knows fields and blocks, and nothing of nursing: look, editors, forms, drawings."""
