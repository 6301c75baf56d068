"""Pages of HTML in a browser: as wide as the screen, light and dark, and for everybody.

Without a browser, or the package that drives it, these are skipped.
"""

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from browsing import in_browser, pasted, resize, show
from papers import PAGES, web_page
from pledges.render.html_elements import pasted_size

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS: Final = (320, 375, 800, 1280)
"""Pixels across a small phone, a phone, and two screens of a desk."""

RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
pytestmark = in_browser

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
    const [r, g, b] = [0, 8, 16].map((shift) => {
      const part = ((colour >> shift) & 255) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return picture.boxes.map(([x, y, width, height]) => {
    const data = new Uint32Array(context.getImageData(x, y, width, height).data.buffer);
    const found = new Map();
    // A pixel is mostly like the one before it: runs are counted, not pixels.
    for (let start = 0, at = 1; at <= data.length; at++) {
      if (at === data.length || data[at] !== data[start]) {
        found.set(data[start], (found.get(data[start]) || 0) + at - start);
        start = at;
      }
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


@pytest.mark.parametrize("name", PAGES)
def test_no_sideways_scrolling(name: str, page: "Page", tmp_path: Path) -> None:
    """Nothing reaches beyond the screen, on a phone as on a desk; on a desk it is 640 wide."""
    show(page, tmp_path, web_page(tmp_path, name))
    for width in WIDTHS:
        resize(page, width)
        table = page.evaluate("document.querySelector('table').getBoundingClientRect().width")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert table <= 640
        assert width < 640 or table == 640


@pytest.mark.parametrize("name", PAGES)
def test_a_paste_fits_a_phone(name: str, page: "Page", tmp_path: Path) -> None:
    """Copied from a wide screen a page has no more bytes than reckoned, and fits a phone."""
    html = web_page(tmp_path, name)
    copied = pasted(page, tmp_path, html)
    assert copied.count("<td") == html.count("<td")
    assert len(copied.encode()) <= pasted_size(html)
    page.set_content(f"<!DOCTYPE html><p>Dear all,</p>{copied}")
    for width in WIDTHS[:2]:
        resize(page, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "name", ["shipped", "all done", "hostile", *(x for x in PAGES if ", shipped" in x)]
)
def test_no_violations(name: str, page: "Page", tmp_path: Path) -> None:
    """Axe finds no violation of WCAG 2.2 A and AA, and nothing that it can't tell but for signs.

    Of a sign that is no letter it can't say whether it is text; contrast is tested beside this.
    """
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    resize(page, 800)
    show(page, tmp_path, web_page(tmp_path, name))
    found = axe.Axe().run(page, options={"runOnly": RULES}).response
    assert [each["id"] for each in found["violations"]] == []
    unsure = [
        check for each in found["incomplete"] for node in each["nodes"] for check in node["any"]
    ]
    assert {check["data"]["messageKey"] for check in unsure} <= {"nonBmp"}
    assert "color-contrast" in [each["id"] for each in found["passes"]]


@pytest.mark.parametrize("name", ["shipped", "timeline, shipped", "progress --all, shipped"])
@pytest.mark.parametrize("kind", ["browser", "dark_browser"])
def test_contrast_as_it_is_seen(
    name: str, kind: str, page: "Page", request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Every text stands out 4.5:1 in the pixels too, and where the browser forces a dark mode."""
    browser: Browser = request.getfixturevalue(kind)
    sharp = browser.new_page(viewport={"width": 800, "height": 900}, device_scale_factor=2)
    show(sharp, tmp_path, web_page(tmp_path, name))
    boxes, picture = sharp.evaluate(BOXES), sharp.screenshot(full_page=True)
    sharp.close()
    source = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    found = page.evaluate(CONTRASTS, {"source": source, "boxes": boxes})
    assert len(found) > 20
    assert all(ratio >= 4.5 for _, ratio in found)
    # The band is dark in any case; everything else is as dark as the browser makes it.
    others = found[2:]
    assert {fill < 0.2 for fill, _ in others} == {kind == "dark_browser"}
