"""The part of MNIST that travels with the course, so that every lab works without network."""
