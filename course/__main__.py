# -*- coding: utf-8 -*-
"""`python -m course`: the first run prepares its own environment, then the command is handed over.

This file and `course/__init__.py` keep to a syntax that every Python reads, even Python 2, so that an old one
prints a sentence and not a SyntaxError; the standard library is enough for everything up to the hand-over.
"""

import os
import sys

OLDEST = (3, 11)
NEWEST = (3, 13)
# The CPU build of PyTorch saves several GB on Linux without an NVIDIA card.
TORCH_CPU = "https://download.pytorch.org/whl/cpu"


def wrong_python(version):
    """The French sentence for a Python that is too old or too new, nothing for a right one."""
    if OLDEST <= tuple(version[:2]) <= NEWEST:
        return ""
    found = "%d.%d" % (version[0], version[1])
    wanted = "%d.%d à %d.%d" % (OLDEST + NEWEST)
    sentence = "Le cours demande Python %s\u00a0; celui-ci est Python %s (%s)." % (
        wanted, found, sys.executable)
    other = right_python()
    if other:
        return sentence + "\nVous en avez un autre. Lancez\u00a0: %s -m course" % other
    return sentence + "\nInstallez Python %d.%d, puis relancez la commande avec lui." % NEWEST


def right_python():
    """The name of a suitable Python found on the PATH, nothing without one."""
    if os.name == "nt":
        return ""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        name = "python3.%d" % minor
        # a version manager may put a name on the PATH that does not run: it is tried
        if os.system(name + ' -c "" >/dev/null 2>&1') == 0:
            return name
    return ""


def write(sentence):
    """Print on the error stream, whatever the Python and whatever the terminal can show."""
    stream = getattr(sys.stderr, "buffer", sys.stderr)
    if sys.version_info[0] == 2:
        text = sentence.replace("\\u00a0", "\xc2\xa0")
    else:
        text = sentence.encode(sys.stderr.encoding or "utf-8", "replace")
    stream.write(text + "\n".encode("ascii"))
    stream.flush()


def main():
    sentence = wrong_python(sys.version_info)
    if sentence:
        write(sentence)
        return 1
    from course import _environment
    return _environment.start(sys.argv[1:], TORCH_CPU)


if __name__ == "__main__":
    sys.exit(main())
