"""What a kernel takes, in order: the type, and the number of dimensions (0: a number). `loops` says what each is."""

ARGUMENTS = {
    "X": (float, 2), "Q": (float, 2), "U": (float, 3), "Z": (float, 3), "k0": (int, 0), "steps": (int, 0),
    "dt": (float, 0), "A": (float, 1), "B": (float, 1), "S": (int, 0), "located": (int, 0), "D": (float, 0),
    "LEFT": (float, 1), "R": (int, 1), "OUT": (float, 3), "TIMES": (float, 2), "COUNT": (int, 1),
    "M": (float, 1), "G": (int, 1), "STATUS": (int, 1), "first": (int, 0), "last": (int, 0),
}  # fmt: skip
