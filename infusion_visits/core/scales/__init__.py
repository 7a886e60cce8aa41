"""Grading scales: plain values that lines, complications and vital signs may all use.

Each function takes what was seen (and the scales in force) and suggests; the nurse's own grade
always stands. Figures are data of `resources/clinical/scales.toml`. A grade is never compared with
a grade of another scale. Source of all: clinical reference section 3 and its vectors 3.11.
"""
