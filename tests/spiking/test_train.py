"""Two processes learn what one alone learns."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch.distributed

from course.spiking.train import main

ROOT = Path(__file__).resolve().parents[2]
COMMON = ["--couches", "784", "12", "10", "--exemples", "210", "--epoques", "2", "--lot", "64", "--lr", "0.005"]


@pytest.mark.skipif(not torch.distributed.is_available(), reason="torch was built without its processes")
@pytest.mark.parametrize("coding", ["latency"])
def test_two_processes_have_the_curve_of_one(tmp_path, coding):
    alone, two = tmp_path / "un.json", tmp_path / "deux.json"
    main([*COMMON, "--codage", coding, "--historique", str(alone)])
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node=2",
               "-m", "course.spiking.train", *COMMON, "--codage", coding, "--historique", str(two),
               "--reprise", str(tmp_path / "reprise.pt")]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300,
                          env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr[-2000:]
    assert "2 processus" in done.stdout
    one, both = (json.loads(path.read_text()) for path in (alone, two))
    for curve in ("loss", "val_loss", "gradients"):
        np.testing.assert_allclose(both[curve], one[curve], rtol=2e-3 if curve == "gradients" else 1e-4)
    assert both["accuracy"] == pytest.approx(one["accuracy"], abs=0.006)
    assert (tmp_path / "reprise.pt").exists()
