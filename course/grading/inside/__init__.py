"""What runs in the student's process: cells, calls, and values that go through a pipe."""
