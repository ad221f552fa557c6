"""`course maj`: a new version of a lab, and what the student wrote in the old one, in one notebook.

    lines         three versions of one text become one, or are said to disagree
    counterparts  which cell is which, in the version given, the student's and the new one
    merge         the three notebooks become one; what was done, cell by cell
    telling       what was done, in French
    command       the files: copies first, then the merged notebooks
"""
