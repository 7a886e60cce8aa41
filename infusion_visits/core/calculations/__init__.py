"""Calculations of infusion nursing: pure functions on exact fractions, one module for each family.

Every result is a small frozen value with `.value` (unrounded), `.shown` (text by the display
rules), `.sentence` (how it came about, inputs with units) and `.formula` (name, version, source).
Nothing is rounded inside a chain; rounding is half up and happens only to what is shown. Inputs
outside a formula's domain raise `CannotBeWorkedOut` with words for the nurse.

Source: clinical reference, sections 8 and 11. A result supports a decision: the prescriber's order
and the agency's protocol win.
"""
