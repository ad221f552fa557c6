"""A student's notebook, run and judged: by the student before handing in, by the instructor for a class.

The notebook runs in a process of its own; it is judged in another one, which alone knows what is expected. The
functions of the notebook are called through a pipe, on inputs drawn for the occasion.

    inside/   what runs beside the student's code: nothing there knows an answer
    cells     which cells of a notebook an answer depends on
    process   the notebook's process: its limits, and the messages to it
    sandbox   what a notebook cannot do on this machine, proved by trying
    session   the notebook run cell by cell; each answer judged when it is checked
    lending   the course's solutions, lent to go on, and what is done with them; `borrowed` reads the source
    results   a notebook to its results, exercise by exercise
    checking  `course verifier`: what is right, and what is missing
    handing   `course rendre`: one file to hand in
    worker    one submission judged in a process of its own, to a record
    grading   `course noter`: a folder of submissions, with tables (the marks), pages (what is read),
              anonymous (numbers for names)
    nbgrader/ a class that lives on nbgrader: TD, submissions and marks go there and come back
"""
