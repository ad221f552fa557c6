"""What each data set is: its files and their sha256, its official addresses, its classes, its licence."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class File:
    """A file by its name, its size in bytes, and the one checksum with which it is read."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Edition:
    """A way of having the set: the whole of it, or a named part, as training and test images and labels."""

    files: tuple[File, ...]
    extract: bool = False


@dataclass(frozen=True)
class Entry:
    """A set of images; `editions` from the best to the least, the first being the one to download."""

    name: str
    title: str
    shape: tuple[int, ...]
    classes: tuple[str, ...]
    licence: str
    citation: str
    editions: tuple[Edition, ...]
    addresses: tuple[str, ...] = field(default=())  # folders, HTTPS first; a checksum guards each of them

    @property
    def whole(self) -> tuple[File, ...]:
        return self.editions[0].files


def megabytes(files: tuple[File, ...]) -> str:
    """How much files weigh together, as it is read: « 30,9 Mo »."""
    return f"{sum(file.size for file in files) / 1e6:.1f}\u00a0Mo".replace(".", ",")


NAMES = ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz",
         "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")


def official(*known: tuple[int, str]) -> Edition:
    """The four files under the names that MNIST gave them."""
    return Edition(tuple(File(name, *one) for name, one in zip(NAMES, known, strict=True)))


MNIST = Entry(
    "mnist", "MNIST", (28, 28), tuple("0123456789"),
    "CC BY-SA 3.0, © Yann LeCun et Corinna Cortes",
    "LeCun, Bottou, Bengio, Haffner, Gradient-based learning applied to document recognition, Proc. IEEE, 1998",
    (
        official(
            (9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
            (28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
            (1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
            (4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        ),
        Edition((  # inside the package; made by course.data.extract
            File("train-first10000-images-idx3-ubyte.gz", 1609526,
                 "11a772a6dc925b05dd399880865d80fdc378f1482a27072a7fe2c10be2367eda"),
            File("train-first10000-labels-idx1-ubyte.gz", 4997,
                 "4e8b4ac90e302aa725dd50c14268e8630d3941e30cf889ea15dfa1a6dedf8665"),
            File("t10k-first2000-images-idx3-ubyte.gz", 312378,
                 "fa2fa0f453d30da7368de1b3d971c4d7d337993bb97663d604822d2b60473905"),
            File("t10k-first2000-labels-idx1-ubyte.gz", 1032,
                 "9016d84c0ff2a402884fc39ac1dfcb3ec411c5581759174110390192c6e1c7b5"),
        ), extract=True),
    ),
    ("https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"),
)

FASHION = Entry(
    "fashion_mnist", "Fashion-MNIST", (28, 28),
    ("T-shirt", "pantalon", "pull", "robe", "manteau", "sandale", "chemise", "basket", "sac", "bottine"),
    "MIT, © 2017 Zalando SE, https://tech.zalando.com",
    "Xiao, Rasul, Vollgraf, Fashion-MNIST: a Novel Image Dataset, arXiv:1708.07747, 2017",
    (
        official(
            (26421880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
            (29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            (4422102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
            (5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
        ),
    ),
    ("https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
     "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
)

KUZUSHIJI_TEST = (
    (3041136, "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5"),
    (5120, "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c"),
)
KUZUSHIJI = Entry(
    "kmnist", "KMNIST", (28, 28), ("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"),
    "CC BY-SA 4.0, «\u00a0KMNIST Dataset\u00a0» (CODH), d'après «\u00a0Kuzushiji Dataset\u00a0» (NIJL et autres), "
    "doi:10.20676/00000341",
    "Clanuwat et al., Deep Learning for Classical Japanese Literature, arXiv:1812.01718, 2018",
    (
        official(
            (18165135, "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4"),
            (29497, "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17"),
            *KUZUSHIJI_TEST,
        ),
        Edition((  # the first 7011 training images, for who has no more
            File("train-first7011-images-idx3-ubyte.gz", 2119565,
                 "3216fbd1e198409cd6bf706d4adbe7657f27032729a84c8481ad9fd31d79a2ef"),
            File("train-first7011-labels-idx1-ubyte.gz", 3598,
                 "65bae066f28b6e829427db755e4b6774a4319ec2eba189fd0b4929c2a656ab2a"),
            *(File(name, *one) for name, one in zip(NAMES[2:], KUZUSHIJI_TEST, strict=True)),
        ), extract=True),
    ),
    ("https://codh.rois.ac.jp/kmnist/dataset/kmnist/", "http://codh.rois.ac.jp/kmnist/dataset/kmnist/"),
)

ALPHADIGITS = Entry(
    "alphadigits", "AlphaDigits", (20, 16), tuple("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "aucune licence publiée\u00a0; usage pédagogique et de recherche",
    "Binary Alphadigits, S. Roweis, cs.nyu.edu/~roweis/data.html",
    (Edition((File("binaryalphadigs.mat", 532304,
                   "3ee9392e64e4e3bb7b35502b69bf2555a0b4197c1b31048c4189b84bc0bc6ea7"),)),),
    ("https://cs.nyu.edu/~roweis/data/",),
)

IMAGES = {entry.name: entry for entry in (MNIST, FASHION, KUZUSHIJI, ALPHADIGITS)}
TABLES = {"iris": "complet", "digits": "extrait"}  # scikit-learn has UCI's test digits alone
EVERY = (*IMAGES, *TABLES)
