"""`explore_gan()`: two networks play against each other while one looks, and changes the rules.

subject   the digits, the sizes, the settings; lessons: one run and its moments; school: the thread on which it learns
studio    the explorer that gives the orders, and what one does
view      -> the scene; words -> the sentence and the Python text
"""

from course import _check
from course.widgets.controls import Choice, Slider
from course.widgets.gan.school import School
from course.widgets.gan.studio import Studio, computation, settle, verbs
from course.widgets.gan.subject import WHERE, Subject
from course.widgets.gan.view import scene
from course.widgets.gan.words import code, describe

RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03)
PENALTIES = {"none": "rien", "spectral": "norme spectrale", "gradient": "pénalité de gradient"}


def explore_gan(hidden: int | list[int] = 256, penalty: str = "none", seed: int = 0) -> Studio:
    """The two losses, whom the judge believes, the same codes drawn again, the digits that are drawn.

    The rate and the judge's share of it change from the next batch on; another penalty begins again. The cursor goes
    back to an earlier moment. Learning goes on in a thread of its own, on the extract of MNIST of the course.

    Args:
        hidden: neurons of the generator's hidden layer, or a list; the judge has them in the reverse order.
        penalty: what keeps the judge from becoming too steep: « none », « spectral » or « gradient ».
        seed: of the first weights, of the codes, of the order of the pictures.

    Raises:
        ValueError: « explore_gan.hidden : un entier d'au moins 1, reçu 0 ».
    """
    _check.one_of(f"{WHERE}.penalty", penalty, PENALTIES)
    s = Subject.checked(hidden, seed)
    school = School(s)
    studio = Studio(
        school, label="Explorateur de deux réseaux adversaires. Touche\u00a0? pour la liste des touches.",
        controls=[
            Choice("lr", "Pas d'apprentissage", tuple((str(lr).replace(".", ","), lr) for lr in RATES), 0.001, key="l"),
            Choice("penalty", "Retenir le juge", tuple((title, name) for name, title in PENALTIES.items()), penalty,
                   key="p"),
            Slider("ratio", "Pas du juge, en pas du générateur", 0.1, 5, 0.1, value=1.0),
        ],
        cursor=Slider("t", "le moment montré (tout à droite\u00a0: le dernier)", 0, s.last, s.every, "lots", s.last),
        compute=computation(school), scene=scene, describe=describe, code=lambda values: code(school),
        verbs=verbs(school), settle=settle, wait=school.wait, apart=("run", "play", "target", "of"),
        more={"run": 0, "play": False, "target": 0, "of": penalty},
    )  # fmt: skip
    school.done = studio.hear
    return studio
