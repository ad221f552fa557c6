"""`load("mnist")`: a data set from the best place at hand; whatever takes its place is said on screen."""

import os
from dataclasses import replace

import numpy as np

from course._check import one_of
from course.data import download, idx, synthesis, tables
from course.data.catalogue import EVERY, IMAGES, Edition, Entry, megabytes
from course.data.dataset import Dataset, pixels, wanted
from course.data.files import cache, gather, places

Pair = tuple[int | None, int | None]


def load(name: str, subset: int | tuple[int, int] | None = None) -> Dataset:
    """The data set `name`, read where it is, downloaded once if need be, replaced (and said) if it must.

    Args:
        name: mnist, fashion_mnist, kmnist, alphadigits, iris or digits.
        subset: how many training samples at most, from the first; or (training, test).

    Raises:
        ValueError: « load.name : un de mnist, … (vouliez-vous dire kmnist ?), reçu 'knist' ».
        Unavailable: even what replaces it is damaged: the course must be installed again.

    >>> load("iris", subset=(10, 5))
    iris (complet, scikit-learn)\u00a0: 10 exemples d'apprentissage, 5 de test, 4, 3 classes
    """
    one_of("load.name", name, EVERY)
    pair = wanted(subset)
    if name in tables_of:
        return first(tables_of[name](), pair)
    for place in places():
        if place.label == "COURSE_DATA" and not os.path.isdir(place.folder):
            print(f"COURSE_DATA\u00a0: le dossier {place.folder} n'existe pas.")
    return here(IMAGES[name], pair) or downloaded(IMAGES[name], pair)


tables_of = {"iris": tables.iris, "digits": tables.digits}


def here(entry: Entry, pair: Pair) -> Dataset | None:
    """The set as it is on this machine, its best edition first."""
    for edition in entry.editions:
        found = gather(entry.name, edition, places())
        if found:
            return read(entry, edition, *found, pair)
    return None


def downloaded(entry: Entry, pair: Pair) -> Dataset:
    """The whole set, brought into the cache; what replaces it, and why, when it cannot be."""
    print(f"{entry.title}\u00a0: téléchargement, une seule fois ({megabytes(entry.whole)}).")
    try:
        download.fetch(entry, cache(), retries=1)
    except download.Unavailable as error:
        return instead(entry, pair, error.reason)
    data = here(entry, pair)
    return replace(data, source="téléchargé") if data else instead(entry, pair, "fichiers illisibles")


def instead(entry: Entry, pair: Pair, reason: str) -> Dataset:
    """What takes the place of a set that is not to be had, said on screen in one line."""
    drawn = entry.name == "alphadigits"
    other = f"«\u00a0{synthesis.TITLE}\u00a0», des caractères dessinés avec des polices," if drawn else "MNIST"
    print(f"{entry.title} n'est pas ici ({reason})\u00a0: {other} le remplace. "
          f"Avec du réseau\u00a0: course donnees --telecharger {entry.name}")
    data = first(synthesis.draw(), pair) if drawn else here(IMAGES["mnist"], pair)
    if data is None:
        raise download.Unavailable("L'extrait de MNIST du cours manque ou il est abîmé\u00a0: réinstallez le cours.")
    return data


def read(entry: Entry, edition: Edition, contents: list[bytes], source: str, pair: Pair) -> Dataset:
    """The files of an edition as arrays; only the images asked for become float32."""
    if entry.name == "alphadigits":
        return first(tables.alphadigits(contents[0], source), pair)
    arrays = [
        idx.read(content, f"{entry.name}/{file.name}", dimensions)
        for content, file, dimensions in zip(contents, edition.files, (3, 1, 3, 1), strict=True)
    ]
    parts, lacking = [], False
    for images, labels, most in zip(arrays[::2], arrays[1::2], pair, strict=True):
        images, labels = idx.pair(images, labels, entry.name, len(entry.classes))
        lacking = lacking or most is None or most > len(images)
        parts += [pixels(images[:most]), labels[:most].astype(np.int64)]
    if edition.extract and lacking:
        print(f"{entry.title}\u00a0: extrait de {len(arrays[0])} images d'apprentissage et {len(arrays[2])} de test. "
              f"L'ensemble complet\u00a0: course donnees --telecharger {entry.name}")
    return Dataset(entry.name, *parts, entry.classes, entry.shape, entry.licence, entry.citation,
                   source, edition.extract)


def first(data: Dataset, pair: Pair) -> Dataset:
    """The first samples of each part."""
    train, test = pair
    return replace(data, x_train=data.x_train[:train], y_train=data.y_train[:train],
                   x_test=data.x_test[:test], y_test=data.y_test[:test])
