// Pictures are drawn on as many pixels as the screen has, also when that changes.
import { expect, open, openAtRest, press, test } from "./fixture.js";

test("a page that is zoomed or goes to another screen draws its pictures anew", async ({
  page,
  browserName,
}) => {
  test.skip(browserName !== "chromium", "only Chromium's protocol changes the pixel ratio of a page");
  await open(page);
  const canvas = page.locator("[data-lane=hidden-error] canvas");
  const state = () =>
    canvas.evaluate((canvas) => {
      const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
      const painted = data.some((byte) => byte > 0);
      return { ratio: canvas.width / canvas.clientWidth, painted };
    });
  await expect.poll(async () => (await state()).painted).toBe(true);
  const before = (await state()).ratio;
  const session = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize();
  // More than once, since one query of the browser can only tell of leaving one ratio. The height
  // makes the browser tell its page at all; to the width of the pictures it is nothing.
  for (const [turn, ratio] of [2 * before, 1.5 * before, before].entries()) {
    await session.send("Emulation.setDeviceMetricsOverride", {
      width,
      height: height - turn - 1,
      deviceScaleFactor: ratio,
      mobile: false,
    });
    await expect.poll(async () => Math.abs((await state()).ratio - ratio) < 0.02).toBe(true);
    expect((await state()).painted).toBe(true);
  }
});

test("an operand has the colour of its tile, on the logarithmic scale too", async ({ page }) => {
  await open(page);
  // The error of step 2 is computed from that of step 3.
  const cells = page.locator("[data-lane=hidden-error] .tiles");
  const box = await cells.boundingBox();
  const column = await page.locator(".Tokens li").nth(1).boundingBox();
  const x = column.x + column.width / 2 - box.x;
  await cells.click({ position: { x, y: box.height / 2 } });
  for (const scale of ["linear", "logarithmic"]) {
    if (scale === "logarithmic") await press(page, "Logarithmic colour scale (makes small values visible)");
    const chips = page.locator(".Origin table .operand", { has: page.locator("svg") });
    await expect(chips.first()).toBeVisible();
    const chipsOf = () =>
      chips.evaluateAll((chips) =>
        chips
          .filter((chip) => chip.title.startsWith("∂L/∂Z₁"))
          .map((chip) => chip.querySelector("rect").getAttribute("fill")),
      );
    const tilesOf = () => page.locator("[data-lane=error] canvas").evaluate((canvas) => {
      const ratio = canvas.width / canvas.clientWidth;
      const groups = [...canvas.parentElement.querySelectorAll("g[data-step='3'] text")];
      return groups.map((text) => {
        // Beside the number, which lies over the canvas.
        const [x, y] = [Number(text.getAttribute("x")) - 18, Number(text.getAttribute("y"))];
        const [red, green, blue] = canvas.getContext("2d").getImageData(x * ratio, y * ratio, 1, 1).data;
        return `rgb(${red},${green},${blue})`;
      });
    });
    // A canvas is drawn after the page has changed.
    await expect(async () => {
      const tiles = await tilesOf();
      expect(tiles.length).toBe(4);
      expect(await chipsOf()).toEqual(tiles);
    }).toPass();
  }
});

for (const address of ["", "#text=a+b+a+c+a+b+b+a+c&cell=lstm&cells=6&task=next-token"]) {
  test(`a picture of which only what moves is drawn is the whole picture, at ${address || "the first text"}`, async ({ page }) => {
    await openAtRest(page, address);
    const pictures = () =>
      page.locator(".Score canvas").evaluateAll((all) => all.map((canvas) => canvas.toDataURL()));
    const theme = async () => {
      await page.locator(".Header .theme").click();
      await page.locator(".Header .theme").click();
    };
    await press(page, "Go to start");
    await press(page, "Play");
    let moved = 0;
    for (let last = "", frame = 0; frame < 60; frame += 1) {
      // In each of the moments that follow, somewhere between two stages.
      await page.clock.runFor(33 + 7 * (frame % 11) * 16);
      const parts = await pictures();
      moved += Number(parts.join() !== last);
      // With another palette, and with this one again, all of it is drawn.
      if (frame % 6 === 0) {
        await theme();
        expect(await pictures()).toEqual(parts);
      }
      last = parts.join();
    }
    expect(moved).toBeGreaterThan(20);
    // Back in one leap, over everything at once.
    await press(page, "Go to start");
    const parts = await pictures();
    await theme();
    expect(await pictures()).toEqual(parts);
  });
}
