"""What is said of a place of the map, and the Python text that repeats it."""

from course.plot.french import decimal, quantity

INSIDE, OUTSIDE = 0.02, 0.08  # of the map's side: among the codes, away from all of them


def describe(arrays: dict) -> str:
    """Where one is, whose code is nearest, and whether the decoder has learned anything there."""
    s, far = arrays["subject"], arrays["far"]
    a, b = (decimal(x, 2) for x in arrays["here"])
    label = s.labels[arrays["nearest"]]
    said = f"En ({a}\u00a0; {b}), le code le plus proche est celui d'un {label}, à {quantity(100 * far, '%')} du côté."
    if far <= INSIDE:
        return f"{said} Le décodeur a appris ici."
    if far >= OUTSIDE:
        return f"{said} Aucune image n'a son code par ici\u00a0: le décodeur improvise."
    return f"{said} Les codes sont rares\u00a0: le décodeur prolonge ce qu'il a appris."


def code(values: dict) -> str:
    a, b = (round(values[name], 4) for name in "ab")
    return (
        "import numpy as np\n\n"
        f"z = np.array([[{a}, {b}]], np.float32)\n"
        "image = decode(z)[0]  # votre décodeur\n"
        "cote = int(len(image) ** 0.5)\n"
        "image.reshape(cote, cote)\n"
    )
