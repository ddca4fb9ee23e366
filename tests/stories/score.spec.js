// The score: pointing, changing things in place, every task.
import { expect, open, press, test } from "./fixture.js";

const readout = (page) => page.locator(".Readout");
const answer = (page) => page.locator(".Answer").first();

/** The middle of a tile of a lane: `row` of `rows`, in the column of step `t` of `steps`. */
async function cell(page, lane, t, steps, row, rows) {
  const box = await page.locator(`[data-lane=${lane}] .tiles canvas`).boundingBox();
  const tokens = await page.locator(".Tokens li").nth(t - 1).boundingBox();
  return { x: tokens.x + tokens.width / 2, y: box.y + (box.height * (row + 0.5)) / rows };
}

test("pointing at a number says what it is and where it comes from", async ({ page }) => {
  await open(page);
  const state = await cell(page, "hidden", 3, 7, 1, 4);
  await page.mouse.move(state.x, state.y);
  await expect(readout(page)).toContainText("H, step 3, unit 2");
  const shown = page.locator("[data-lane=hidden] [data-step='3'] text").nth(1);
  const value = Number((await readout(page).locator("b").innerText()).replace("−", "-"));
  expect(Math.abs(value - Number((await shown.textContent()).replace("−", "-")))).toBeLessThan(0.006);
  // The four states before it, and four recurrent weights, an input weight and a bias.
  const strokes = async (selector) => (await page.locator(selector).getAttribute("d")).split("M").length - 1;
  expect(await strokes(".Pointing .source")).toBe(4);
  expect(await strokes(".Pointing .arrows")).toBe(4);
  expect(await strokes("[data-parameter=w1h] .source")).toBe(4);
  expect(await strokes("[data-parameter=w1x] .source")).toBe(1);
  await page.mouse.move(5, 5);
  await expect(readout(page)).toBeHidden();
});

test("a pinned number stays until Escape lets it go", async ({ page }) => {
  await open(page);
  const error = await cell(page, "hidden-error", 5, 7, 0, 4);
  await page.mouse.click(error.x, error.y);
  await page.mouse.move(5, 5);
  await expect(readout(page)).toContainText("∂L/∂H, step 5");
  await page.keyboard.press("Escape");
  await expect(readout(page)).toBeHidden();
});

