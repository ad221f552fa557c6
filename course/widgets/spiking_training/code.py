"""The Python text that learns what the explorer has shown."""

from course.widgets.spiking_training.school import School


def code(school: School) -> str:
    """The same weights, the same batches, and the settings from the batch on where they were changed."""
    s, view = school.s, school.view
    changes = view.curves.settings if view else ()
    plan = ", ".join(f"{k}: {tuple(now)}" for k, now in changes)
    return "\n".join([
        "from course.widgets.spiking_training.learning import adopt, batches, begin",
        "from course.widgets.spiking_training.subject import Settings, Subject", "",
        f"s = Subject.checked({list(s.hidden)}, {s.seed})",
        f"reglages = {{{plan}}}  # dès le lot",
        "apprentissage = begin(s, Settings(*reglages[0]))",
        f"for k, (lignes, graine) in zip(range({school.batches}), batches(apprentissage)):",
        "    if k in reglages:",
        "        adopt(apprentissage, Settings(*reglages[k]))",
        "    resultat = apprentissage.step(lignes, graine)",
        "    print(k + 1, resultat.loss, resultat.right)",
        "",
    ])  # fmt: skip
