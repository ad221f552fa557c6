"""Submissions of TD04 with the marks each deserves: right, partly right, wrong by one idea, hostile, damaged.

    case      what a submission is, and what is expected of it
    right     five differently written answers, whole and partial notebooks
    wrong     each misconception of two exercises, and the usual slips
    stealing  full marks without the work
    breaking  harm to the machine, to the grading, or to the pages
    damaged   what happens to honest files
"""
