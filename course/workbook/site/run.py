"""A notebook executed in this very environment; an explorer shows its first picture and says its sentence."""

import os
import sys
import tempfile
from pathlib import Path

import nbformat

from course._install import Obstacle

SECONDS = 900  # of a cell, in the longest profile
STILL = '''
def still(explorer):
    import base64, io
    from course.plot.mpl import draw

    file, said = io.BytesIO(), explorer.text
    draw(explorer.scene).savefig(file, format="png", dpi=110)
    picture = base64.b64encode(file.getvalue()).decode()
    return {"image/png": picture, "text/plain": said}, {"image/png": {"alt": said, "explorer": True}}

get_ipython().display_formatter.mimebundle_formatter.for_type_by_name("course.widgets.explorer", "Explorer", still)
del still
'''


def executed(data: bytes, name: str) -> nbformat.NotebookNode:
    """The notebook with the outputs of today; what it writes goes to a folder that is thrown away.

    Raises:
        Obstacle: « TD04_x : la cellule « id » s'est arrêtée (…). »
    """
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    class Here(AsyncKernelManager):
        """This Python, whatever kernel a person has installed under the same name."""

        kernel_spec = KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python 3", language="python",
        )

    page = nbformat.reads(data.decode("utf-8"), as_version=4)
    page.cells.insert(0, nbformat.v4.new_code_cell(STILL))
    package = str(Path(__file__).resolve().parents[3])
    with tempfile.TemporaryDirectory() as scratch:
        paths = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))
        here = os.environ | {"PYTHONPATH": paths, "COURSE_PROGRESS": str(Path(scratch, "progression.json"))}
        client = NotebookClient(
            page, kernel_manager_class=Here, kernel_name="python3", timeout=SECONDS,
            resources={"metadata": {"path": scratch}},
        )
        try:
            client.execute(env=here)
        except CellExecutionError as error:
            raise Obstacle(f"{name}\u00a0: une cellule s'est arrêtée ({error.ename}\u00a0: {error.evalue}).") from None
        except (CellTimeoutError, DeadKernelError) as error:
            raise Obstacle(f"{name}\u00a0: l'exécution s'est arrêtée ({error}).") from None
    del page.cells[0]
    return page