test("arrow keys walk from number to number", async ({ page }) => {
  await open(page);
  await page.getByRole("region", { name: "Unrolled network" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(readout(page)).toContainText("∂L/∂Z1, step 1, unit 1");
  await page.keyboard.press("ArrowRight");
  await expect(readout(page)).toContainText("∂L/∂Z1, step 2, unit 1");
  await page.keyboard.press("ArrowUp");
  await expect(readout(page)).toContainText("‖∂L/∂H‖, step 2");
  await page.keyboard.press("ArrowUp");
  await expect(readout(page)).toContainText("∂L/∂H, step 2, unit 4");
  for (let row = 4; row > 0; row -= 1) await page.keyboard.press("ArrowUp");
  await expect(readout(page)).toHaveText(/^H, step 2, unit 4/u);
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowLeft");
  await expect(readout(page)).toContainText("H, step 1, unit 4");
  await expect(page.locator("main")).toHaveAttribute("data-moment", "backward:1");
});

test("no key is lost that comes before the last one is drawn", async ({ page }) => {
  await open(page);
  await page.getByRole("region", { name: "Unrolled network" }).evaluate((score) => {
    for (const key of ["ArrowDown", "ArrowRight", "Enter", "ArrowRight"]) {
      score.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }
  });
  await expect(readout(page)).toContainText("∂L/∂Z1, step 3, unit 1");
  await expect(readout(page)).toHaveAttribute("data-pinned", "true");
});

test("a token is dragged to another step, and the bag does not care", async ({ page }) => {
  await open(page);
  const before = await answer(page).innerText();
  const bag = await page.locator(".bag").innerText();
  const [not, first] = [page.locator("[data-token='4']"), page.locator("[data-token='1']")];
  const [from, to] = [await not.boundingBox(), await first.boundingBox()];
  await page.mouse.move(from.x + from.width / 2, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, to.y + 10, { steps: 6 });
  await expect(first).toHaveAttribute("data-target", "true");
  await page.mouse.up();
  const box = page.getByRole("textbox", { name: "Sequence" });
  await expect(box).toHaveValue("not the film was good at all");
  expect(await answer(page).innerText()).not.toBe(before);
  expect(await page.locator(".bag").innerText()).toBe(bag);
  await page.keyboard.press("Control+z");
  await expect(box).toHaveValue("the film was not good at all");
  expect(await answer(page).innerText()).toBe(before);
});

test("a token moves with Alt and an arrow, and keeps the focus", async ({ page }) => {
  await open(page);
  await page.locator("[data-token='2']").focus();
  await page.keyboard.press("Alt+ArrowRight");
  await page.keyboard.press("Alt+ArrowRight");
  const box = page.getByRole("textbox", { name: "Sequence" });
  await expect(box).toHaveValue("the was not film good at all");
  await expect(page.locator("[data-token='4']")).toBeFocused();
});

test("a weight is read, changed and taken back", async ({ page }) => {
  await open(page);
  const before = await answer(page).innerText();
  const cells = page.locator("[data-parameter=w1h] .tiles");
  await cells.scrollIntoViewIfNeeded();
  await cells.click({ position: { x: 40, y: 24 } });
  await expect(page.locator(".WeightEditor")).toContainText("unit 2 → unit 2");
  const value = page.getByRole("spinbutton", { name: "Value of the weight" });
  await value.fill("1.5");
  await expect(page.locator(".WeightEditor b")).toHaveText(" = +1.500");
  expect(await answer(page).innerText()).not.toBe(before);
  await press(page, "Reset to the initial weights");
  expect(await answer(page).innerText()).toBe(before);
  await press(page, "Undo");
  await expect(page.locator(".WeightEditor b")).toHaveText(" = +1.500");
});

test("every task is asked, answered and gone through", async ({ page }) => {
  await open(page);
  const task = page.getByRole("combobox", { name: "Task" });
  await task.selectOption("multi-class classification");
  await expect(page.getByRole("list", { name: "Predicted probabilities" }).locator("li")).toHaveCount(3);
  const labels = page.getByRole("textbox", { name: "Labels (comma-separated)" });
  await labels.fill("bad, good");
  await labels.press("Enter");
  await expect(page.locator(".Answer li")).toHaveCount(2);
  await labels.fill("bad");
  await labels.press("Enter");
  await expect(page.getByRole("alert")).toContainText("Enter 2 to 1000 entries");
  await labels.fill("bad, good, bad");
  await labels.press("Enter");
  await expect(page.getByRole("alert")).toContainText("“bad” appears twice");
  await task.selectOption("next-token prediction");
  await expect(page.getByRole("alert")).toBeHidden();
  await expect(page.locator("[data-lane=output] canvas")).toBeVisible();
  await expect(page.locator("[data-lane=output] g[data-shown=true]")).toHaveCount(6);
  await press(page, "Go to start");
  await expect(page.locator("[data-lane=output] g[data-shown=true]")).toHaveCount(0);
});

test("lanes fold away, and the contributions can be those to another parameter", async ({ page }) => {
  await open(page);
  const norm = page.locator("[data-lane=norm]");
  await norm.getByRole("button").first().click();
  await expect(norm.locator("canvas")).toBeHidden();
  await norm.getByRole("button").first().click();
  await expect(norm.locator("canvas")).toBeVisible();
  const lane = page.locator("[data-lane=contribution]");
  await lane.getByRole("button", { name: "W1x" }).click();
  await expect(lane.locator("h2")).toContainText("∂L/∂W1x");
  await lane.locator("summary").click();
  await expect(lane.locator("tbody tr")).toHaveCount(7 * 4);
});

test("every picture has a name and a table of its numbers", async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Task" }).selectOption("next-token prediction");
  const pictures = page.locator("canvas");
  for (let index = 0; index < (await pictures.count()); index++) {
    const picture = pictures.nth(index);
    await expect(picture).toHaveAttribute("aria-label", /./);
    const home = picture.locator("xpath=ancestor::*[.//summary][1]");
    await expect(home.locator("summary")).toHaveCount(1);
  }
});

for (const width of [360, 1024, 1920, 2560]) {
  test(`nothing sticks out at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page);
    for (const task of ["multi-class classification", "next-token prediction"]) {
      await page.getByRole("combobox", { name: "Task" }).selectOption(task);
      // The columns take their new width in the frame after.
      const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await expect.poll(wider).toBeLessThanOrEqual(0);
    }
  });
}
