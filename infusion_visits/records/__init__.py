"""The encrypted record: how rows are kept, changed, frozen, watched and moved between versions."""
