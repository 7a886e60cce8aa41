"""The clinical reference as test cases: every row and worked example runs against the real rules.

`reference.md` is the clinical reference as it was handed to the project, byte for byte. `rows.py`
takes it apart into rows with an address, `<section>/<key>`:

    1.2/infliximab      a table row, by the first word of its first cell
    3.7/example 7       a row of the worked examples of NEWS2
    8.1/2               the second worked example of 8.1 (pieces between " · ")
    8.1/rule            the formula of 8.1 itself
    3.6/line 4          a line of a fenced block
    11/14               a numbered trap
    7.7/text 1          a line of prose

`python -m tests.clinical_reference rows 8.1` lists the rows of a section with their text.

A **case** is one table in `cases/*.toml`, a file for each section:

    [[case]]
    row = "8.1/1"
    quote = "250 mL/120 min → 125"      # must stand verbatim in that row (a list: each of them)
    kind = "pump rate"                  # which runner drives the program
    given = { volume_ml = 250, minutes = 120 }
    expect = { shown = "125 mL/h" }

`kind` names a function of `runners/*.py` marked `@kind("pump rate")`. It takes `Given`, drives the
REAL code of the program and returns what came out; each key of `expect` is compared with it. Every
key of `given` must be used, so that a misspelt one fails. Figures compare as numbers (37.0 is 37),
texts with a no-break space as a space, lists one by one; "none" stands for None.

Every figure in `expect` must appear in the text of the row, so that none is retyped wrongly; a
figure that follows from the row without standing in it is allowed with
`derived = "why it may differ from the text"`.

For rows that are data there are two runners without code of their own:

    kind = "catalogue entry"            # exact values at a place of resources/clinical/*.toml
    given = { catalogue = "home_assessment", at = ["item", "number=12"] }
    expect = { severity = "plan", fails_above = 8 }

    kind = "catalogue words"            # words that the entry holds somewhere, whatever their case
    given = { catalogue = "complications", at = ["complication", "key=infiltration"] }
    expect = { has = ["elevate", "compress"] }

A row that no rule of the program can embody is listed in `cases/not_covered.toml` with its reason.
`python3 packaging/bootstrap.py reference` prints what is covered and ends with 1 while a row has
neither a case nor a reason.
"""
