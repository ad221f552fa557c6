"""Downloads from the official addresses, through pooch: whole or not at all, checked, tried again.

pooch writes beside the final name and renames once the sha256 is right: two processes at once do the same work
twice and harm nothing, an interruption leaves nothing behind.
"""

from contextlib import suppress
from pathlib import Path

from course.data.catalogue import Entry, File
from course.data.files import Place, find, places, state, why, write

SECONDS = (5, 30)  # to answer; between two pieces
OPEN = 0o644       # a temporary file is its owner's alone: what is shared is read by everybody


class Unavailable(Exception):
    """A data set that could not be brought here: the French message says what to do by hand, `reason` why."""

    def __init__(self, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason or message


def fetch(entry: Entry, to: Place, retries: int = 3) -> list[str]:
    """Bring the whole set into the folder `to`, from another place of this machine or from its addresses.

    Args:
        retries: how often a failed transfer is tried again, at each address.

    Returns:
        One French sentence per file.

    Raises:
        Unavailable: no address gave the right file, or the folder cannot take it.
    """
    folder = to.folder / entry.name
    try:
        folder.mkdir(parents=True, exist_ok=True)  # pooch would fail when another process makes it meanwhile
        return [bring(entry, file, folder, retries) for file in entry.whole]
    except OSError as error:
        said = why(error, folder)
        raise Unavailable(said, said.split("\u00a0:")[0]) from error


def bring(entry: Entry, file: File, folder: Path, retries: int) -> str:
    """One file, if it is not there yet."""
    if state(folder / file.name, file)[0] == "verified":
        return f"{entry.name}/{file.name}\u00a0: déjà là."
    found = find(entry.name, file, places())
    if found:
        write(folder / file.name, found[0])
        shared(folder / file.name)
        return f"{entry.name}/{file.name}\u00a0: copié ({found[1].label})."
    faults = []
    for address in entry.addresses:
        fault = download(address + file.name, file, folder, retries)
        if fault is None:
            shared(folder / file.name)
            return f"{entry.name}/{file.name}\u00a0: téléchargé."
        faults.append(fault)
    raise Unavailable(by_hand(entry, folder, faults), faults[0].split("\u00a0: ")[1])


def shared(path: Path) -> None:
    """Let everybody read a file, where files have modes: a USB stick may have none."""
    with suppress(PermissionError):
        path.chmod(OPEN)


def download(url: str, file: File, folder: Path, retries: int) -> str | None:
    """Nothing when the file came; else the French reason. A folder that cannot be written raises OSError."""
    import pooch
    import requests
    from tqdm import tqdm

    pooch.get_logger().setLevel("ERROR")
    source = pooch.create(
        folder, base_url="", registry={file.name: f"sha256:{file.sha256}"}, urls={file.name: url},
        retry_if_failed=retries,
    )
    bar = tqdm(total=file.size, desc=file.name, unit="o", unit_scale=True, leave=False)
    get = pooch.HTTPDownloader(progressbar=bar, chunk_size=1 << 16, timeout=SECONDS, hooks={"response": as_sent})
    try:
        source.fetch(file.name, downloader=get)
    except ValueError:
        return f"{url}\u00a0: somme sha256 fausse, rien n'a été gardé"
    except requests.HTTPError as error:
        return f"{url}\u00a0: le site répond «\u00a0{error.response.status_code}\u00a0»"
    except requests.Timeout:
        return f"{url}\u00a0: pas de réponse à temps"
    except requests.ConnectionError:
        return f"{url}\u00a0: pas de connexion"
    except requests.exceptions.ChunkedEncodingError:
        return f"{url}\u00a0: transfert interrompu"
    except requests.RequestException as error:
        return f"{url}\u00a0: {type(error).__name__}"
    finally:
        bar.close()
    return None


def as_sent(response, *_, **__) -> None:
    """Keep a .gz as it is: some sites announce it as a compressed transfer, which requests would undo."""
    response.raw.headers.pop("Content-Encoding", None)


def by_hand(entry: Entry, folder: Path, faults: list[str]) -> str:
    """What failed, and the two ways to do without."""
    wanted = "\n".join(f"    {entry.addresses[0]}{file.name}" for file in entry.whole)
    return (
        f"{entry.title} n'a pas pu être téléchargé.\n"
        + "\n".join(f"  {fault}." for fault in faults)
        + f"\nÀ la main\u00a0: avec un navigateur, téléchargez\n{wanted}\n"
        f"  et rangez tout, sans rien décompresser, dans {folder}\n"
        f"Sur une machine qui a le réseau\u00a0: course donnees --telecharger {entry.name} --dossier CLE_USB\u00a0; "
        "puis, ici, donnez ce dossier à la variable COURSE_DATA."
    )
