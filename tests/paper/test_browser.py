"""Pages of HTML in a browser: as wide as the screen, light and dark, and for everybody.

Without a browser, or the package that drives it, these are skipped.
"""

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from papers import LEDGERS, PAGES, web_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
PROGRAM: Final = next((found for name in NAMES if (found := shutil.which(name))), None)
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DARK: Final = "--blink-settings=forceDarkModeEnabled=true"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PROGRAM, reason="there is no Chromium on the PATH"),
]

CONTRASTS: Final = """
async (picture) => {
  const image = new Image();
  image.src = picture.source;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext("2d", {willReadFrequently: true});
  context.drawImage(image, 0, 0);
  const luminance = (colour) => {
    const [r, g, b] = [16, 8, 0].map((shift) => {
      const part = ((colour >> shift) & 255) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return picture.boxes.map(([x, y, width, height]) => {
    const data = context.getImageData(x, y, width, height).data;
    const found = new Map();
    for (let at = 0; at < data.length; at += 4) {
      const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
      found.set(colour, (found.get(colour) || 0) + 1);
    }
    const [fill] = [...found.entries()].reduce((one, other) => other[1] > one[1] ? other : one);
    const ratio = (colour) => {
      const [low, high] = [luminance(fill), luminance(colour)].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    };
    return [luminance(fill), Math.max(...[...found.keys()].map(ratio))];
  });
}
"""
BOXES: Final = """
() => [...document.querySelectorAll("h1, h2, h3, p, li, th, td")]
  .filter((each) => each.textContent.trim() && !each.querySelector("table, p"))
  .map((each) => each.getBoundingClientRect())
  .map((box) => [box.x, box.y, box.width, box.height].map((side) => Math.floor(2 * side)))
"""


@pytest.fixture(scope="module")
def playwright() -> Iterator["Playwright"]:
    """What drives a browser."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: "Playwright") -> Iterator["Browser"]:
    """The browser of this system."""
    with playwright.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox"]) as launched:
        yield launched


def opened(browser: "Browser", folder: Path, name: str, width: int, scale: float = 1) -> "Page":
    """A page in a window of a width."""
    path = folder / "page.html"
    path.write_text(web_page(folder, name), encoding="utf-8", newline="")
    viewport = {"width": width, "height": 900}
    page = browser.new_page(viewport=viewport, device_scale_factor=scale)  # type: ignore[arg-type]
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize(
    ("name", "width"),
    [
        *((name, width) for name in LEDGERS for width in (320, 375, 800)),
        *((name, width) for name in PAGES if name not in LEDGERS for width in (375, 800)),
    ],
)
def test_no_sideways_scrolling(name: str, width: int, browser: "Browser", tmp_path: Path) -> None:
    """Nothing reaches beyond the screen, on a phone as on a desk; on a desk it is 640 wide."""
    page = opened(browser, tmp_path, name, width)
    wide = page.evaluate("document.documentElement.scrollWidth")
    table = page.evaluate("document.querySelector('table').getBoundingClientRect().width")
    page.close()
    assert wide <= width
    assert table <= 640
    assert width < 640 or table == 640


@pytest.mark.parametrize(
    "name", ["shipped", "all done", "hostile", *(x for x in PAGES if ", shipped" in x)]
)
def test_no_violations(name: str, browser: "Browser", tmp_path: Path) -> None:
    """Axe finds no violation of WCAG 2.2 A and AA, and nothing that it can't tell but for signs.

    Of a sign that is no letter it can't say whether it is text; contrast is tested beside this.
    """
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened(browser, tmp_path, name, 800)
    found = axe.Axe().run(page, options={"runOnly": RULES}).response
    page.close()
    assert [each["id"] for each in found["violations"]] == []
    unsure = [
        check for each in found["incomplete"] for node in each["nodes"] for check in node["any"]
    ]
    assert {check["data"]["messageKey"] for check in unsure} <= {"nonBmp"}
    assert "color-contrast" in [each["id"] for each in found["passes"]]


@pytest.mark.parametrize("name", ["shipped", "timeline, shipped", "progress --all, shipped"])
@pytest.mark.parametrize("is_dark", [False, True])
def test_contrast_as_it_is_seen(
    name: str,
    is_dark: bool,  # noqa: FBT001  (a case)
    browser: "Browser",
    playwright: "Playwright",
    tmp_path: Path,
) -> None:
    """Every text stands out 4.5:1 in the pixels too, and where the browser forces a dark mode."""
    args = ["--no-sandbox", *([DARK] if is_dark else [])]
    with playwright.chromium.launch(executable_path=PROGRAM, args=args) as seen:
        page = opened(seen, tmp_path, name, 800, scale=2)
        boxes, picture = page.evaluate(BOXES), page.screenshot(full_page=True)
    source = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    canvas = browser.new_page()
    found = canvas.evaluate(CONTRASTS, {"source": source, "boxes": boxes})
    canvas.close()
    assert len(found) > 20
    for fill, ratio in found:
        assert (fill < 0.2) is is_dark
        assert ratio >= 4.5
