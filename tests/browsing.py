"""The browser of this system, and pages in it.  Without one, or its driver, tests are skipped."""

import shutil
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
PROGRAM: Final = next((found for name in NAMES if (found := shutil.which(name))), None)
DARK: Final = "--blink-settings=forceDarkModeEnabled=true"

LISTEN: Final = """
document.querySelector("div").addEventListener("paste", (event) => {
  window.copied = event.clipboardData.getData("text/html");
})
"""
"""Keeps what is pasted into the page's first block."""

in_browser: Final = [
    pytest.mark.slow,
    pytest.mark.skipif(not PROGRAM, reason="there is no Chromium on the PATH"),
]


def show(page: "Page", folder: "Path", html: str) -> None:
    """Have a page of a browser show a text of HTML."""
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8", newline="")
    page.goto(path.as_uri())


def resize(page: "Page", width: int) -> None:
    """Make the window of a page as wide as a screen."""
    page.set_viewport_size({"width": width, "height": 900})


def pasted(page: "Page", folder: "Path", html: str) -> str:
    """What a mail program is given if a page of HTML is copied, whole, from a wide window."""
    resize(page, 1200)
    show(page, folder, html)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.press("ControlOrMeta+C")
    page.set_content('<!DOCTYPE html><div contenteditable="true">Dear all,</div>')
    page.evaluate(LISTEN)
    page.click("div")
    page.keyboard.press("ControlOrMeta+V")
    copied: str = page.evaluate("window.copied")
    return copied
