"""The commands, in French: open the course, show the progress, build the notebooks, run the tests.

Imports nothing outside the standard library until a command runs: `python -m course --help` answers before
the environment exists.
"""

import argparse
import sys
from pathlib import Path

import course
from course import cli_teaching
from course._install import Obstacle

FRENCH = {
    "usage: ": "Usage\u00a0: ",
    "options": "options\u00a0",
    "positional arguments": "arguments\u00a0",
    "show this help message and exit": "afficher cette aide",
    "unrecognized arguments: %s": "argument inconnu\u00a0: %s",
    "expected one argument": "une valeur est attendue",
    "not allowed with argument %s": "incompatible avec %s",
    "the following arguments are required: %s": "il manque\u00a0: %s",
    "invalid choice: %(value)r (choose from %(choices)s)":
        "%(value)s n'est pas une commande (choix\u00a0: %(choices)s)",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s\u00a0: %(message)s",
    "%(prog)s: error: %(message)s\n": "%(message)s\n",
}
# argparse passes every text it shows through this one function
argparse._ = lambda text: FRENCH.get(text, text)


def port(text: str) -> int:
    """A TCP port; 0 lets the system choose."""
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"un port entre 0 et 65535, reçu {text!r}")
    return int(text)


def parse(argv: list[str]) -> argparse.Namespace:
    """What was asked: `options.run(options)` does it, with the packages of `options.extra`."""
    parser = argparse.ArgumentParser(
        prog="course", allow_abbrev=False,
        description="Sans commande\u00a0: ouvrir le cours dans JupyterLab.",
    )
    parser.add_argument("--version", action="version", version=f"course {course.__version__}",
                        help="afficher la version")
    parser.add_argument("--no-browser", action="store_true", help="ne pas ouvrir de navigateur")
    parser.add_argument("--port", type=port, default=8888, metavar="N",
                        help="port du serveur (8888)\u00a0; le suivant s'il est pris")
    folder = {"type": Path, "metavar": "CHEMIN", "help": "votre dossier de travail (cours-neurones)"}
    parser.add_argument("--dossier", **folder)
    parser.set_defaults(run=open_course, extra="")
    commands = parser.add_subparsers(title="commandes\u00a0", metavar="COMMANDE", dest="command")

    progress = commands.add_parser("progres", help="afficher l'avancement des exercices")
    progress.add_argument("--dossier", default=argparse.SUPPRESS, **folder)
    progress.set_defaults(run=show_progress)

    newer = commands.add_parser("maj", help="mettre vos TD à jour sans rien perdre de ce que vous avez écrit")
    newer.add_argument("--dossier", default=argparse.SUPPRESS, **folder)
    newer.set_defaults(run=update_labs)

    check = commands.add_parser("verifier", help="vérifier un TD comme il sera noté, et dire ce qui manque")
    give = commands.add_parser("rendre", help="faire d'un TD un seul fichier, à rendre")
    for one, run in ((check, check_lab), (give, hand_in)):
        one.add_argument("td", metavar="TD", help="le TD\u00a0: TD04")
        one.add_argument("--dossier", default=argparse.SUPPRESS, **folder)
        one.set_defaults(run=run)
    give.add_argument("--nom", default="", help="votre nom, pour celui du fichier")

    grade = commands.add_parser("noter", help="noter un dossier de rendus, chacun dans un bac à sable")
    grade.add_argument("rendus", type=Path, metavar="DOSSIER", help="un fichier ou un dossier par étudiant")
    grade.add_argument("--td", required=True, metavar="TD", help="le TD\u00a0: 04")
    grade.add_argument("--sortie", type=Path, required=True, metavar="CHEMIN", help="où écrire les notes")
    grade.add_argument("--sans-bac-a-sable", action="store_true", help="même sans protection\u00a0: à vos risques")
    grade.add_argument("--anonyme", action="store_true",
                       help="des copies numérotées\u00a0; les noms à part, dans correspondance.csv")
    grade.set_defaults(run=grade_class)

    cli_teaching.add(commands)

    data = commands.add_parser("donnees", help="dire quels jeux de données sont ici, en apporter un")
    data.add_argument("--telecharger", metavar="NOM", help="apporter ce jeu de données, en entier")
    data.add_argument("--dossier", type=Path, default=argparse.SUPPRESS, metavar="CHEMIN",
                      help="dans ce dossier (une clé USB, par exemple), au lieu du cache")
    data.set_defaults(run=show_data)

    build = commands.add_parser("construire", help="refaire les carnets à partir de solutions/*.py")
    way = build.add_mutually_exclusive_group()
    way.add_argument("--verifier", action="store_true", help="comparer sans rien écrire")
    way.add_argument("--depuis-carnet", metavar="NOM",
                     help="reporter dans la source ce qui a été changé dans solutions/NOM.ipynb")
    build.set_defaults(run=build_notebooks, extra="auteur")

    suite = commands.add_parser("test", help="lancer toute la suite de tests", allow_abbrev=False)
    suite.add_argument("--rapide", action="store_true", help="sans les carnets ni le navigateur")
    suite.add_argument("pytest", nargs="*", metavar="ARGUMENT",
                       help="arguments de pytest\u00a0: seule la première étape est alors lancée")
    suite.set_defaults(run=run_suite, extra="test")

    options, rest = parser.parse_known_args(argv)
    if options.command == "test":
        # in the order they were typed: argparse would tear `-k nom` apart
        options.pytest = [a for a in argv[argv.index("test") + 1:] if a != "--rapide"]
    elif rest:
        parser.error(FRENCH["unrecognized arguments: %s"] % " ".join(rest))
    return options


