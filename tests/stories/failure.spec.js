// When things go wrong: the learner sees what happened and gets the experiment back.
import { test as base, expect } from "@playwright/test";
import { expectMoment, goOnToOffers, open, press, test } from "./fixture.js";

base("without WebAssembly the page says so", async ({ page }) => {
  await page.addInitScript(() => delete globalThis.WebAssembly);
  await page.goto("");
  await expect(page.getByRole("alert")).toContainText("Unrolled needs WebAssembly, which this browser does not support.");
});

base("a download that breaks off can be tried again", async ({ page }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("#text=still+mine");
  await expect(page.getByRole("alert")).toContainText("could not be loaded");
  await page.unroute("**/*.wasm");
  await press(page, "Open again");
  await expect(page.locator(".Tokens bdi")).toHaveText(["still", "mine"]);
});

base("a panic says what happened, and the experiment comes back", async ({ page }) => {
  await open(page);
  await page.getByRole("textbox", { name: "Sequence" }).fill("what I made");
  await press(page, "More hidden units");
  await expect(page).toHaveURL(/what\+I\+made.*cells=5/u);
  // The page's document refuses what it never refuses: the framework panics.
  await page.evaluate(() => {
    Element.prototype.setAttribute = () => {
      throw new Error("refused");
    };
    Element.prototype.insertBefore = Node.prototype.insertBefore = () => {
      throw new Error("refused");
    };
  });
  await page.getByRole("textbox", { name: "Sequence" }).fill("what I made and more of it");
  await expect(page.locator(".Failure")).toContainText("Something broke");
  await press(page, "Open again");
  await expect(page.locator(".stepper output")).toHaveText("5");
  await expect(page.locator(".Tokens bdi").first()).toHaveText("what");
});

test("a canvas that is lost is drawn again when it comes back", async ({ page }) => {
  await open(page);
  const canvas = page.locator("[data-lane=hidden-error] canvas");
  const picture = () => canvas.evaluate((canvas) => canvas.toDataURL());
  const before = await picture();
  const empty = await canvas.evaluate((canvas) => {
    canvas.getContext("2d").reset();
    const empty = canvas.toDataURL();
    canvas.dispatchEvent(new Event("contextlost"));
    canvas.dispatchEvent(new Event("contextrestored"));
    return empty;
  });
  expect(empty).not.toBe(before);
  await expect.poll(picture).toBe(before);
});

for (const [name, error] of [["full", "QuotaExceededError"], ["blocked", "SecurityError"]]) {
  test(`a storage that is ${name} stops nothing`, async ({ page }) => {
    await page.addInitScript((error) => {
      const refuse = () => {
        throw new DOMException("no", error);
      };
      if (error === "SecurityError") Object.defineProperty(window, "localStorage", { get: refuse });
      else Storage.prototype.setItem = refuse;
    }, error);
    await open(page);
    await press(page, "Dark theme");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.getByRole("button", { name: "Lesson", exact: true }).click();
    await goOnToOffers(page.locator(".Lesson"));
    await page.locator(".offers button").nth(1).click();
    await expect(page.locator(".Lesson .verdict")).toBeVisible();
    await page.keyboard.press("End");
    await expectMoment(page, "update");
  });
}
