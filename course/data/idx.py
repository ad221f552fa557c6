"""The IDX format of MNIST: a four-byte magic number, the sizes in big-endian, then one byte per value."""

import gzip
import math
import struct
import zlib

import numpy as np


class Unreadable(ValueError):
    """A file that is not what it should be; its French message names the file and what is wrong with it."""


def read(content: bytes, name: str, dimensions: int) -> np.ndarray:
    """The array of a gzipped IDX file of unsigned bytes, e.g. (images, height, width) for 3 dimensions.

    Args:
        content: the whole file.
        name: how to call it in a message.

    Raises:
        Unreadable: « …/train-images-idx3-ubyte.gz : archive tronquée ou abîmée… »
    """
    try:
        plain = gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        raise Unreadable(f"{name}\u00a0: archive tronquée ou abîmée, copiez ou téléchargez-la à nouveau") from None
    head = 4 + 4 * dimensions
    # 0x08 says « unsigned byte »; the last byte of the magic number is the number of dimensions
    magic = bytes([0, 0, 8, dimensions])
    if plain[:4] != magic:
        raise Unreadable(f"{name}\u00a0: nombre magique {magic.hex()} attendu, lu {plain[:4].hex() or 'rien'}")
    if len(plain) < head:
        raise Unreadable(f"{name}\u00a0: en-tête incomplet")
    shape = struct.unpack(f">{dimensions}I", plain[4:head])
    if len(plain) - head != math.prod(shape):
        size = "×".join(map(str, shape))
        raise Unreadable(f"{name}\u00a0: l'en-tête annonce {size} valeurs, le fichier en a {len(plain) - head}")
    return np.frombuffer(plain, np.uint8, offset=head).reshape(shape)


def write(array: np.ndarray) -> bytes:
    """The gzipped IDX file of an array of unsigned bytes, the same bytes at every call."""
    head = bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
    return gzip.compress(head + np.ascontiguousarray(array, np.uint8).tobytes(), 9, mtime=0)


def pair(images: np.ndarray, labels: np.ndarray, name: str, classes: int) -> tuple[np.ndarray, np.ndarray]:
    """Images and their labels, once they are known to go together.

    Raises:
        Unreadable: « mnist : 60000 images mais 10000 étiquettes… »
    """
    if len(images) != len(labels):
        raise Unreadable(f"{name}\u00a0: {len(images)} images mais {len(labels)} étiquettes, "
                         "ces fichiers ne vont pas ensemble")
    if len(labels) and labels.max() >= classes:
        raise Unreadable(f"{name}\u00a0: étiquette {labels.max()} pour {classes} classes")
    return images, labels
