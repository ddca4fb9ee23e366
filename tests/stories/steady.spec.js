// What others do to the page, and what pointing does not do to it.
import { expect, expectMoment, open, press, ready, test } from "./fixture.js";

/** Wraps every text as translators do, in one of several ways. */
const translate = (page, way) =>
  page.evaluate((way) => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walk.nextNode()) if (walk.currentNode.data.trim()) texts.push(walk.currentNode);
    for (const text of texts) {
      const [outer, inner] = ["font", "font"].map((tag) =>
        document.createElement(way === "span" ? "span" : tag),
      );
      outer.append(inner);
      if (way === "moved") {
        text.parentNode.insertBefore(outer, text);
        inner.append(text);
      } else {
        inner.textContent = `¡${text.data}!`;
        text.replaceWith(outer);
      }
    }
    document.documentElement.className = "translated-ltr";
  }, way);

for (const way of ["font", "moved", "span"]) {
  test(`a translator that wraps texts (${way}) breaks nothing and loses nothing`, async ({ page }) => {
    await open(page);
    expect(await page.locator("html").getAttribute("translate")).toBe("no");
    await page.getByRole("textbox", { name: "Sequence" }).fill("my own few words");
    await translate(page, way);
    await press(page, "Go to start");
    await expectMoment(page, "forward:1");
    for (const moment of ["forward:2", "forward:3"]) {
      await translate(page, way);
      await page.keyboard.press("ArrowRight");
      await expectMoment(page, moment);
    }
    await translate(page, way);
    const column = (await page.locator(".Tokens li").first().boundingBox()).width;
    await page.locator("[data-lane=hidden] .tiles").hover({ position: { x: column / 2, y: 30 } });
    await expect(page.locator(".Readout")).toBeVisible();
    for (const key of ["2", "3", "4", "1"]) {
      await translate(page, way);
      await page.keyboard.press(key);
    }
    await translate(page, way);
    await press(page, "More hidden units");
    await translate(page, way);
    await page.locator(".Lane summary").first().click();
    await expect(page.locator(".LaneTable td").first()).toBeVisible();
    await translate(page, way);
    await press(page, "Update");
    await translate(page, way);
    await press(page, "Undo");
    await expect(page.getByRole("textbox", { name: "Sequence" })).toHaveValue("my own few words");
    // Nothing of theirs is left, and nothing is there twice.
    await expect(page.locator("#unrolled font")).toHaveCount(0);
    await expect(page.locator(".Tokens bdi")).toHaveText(["my", "own", "few", "words"]);
    await expect(page.locator(".Header h1")).toHaveText("Unrolled");
    await expect(page.locator(".stepper output")).toHaveText("5");
    expect(await page.locator("#unrolled").innerText()).not.toContain("¡");
  });
}

/** Every kind of number that can be pointed at, in the view that is open. */
const pictures = ".tiles";

for (const [device, viewport] of [
  ["a desk", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
]) {
  for (const address of ["", "#view=chain", "#view=laboratory", "#task=next-token", "#view=lesson&screen=5.3"]) {
    test.describe(`on ${device}`, () => {
      test.use({ viewport });
      test(`what is pointed at does not move by it, near the end of the page ${address}`, async ({ page }) => {
        await page.goto(address);
        await ready(page);
        await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        const moved = [];
        let tried = 0;
        for (const cells of await page.locator(pictures).all()) {
          if (!(await cells.isVisible())) continue;
          // As near to the end as it can be seen.
          await cells.evaluate((it) => it.scrollIntoView({ block: "nearest" }));
          const box = await cells.boundingBox();
          for (const [across, down] of [[0.05, 0.2], [0.4, 0.5], [0.8, 0.8]]) {
            const [x, y] = [box.x + box.width * across, box.y + box.height * down];
            const inside = await page.evaluate(
              ([x, y]) => document.elementFromPoint(x, y)?.closest(".tiles") != null,
              [x, y],
            );
            if (!inside) continue;
            tried += 1;
            const before = await cells.boundingBox();
            await page.mouse.move(x, y);
            await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
            const after = await cells.boundingBox();
            const far = Math.hypot(after.x - before.x, after.y - before.y);
            if (far > 0.5) moved.push([await cells.evaluate((it) => it.closest("[data-lane], [data-parameter]")?.outerHTML.slice(0, 60)), far]);
          }
        }
        expect(moved).toEqual([]);
        expect(tried).toBeGreaterThan(0);
      });
    });
  }
}