def open_course(options: argparse.Namespace) -> int:
    from course.workbook import launch, workspace

    folder = options.dossier or workspace.default()
    for sentence in workspace.prepare(folder):
        print(sentence)
    return launch.open_lab(folder.expanduser().resolve(), options.port, browser=not options.no_browser)


def show_progress(options: argparse.Namespace) -> int:
    from course.workbook import summary, workspace

    print(summary.as_text(summary.rows(options.dossier or workspace.default())))
    return 0


def update_labs(options: argparse.Namespace) -> int:
    from course.workbook import workspace
    from course.workbook.maj import command

    print("\n".join(command.run(options.dossier or workspace.default())))
    return 0


def check_lab(options: argparse.Namespace) -> int:
    from course.grading import checking
    from course.workbook import workspace

    print("\n".join(checking.verify(options.dossier or workspace.default(), options.td)))
    return 0


def hand_in(options: argparse.Namespace) -> int:
    from course.grading import handing
    from course.workbook import workspace

    print("\n".join(handing.hand_in(options.dossier or workspace.default(), options.td, options.nom)))
    return 0


def grade_class(options: argparse.Namespace) -> int:
    from course.grading import grading

    boxed, named = not options.sans_bac_a_sable, not options.anonyme
    for line in grading.grade(options.rendus, options.td, options.sortie, boxed=boxed, named=named):
        print(line, flush=True)
    return 0


def show_data(options: argparse.Namespace) -> int:
    from course.data import report
    from course.data.download import Unavailable

    try:
        lines = report.bring(options.telecharger, options.dossier) if options.telecharger else []
    except Unavailable as error:
        raise Obstacle(str(error)) from None
    print("\n".join(lines) or report.as_text(options.dossier))
    return 0


def build_notebooks(options: argparse.Namespace) -> int:
    from course.workbook import build, suite

    root, lines = suite.checkout(), []
    try:
        if options.depuis_carnet:
            lines = build.from_notebook(root, options.depuis_carnet)
        lines += build.build_all(root, check=options.verifier)
    except build.BuildError as error:
        raise Obstacle(str(error)) from None
    print("\n".join(lines) or "Les carnets sont à jour.")
    return int(options.verifier and bool(lines))


def run_suite(options: argparse.Namespace) -> int:
    from course.workbook import suite

    return suite.run(suite.checkout(), options.pytest, quick=options.rapide)


def main(argv: list[str] | None = None) -> int:
    """Run a command; a refused request is one French sentence on the error stream."""
    options = parse(sys.argv[1:] if argv is None else argv)
    try:
        return options.run(options)
    except Obstacle as obstacle:
        print(obstacle, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
