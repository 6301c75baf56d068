"""LibreOffice, if it is there: what a spreadsheet makes of a workbook."""

import shutil
import subprocess
from pathlib import Path
from typing import Final

LIBREOFFICE: Final = shutil.which("soffice") or shutil.which("libreoffice")


def saved_by_libreoffice(path: Path, folder: Path, suffix: str) -> None:
    """Let LibreOffice open a file, and save it to a folder in the format of a suffix."""
    argv = [str(LIBREOFFICE), f"-env:UserInstallation=file://{folder}/office", "--headless"]
    argv += ["--convert-to", suffix, "--outdir", str(folder), str(path)]
    subprocess.run(argv, check=True, capture_output=True, timeout=120)
