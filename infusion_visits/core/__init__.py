"""Plain values that every floor may use: fields, cells, findings, blocks, units, clock, ids."""
