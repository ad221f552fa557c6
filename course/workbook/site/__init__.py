"""`course publier`: the notebooks as pages that any browser opens, from a disk too, without network or script.

    run       a notebook executed; its explorers become their first picture and their sentence
    formulas  LaTeX to MathML, which browsers read, and screen readers too
    page      cells to HTML
    publish   the folder: one page per notebook, and the list of them
"""
