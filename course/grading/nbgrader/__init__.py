"""A class that lives on nbgrader keeps its habits: TD, submissions and marks go there and come back.

    assignment   `course exporter-nbgrader`: a TD as the source that nbgrader makes its release from
    submissions  `course importer-nbgrader`: what students handed in there, as `course noter` reads it
    gradebook    `course notes-nbgrader`: our `notes.csv` and the file of `nbgrader export`, one to the other

nbgrader itself is never imported: its format is its own documented metadata, and the tests hold the two together.
nbgrader runs and marks a notebook in one process, without a sandbox: what it promises is nbgrader's.
"""
