"""Plain values that every floor may use: fields, cells, marks, findings, blocks, units, clock, ids."""
