"""`course verifier`: what a student reads before handing in."""

import pytest

from course import cli
from course._install import Obstacle
from course.grading import checking
from course.grading.process import Limits
from course.workbook import workspace
from tests.grading.submissions import answered, bytes_of


def saved(folder, answers) -> None:
    workspace.prepare(folder)
    (folder / "TD04_taux_de_decharge.ipynb").write_bytes(bytes_of(answered(answers)))


def test_what_is_right_and_what_is_missing(tmp_path, capsys):
    saved(tmp_path / "cours", {
        "04.1": "return r_max * (1 + np.tanh(kappa * (I - I_half))) / 2",
        "04.2": "return I_half + kappa * np.arctanh(2 * r / r_max - 1)",
        "04.1x": "# La pente est plus raide.",
    })
    assert cli.main(["verifier", "TD04", "--dossier", str(tmp_path / "cours")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "TD04_taux_de_decharge"
    assert said[1] == "  ● 04.1  La fonction de transfert — réussi"
    assert said[2] == "  ◑ 04.2  Quel courant pour ce taux\u00a0? — presque"
    assert said[3].strip().endswith("Pour revenir en arrière, il faut diviser.")
    assert "  ✎ 04.1x  Question ouverte — par l'enseignant" in said
    assert "1\u00a0point sur " in said[-3]
    assert said[-2].startswith("Sans réponse\u00a0: 04.3, 04.4, 04.5,")
    assert said[-1] == "Les réponses rédigées (✎) seront lues par votre enseignant."


def test_what_cannot_be_checked_is_refused(tmp_path):
    workspace.prepare(tmp_path)
    with pytest.raises(Obstacle, match=r"Il n'y a pas de TD77 \(TD connus\u00a0: TD00, TD01"):
        checking.verify(tmp_path, "77")
    (tmp_path / "TD04_taux_de_decharge.ipynb").unlink()
    with pytest.raises(Obstacle, match="n'est pas dans"):
        checking.verify(tmp_path, "TD04")


def test_memory_has_a_limit(tmp_path):
    """An answer that asks for too much fails, the others count."""
    saved(tmp_path, {
        "04.1": "return r_max * (1 + np.tanh(kappa * (I - I_half))) / 2", "04.2": "return [np.ones(2**33)]",
    })
    said = "\n".join(checking.verify(tmp_path, "04", Limits(memory=2 * 2**30)))
    assert "● 04.1 " in said
    assert "✕ 04.2 " in said
    assert "mémoire" in said
