"""The commands for a class: nbgrader's format, one folder for rooms without network, a site of the notebooks.

Like `cli`, nothing outside the standard library is imported until a command runs.
"""

import argparse
from pathlib import Path


def add(commands: argparse._SubParsersAction) -> None:
    """Declare them."""
    new = commands.add_parser("nouveau", help="commencer un TD\u00a0: sa solution, ses exercices, leurs tests")
    new.add_argument("td", metavar="TD", help="le numéro\u00a0: TD14")
    new.add_argument("titre", metavar="TITRE", help="entre guillemets")
    new.set_defaults(run=begin_lab, extra="auteur")

    give = commands.add_parser("exporter-nbgrader", help="écrire un TD au format de nbgrader")
    give.add_argument("td", metavar="TD", help="le TD\u00a0: TD04")
    give.add_argument("classe", type=Path, metavar="DOSSIER", help="le dossier de la classe, sur nbgrader")
    give.set_defaults(run=export_nbgrader)

    take = commands.add_parser("importer-nbgrader", help="reprendre les rendus d'une classe qui est sur nbgrader")
    take.add_argument("classe", type=Path, metavar="DOSSIER", help="celui de la classe, ou un seul carnet")
    take.add_argument("--td", required=True, metavar="TD", help="le TD\u00a0: 04")
    take.add_argument("--sortie", type=Path, required=True, metavar="CHEMIN", help="où écrire les carnets, à noter")
    take.set_defaults(run=import_nbgrader)

    marks = commands.add_parser(
        "notes-nbgrader", help="passer de notes.csv au fichier de «\u00a0nbgrader export\u00a0», ou l'inverse",
    )
    marks.add_argument("lu", type=Path, metavar="FICHIER", help="le fichier à lire")
    marks.add_argument("--td", default="", metavar="TD", help="le TD, s'il y en a plusieurs")
    marks.add_argument("--sortie", type=Path, required=True, metavar="FICHIER", help="le fichier à écrire")
    marks.set_defaults(run=convert_marks)

    stick = commands.add_parser("cle-usb", help="faire un dossier d'où le cours s'installe sans réseau")
    stick.add_argument("cle", type=Path, metavar="DOSSIER", help="celui de la clé")
    stick.set_defaults(run=make_stick)

    site = commands.add_parser("publier", help="faire des TD un site qui se lit sans rien installer")
    site.add_argument("site", type=Path, metavar="DOSSIER", help="celui du site")
    site.add_argument("--td", default="", metavar="TD", help="celui-là seulement")
    site.add_argument("--solutions", action="store_true", help="les solutions aussi")
    site.set_defaults(run=publish_site, extra="auteur")


def begin_lab(options: argparse.Namespace) -> int:
    from course.workbook import new, suite

    print("\n".join(new.make(suite.checkout(), options.td, options.titre)))
    return 0


def export_nbgrader(options: argparse.Namespace) -> int:
    from course.grading.nbgrader import assignment

    print("\n".join(assignment.export(options.td, options.classe)))
    return 0


def import_nbgrader(options: argparse.Namespace) -> int:
    from course.grading.nbgrader import submissions

    for line in submissions.bring(options.classe, options.td, options.sortie):
        print(line, flush=True)
    return 0


def convert_marks(options: argparse.Namespace) -> int:
    from course.grading.nbgrader import gradebook

    print("\n".join(gradebook.convert(options.lu, options.sortie, options.td)))
    return 0


def make_stick(options: argparse.Namespace) -> int:
    from course.__main__ import TORCH_CPU
    from course.workbook import stick

    for line in stick.make(options.cle, TORCH_CPU):
        print(line, flush=True)
    return 0


def publish_site(options: argparse.Namespace) -> int:
    from course.workbook.site import publish

    for line in publish.publish(options.site, options.solutions, options.td):
        print(line, flush=True)
    return 0
