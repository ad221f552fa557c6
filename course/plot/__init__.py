"""What is drawn, as plain data (`scene`), and its still picture (`mpl`, the only door to matplotlib)."""
