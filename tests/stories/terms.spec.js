// The terms of the field explain themselves where they stand.
import { expect, onceAfter, open, openAt, press, settled, test } from "./fixture.js";

/** What a word means. */
const meaningOf = async (page, word) => page.locator(`#${await word.getAttribute("aria-describedby")}`);

/** Where an element is, as numbers that can be compared. */
const places = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("main *")].filter((it) => it.checkVisibility()).map((it) => {
      const { x, y, width, height } = it.getBoundingClientRect();
      return [x, y, width, height].join();
    }),
  );

for (const [place, [device, viewport]] of [
  ["a desk", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
].entries()) {
  test.describe(`on ${device}`, () => {
    test.use({ viewport });
    for (const [at, address] of ["", "#view=chain", "#view=laboratory", "#lang=ko&task=next-token"].entries()) {
      test(`every term can be pointed at and focused, and its meaning is never cut off ${address}`, onceAfter(place + at), async ({ page }) => {
        await openAt(page, address);
        await settled(page);
        let tried = 0;
        for (const word of await page.locator("main dfn").all()) {
          if (!(await word.isVisible())) continue;
          await word.evaluate((it) => it.scrollIntoView({ block: "center" }));
          const before = await places(page);
          await word.focus();
          const meaning = await meaningOf(page, word);
          await expect(meaning).toBeVisible();
          expect(await meaning.textContent()).toMatch(/.{20}/);
          const box = await meaning.boundingBox();
          expect(box.x).toBeGreaterThanOrEqual(0);
          expect(box.y).toBeGreaterThanOrEqual(0);
          expect(box.x + box.width).toBeLessThanOrEqual(viewport.width);
          expect(box.y + box.height).toBeLessThanOrEqual(viewport.height);
          expect(await places(page)).toEqual(before);
          tried += 1;
          await page.keyboard.press("Escape");
          await expect(meaning).toBeHidden();
          // Nothing lies over it where it is pointed at.
          await word.hover({ trial: true });
        }
        expect(tried).toBeGreaterThanOrEqual(5);
      });
    }
  });
}

test("a meaning is there while the pointer is, and changes nothing else", async ({ page }) => {
  await open(page);
  const moment = await page.locator("main").getAttribute("data-moment");
  const word = page.locator("[data-lane=hidden] h2 dfn");
  await word.hover();
  const meaning = await meaningOf(page, word);
  await expect(meaning).toBeVisible();
  await expect(meaning).toContainText("Hidden state");
  // It can be pointed at itself.
  await meaning.hover();
  await expect(meaning).toBeVisible();
  await page.mouse.move(2, 2);
  await expect(meaning).toBeHidden();
  // A press holds it until something else is pressed.
  await word.click();
  await page.mouse.move(2, 2);
  await expect(meaning).toBeVisible();
  await page.mouse.click(2, 2);
  await expect(meaning).toBeHidden();
  expect(await page.locator("main").getAttribute("data-moment")).toBe(moment);
  await expect(page.locator("[data-lane=hidden]")).toHaveAttribute("data-folded", "false");
});

test("the table of symbols explains its names, and Escape closes one thing at a time", async ({ page }) => {
  await open(page);
  await press(page, "Symbols");
  const dialog = page.getByRole("dialog", { name: "Symbols" });
  const word = dialog.locator("dfn").first();
  const meaning = await meaningOf(page, word);
  await word.focus();
  await expect(meaning).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(meaning).toBeHidden();
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});
