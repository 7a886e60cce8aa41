"""Questions that need several sections, one module each; `everything` asks them all."""
