"""`explore_spiking_training()`: a spiking network learns digits while one looks, changes its settings, draws for it.

subject   the digits, the sizes, the settings; learning: the network, its trainer, one batch after the other
school    the thread on which it learns; drawing: a digit of one's own becomes pixels
acts      what one does; studio: the explorer that gives the orders
view      -> the scene; words -> the sentence; code -> the Python text
"""

from course import _check
from course.spiking import FAMILIES
from course.widgets.controls import Choice, Slider
from course.widgets.spiking_training.acts import pen, settle, verbs
from course.widgets.spiking_training.code import code
from course.widgets.spiking_training.school import School
from course.widgets.spiking_training.studio import Studio, computation
from course.widgets.spiking_training.subject import SIDE, WHERE, Subject
from course.widgets.spiking_training.view import scene
from course.widgets.spiking_training.words import describe

RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)
NAMES = {name: family.title for name, family in FAMILIES.items() if name != "leaky_relu"}
CURSOR = Slider("t", "le curseur de temps (ou le crayon, sur votre chiffre)", 0, 100, 1, "ms", 50)


def explore_spiking_training(
    hidden: int | list[int] = 100, surrogate: str = "super_spike", seed: int = 0
) -> Studio:
    """Loss, accuracy and confusion while it learns; the spikes of a digit in each layer, the membranes of the readout.

    Learning rate, surrogate, its scale and β change from the next batch on; « Recommencer » keeps the run before as a
    pale curve. Learning goes on in a thread of its own, on the extract of MNIST that comes with the course.

    Args:
        hidden: how many hidden neurons, or a list, one number per layer (three at most).
        surrogate: the one to begin with. seed: of the first weights and of the order of the pictures.

    Raises:
        ValueError: « explore_spiking_training.hidden : un entier de 1 à 400, …, reçu 0 ».
    """
    _check.one_of(f"{WHERE}.surrogate", surrogate, NAMES)
    s = Subject.checked(hidden, seed)
    school = School(s)
    studio = Studio(
        school, label="Explorateur d'un réseau à impulsions qui apprend. Touche\u00a0? pour la liste des touches.",
        controls=controls(surrogate), cursor=CURSOR, compute=computation(school), scene=scene, describe=describe,
        code=lambda values: code(school), verbs=verbs(school), pen=pen, settle=settle, wait=school.wait,
        arrows=lambda values: ("px", "py") if values["mode"] == "own" else None,
        apart=("run", "play", "target"),
        more={"run": 0, "play": False, "target": 0, "of": surrogate, "drawn": (), "down": False},
    )  # fmt: skip
    school.done = studio.hear
    return studio


def controls(surrogate: str) -> list:
    """In reading order: how it learns, then what is shown."""

    def given(values: dict) -> bool:
        return values["mode"] == "given"

    return [
        Choice("lr", "Pas d'apprentissage", tuple((str(lr).replace(".", ","), lr) for lr in RATES), 0.001, key="l"),
        Choice("surrogate", "Substitut", tuple((title, name) for name, title in NAMES.items()), surrogate, key="s"),
        Choice("mode", "Montrer", (("un chiffre donné", "given"), ("votre chiffre", "own")), "given", key="d"),
        Choice("digit", "Lequel", tuple((str(k), k) for k in range(10)), 7, key="n", shown=given),
        Slider("beta", "Persistance β", 0.5, 0.99, 0.01, value=0.9),
        Slider("scale", "Échelle du substitut", 0.05, 100, 0.05, value=FAMILIES[surrogate].default,
               finer=lambda values: 0.1 if values["scale"] >= 2 else 1.0),
        Slider("example", "Exemplaire", 1, 20, 1, value=1, shown=given),
        Slider("px", "Crayon, de gauche à droite", 0, SIDE, 1, value=SIDE / 2, shown=lambda values: False),
        Slider("py", "Crayon, de bas en haut", 0, SIDE, 1, value=SIDE / 2, shown=lambda values: False),
    ]  # fmt: skip
