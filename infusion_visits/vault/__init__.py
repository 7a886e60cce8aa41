"""Pure cryptography: keys from passphrases, keys wrapped in keys, signatures. Knows no record."""
