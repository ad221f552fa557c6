"""A small project for the tests of the build: one source, written in a folder of its own."""

import json
from pathlib import Path

HEADER = """\
# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# Un commentaire d'auteur, à garder.
"""

SOURCE = (
    HEADER
    + '''
# %% [markdown] id="titre"
# # TD07 — L'été des neurones
#
# Une promesse : $E = mc^2$, « à vérifier ».

# %% id="imports"
# %matplotlib inline
import numpy as np

# %% id="droite-coder" exercise="07.1" points=2
def droite(x, a):
    """La droite de pente a.

# %% [markdown] id="ceci-est-du-texte"
    """
    ### BEGIN SOLUTION
    y = a * x + 4
    return y
    ### END SOLUTION


# %% id="droite-verifier"
droite = exercise("07.1").check(droite)

# %% [markdown] id="droite-expliquer" exercise="07.1x" manual=true points=0.5
# ## Expliquer
#
# ### BEGIN SOLUTION
# Parce que la droite ne passe pas par zéro.
# ### END SOLUTION

# %% id="professeur" tags=["solution"]
exercise("07.1").solution()

# %% [raw] id="brut"
# <b>brut</b>

# %% id="fin" tags=["nbval-skip"]
valeur = droite(np.arange(3), a=2)  # %% un commentaire
'''
)


def project(folder: Path, source: str = SOURCE, name: str = "TD07_droite") -> Path:
    """The root of a project with one source."""
    (folder / "solutions").mkdir(exist_ok=True)
    (folder / "solutions" / f"{name}.py").write_text(source, encoding="utf-8", newline="\n")
    return folder


def page(root: Path, folder: str, name: str = "TD07_droite") -> dict:
    """A notebook of the project."""
    return json.loads((root / folder / f"{name}.ipynb").read_text(encoding="utf-8"))


def cell(notebook: dict, id: str) -> dict:
    """Its cell of this id."""
    return next(c for c in notebook["cells"] if c["id"] == id)


def text(notebook: dict, id: str) -> str:
    """The text of its cell of this id."""
    return "".join(cell(notebook, id)["source"])
