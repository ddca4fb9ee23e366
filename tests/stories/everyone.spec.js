// The page in both languages and both themes, on a desk and on a phone.
import AxeBuilder from "@axe-core/playwright";
import { clickInHeader, expect, open, press, test } from "./fixture.js";

async function expectGood(page, viewport) {
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(viewport.width);
}

const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
// Every two of them together once.
for (const [locale, colorScheme, device, viewport] of [
  ["en-US", "light", "desk", desk],
  ["ko-KR", "dark", "desk", desk],
  ["ko-KR", "light", "phone", phone],
  ["en-US", "dark", "phone", phone],
]) {
  test.describe(`${locale}, ${colorScheme}, ${device}`, () => {
    test.use({ locale, colorScheme, viewport });

    test("axe finds nothing, and nothing sticks out @chromium", async ({ page }) => {
      await open(page);
      await expectGood(page, viewport);
      // Every task, with a number pinned, a table open and a text that is refused.
      for (const task of [1, 2]) {
        await page.locator(".task select").selectOption({ index: task });
        const figure = page.locator("[data-lane=hidden] .tiles");
        const column = await page.locator(".Tokens li").first().boundingBox();
        await figure.click({ position: { x: column.width / 2, y: 30 } });
        await expect(page.locator(".Readout")).toBeVisible();
        await expectGood(page, viewport);
        await page.keyboard.press("Escape");
      }
      for (const view of ["2", "3", "4"]) {
        await page.keyboard.press(view);
        await expectGood(page, viewport);
      }
      await clickInHeader(page, "button.export");
      await expectGood(page, viewport);
      await page.keyboard.press("Escape");
      // Where there is a menu, it is still there, and its end is another press.
      await page.keyboard.press("Escape");
      await page.keyboard.press("1");
      await page.locator(".Lane summary").first().click();
      await page.locator(".Matrices .tiles").first().click({ position: { x: 10, y: 10 } });
      await page.locator(".sequence textarea").fill("");
      await expectGood(page, viewport);
    });
  });
}

test.describe("in Korean", () => {
  test.use({ locale: "ko-KR" });

  test("the page speaks Korean, and can be switched and remembers it", async ({ page }) => {
    await open(page);
    await expect(page.locator("html")).toHaveAttribute("lang", "ko");
    await expect(page.getByRole("textbox", { name: "시퀀스" })).toBeVisible();
    await page.getByRole("combobox", { name: "언어" }).selectOption("en");
    await expect(page.getByRole("textbox", { name: "Sequence" })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("textbox", { name: "Sequence" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
  });
});

test("the theme can be chosen and is remembered", async ({ page }) => {
  await open(page);
  await press(page, "Dark theme");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await press(page, "Light theme");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
});

test("Hangul is composed undisturbed @chromium", async ({ page }) => {
  await open(page);
  const box = page.getByRole("textbox", { name: "Sequence" });
  await box.fill("");
  const keyboard = await page.context().newCDPSession(page);
  for (const syllable of ["ㅎ", "하", "한"]) {
    await keyboard.send("Input.imeSetComposition", {
      text: syllable,
      selectionStart: 1,
      selectionEnd: 1,
    });
    await expect(box).toHaveValue(syllable);
  }
  await keyboard.send("Input.insertText", { text: "한" });
  await expect(box).toHaveValue("한");
  await expect(page.locator(".Tokens bdi")).toHaveText(["한"]);
});
