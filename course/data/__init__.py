"""The data sets: what the course carries, what it finds on this machine, what it downloads once.

dataset: what a set is once read; catalogue: its files, checksums, addresses, licence; idx and tables: reading;
files: bytes that are only given when their checksum is right; download: from the official addresses;
loading: the order of the places; synthesis: characters drawn with fonts; report: what is here.
A file is read when one of its names is asked for.
"""

from course._lazy import lazily

__all__, __getattr__ = lazily(__name__, {"loading": ("load",), "dataset": ("Dataset",)})
