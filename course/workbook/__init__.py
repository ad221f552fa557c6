"""What turns solutions into labs, and labs into a student's workspace.

    build      `solutions/*.py` to notebooks and labs, and an edited notebook back to its source;
               with source, markers, rules, lab, notebook, edited: one step each, problems: its errors
    workspace  the student's own folder: labs are copied there, never written over
    maj        a new version of a lab joins what the student wrote; salvage reads whatever notebook they have
    launch     JupyterLab in French, on this machine alone

Nothing is imported here: each command loads what it uses.
"""
