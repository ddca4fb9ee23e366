// Where a number comes from: asked of any number, in every moment.
import { expect, moments, open, press, shown, test } from "./fixture.js";

/** The numbers of the list of products: what each line says it comes to. */
function lines(page) {
  return page.locator(".Origin tbody tr").evaluateAll((rows) =>
    rows.map((row) => ({
      written: row.querySelector("td:nth-last-child(2)")?.textContent,
      value: row.querySelector("td:last-child").textContent,
    })),
  );
}

test("every moment says its rule, its numbers and its line of NumPy, for every question", async ({
  page,
}) => {
  await open(page);
  for (const task of [0, 1, 2]) {
    await page.locator(".task select").selectOption({ index: task });
    await page.locator(".sequence textarea").fill("one two three one");
    await press(page, "Go to start");
    const steps = task === 2 ? 3 : 4;
    const formulas = new Set();
    for (const moment of moments(steps)) {
      await expect(page.locator("main")).toHaveAttribute("data-moment", moment);
      await expect(page.locator(".Explanation .rule math").first()).toBeVisible();
      await expect(page.locator(".Origin .line b")).toHaveText(/\d/);
      await expect(page.locator(".Code [data-lit=true]")).toHaveCount(1);
      formulas.add(await page.locator(".Code [data-lit=true]").textContent());
      if (moment !== "update") await page.keyboard.press("ArrowRight");
    }
    expect(formulas.size).toBeGreaterThanOrEqual(6);
  }
});

test("the products add up to the number, and each operand leads to where it comes from", async ({
  page,
}) => {
  await open(page);
  const column = await page.locator(".Tokens li").nth(3).boundingBox();
  const cells = page.locator("[data-lane=hidden-error] .tiles");
  const box = await cells.boundingBox();
  await cells.click({ position: { x: column.x + column.width / 2 - box.x, y: 15 } });
  await expect(page.locator(".Origin h3")).toContainText("Selected:");
  const found = await lines(page);
  const total = shown(found.pop().value);
  expect(found).toHaveLength(4);
  const sum = found.reduce((sum, { value }) => sum + shown(value), 0);
  expect(Math.abs(sum - total)).toBeLessThan(2e-3);
  for (const { written, value } of found) {
    const [a, b] = written.split("×").map((part) => shown(part.replace(/[()\s]/g, "")));
    expect(Math.abs(a * b - shown(value))).toBeLessThan(2e-3);
  }
  const operand = page.locator(".Origin tbody .operand").first();
  await operand.hover();
  await expect(page.locator(".Pointing .glance")).toHaveCount(1);
  await operand.click();
  await expect(page.locator(".Origin h3")).toContainText("∂L/∂Z1, step 5, unit 1");
  await page.keyboard.press("Escape");
  await expect(page.locator(".Overview")).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(page.locator(".Origin h3")).toContainText("For example:");
});

test("the lines of NumPy can be copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  await page.locator("body").press("ArrowLeft");
  await page.locator(".Code .copy").click();
  await expect(page.locator(".Code .copy")).toHaveText("Copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("dZ1[t] = dH[t] * (1 - H[t] ** 2)\n");
});

test("a copy works where the clipboard is denied @chromium", async ({ page }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("denied"));
  });
  await open(page);
  await page.locator("body").press("ArrowLeft");
  await page.locator(".Code .copy").click();
  await expect(page.locator(".Code .copy")).toHaveText("Copied");
});
