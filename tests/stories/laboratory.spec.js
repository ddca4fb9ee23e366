// The chain of Jacobians, and the experiments on the gradient.
import { expect, open, openAt, press, shown, test } from "./fixture.js";

async function turn(page, view) {
  await press(page, view);
  await expect(page.getByRole("button", { name: view, exact: true })).toHaveAttribute(
    "aria-current",
    "page",
  );
}

async function example(page, index) {
  await page.locator(".example select").selectOption({ index });
}

/** The number in the row of this name, in a part of the laboratory. */
async function row(page, part, name) {
  return shown(await page.locator(part).getByRole("row", { name }).locator("td").textContent());
}

async function slide(slider, value) {
  await slider.evaluate((input, value) => {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }, value);
}

test("keys and tabs turn to the views", async ({ page }) => {
  await open(page);
  await page.keyboard.press("2");
  await expect(page.locator(".Lesson")).toBeVisible();
  await page.keyboard.press("3");
  await expect(page.locator(".Train")).toBeVisible();
  await page.keyboard.press("4");
  await expect(page.locator(".Chain")).toBeVisible();
  await page.keyboard.press("5");
  await expect(page.locator(".Laboratory")).toBeVisible();
  await turn(page, "Explore");
  await expect(page.locator("[data-lane=hidden-error]")).toBeVisible();
});

test("the chain tells why an error vanishes or explodes", async ({ page }) => {
  await open(page);
  await turn(page, "Jacobians");
  for (const [index, reason] of [
    [3, "because W1h is small"],
    [4, "because 1 − H2 is below 1"],
    [5, "So it grows, by a factor of about"],
  ]) {
    await example(page, index);
    await expect(page.locator(".reason")).toContainText(reason);
    // Both shares together are the whole.
    await page.locator("[data-lane=chain-norm] summary").click();
    const rows = page.locator("[data-lane=chain-norm] tbody tr");
    await expect(rows).toHaveCount(3);
    const first = await rows.locator("td:first-of-type").allTextContents();
    const [both, weights, saturation] = first.map(shown);
    expect(Math.abs(weights * saturation - both)).toBeLessThan(2e-3 * both);
    await page.locator("[data-lane=chain-norm] summary").click();
  }
});

test("where W1h is 0 the chain says so, and draws no 0 at 1", async ({ page }) => {
  await open(page);
  await page.locator(".initial summary").click();
  await slide(page.locator(".Setup .radius input"), "0");
  await turn(page, "Jacobians");
  await expect(page.locator(".reason")).toContainText("exactly 0, because W1h = 0");
  await page.locator("[data-lane=chain-norm] summary").click();
  const rows = page.locator("[data-lane=chain-norm] tbody tr");
  await expect(rows).toHaveCount(3);
  expect(await rows.locator("td:first-of-type").allTextContents()).toEqual(["0", "0", "–"]);
  expect(await rows.locator("td:last-of-type").allTextContents()).toEqual(["1.000", "1.000", "1.000"]);
  const ticks = page.locator("[data-lane=chain-norm] .LaneNumbers text");
  await expect(ticks.last()).toHaveText("0");
  const heights = await ticks.evaluateAll((ticks) => ticks.map((tick) => Number(tick.getAttribute("y"))));
  expect(Math.max(...heights)).toBe(heights.at(-1));
  await turn(page, "Explore");
  await expect(page.locator(".story")).toContainText("‖∂L/∂H‖ = 0");
  await turn(page, "Laboratory");
  await expect(page.locator("body")).not.toContainText(/NaN|∞/u);
});

test("a Jacobian is pointed at, and says where it comes from", async ({ page }) => {
  await open(page);
  await turn(page, "Jacobians");
  await expect(page.locator("[data-lane=triangle]")).toHaveCount(0);
  const column = await page.locator(".Tokens li").nth(3).boundingBox();
  const cells = page.locator("[data-lane=jacobian] .tiles");
  const box = await cells.boundingBox();
  await cells.click({
    position: { x: column.x + column.width / 2 - box.x + 4, y: box.height / 2 - 4 },
  });
  await expect(page.locator(".Origin h3")).toContainText("J(4), unit");
  await expect(page.locator(".Origin math")).toBeVisible();
  await expect(page.locator(".Code [data-lit=true]")).toContainText("J[t] = W1h");
});

test("every loss has its row in the triangle", async ({ page }) => {
  await open(page);
  await example(page, 2);
  await turn(page, "Jacobians");
  await page.locator("[data-lane=triangle] summary").click();
  const rows = page.locator("[data-lane=triangle] tbody tr");
  await expect(rows).toHaveCount(await page.locator(".Tokens li:not(.output)").count());
});

test("the chain of a large network opens with a bar, can be stopped, and goes on @chromium", async ({ page }) => {
  const text = Array.from({ length: 200 }, (_, at) => `w${at % 30}`).join("+");
  await openAt(page, `#text=${text}&cells=32&cell=lstm`);
  // Stopped in the first frame that has a bar: it takes many frames, also on a quick machine.
  await page.evaluate(async () => {
    const frame = () => new Promise((then) => requestAnimationFrame(then));
    location.hash += "&view=chain";
    while (!document.querySelector(".Chain .Work button")) await frame();
    document.querySelector(".Chain .Work button").click();
  });
  const work = page.locator(".Chain .Work");
  await expect(work.getByRole("progressbar")).toBeVisible();
  await expect(work.getByRole("button")).toHaveText("Go on");
  await expect(page.locator("[data-lane=product]")).toHaveCount(0);
  await work.getByRole("button").click();
  await expect(page.locator("[data-lane=product] canvas")).toBeVisible();
  await expect(work).toBeHidden();
});

test("slope and gradient agree, and a broken program is found out", async ({ page }) => {
  await open(page);
  await turn(page, "Laboratory");
  const slider = page.locator(".GradientCheck input[type=range]");
  await slide(slider, "-5");
  expect(await row(page, ".GradientCheck", "relative error")).toBeLessThan(1e-6);
  await slide(slider, "0.5");
  expect(await row(page, ".GradientCheck", "relative error")).toBeGreaterThan(0.05);
  await page.getByRole("button", { name: "Check all weights" }).click();
  await expect(page.locator(".CheckAll")).toContainText("53 of 53 agree.");
  for (const bug of [1, 2, 3, 4, 5]) {
    await page.locator(".GradientCheck select").selectOption({ index: bug });
    await page.getByRole("button", { name: "Check all weights" }).click();
    await expect(page.locator(".CheckAll .worst")).toBeVisible();
  }
});

test("a check that takes long says how far it is, can be stopped, and goes on", async ({ page }) => {
  const text = Array.from({ length: 120 }, (_, at) => `w${at % 20}`).join("+");
  await page.goto(`#text=${text}&cells=32&cell=lstm&view=laboratory`);
  const all = page.locator(".CheckAll");
  await all.getByRole("button", { name: "Check all weights" }).click();
  await expect(all.getByRole("progressbar")).toBeVisible();
  const done = async () => Number((/([\d,]+) of/u.exec(await all.innerText()) ?? ["", "0"])[1].replaceAll(",", ""));
  await expect.poll(done).toBeGreaterThan(0);
  await all.getByRole("button", { name: "Stop" }).click();
  const rest = all.getByRole("button", { name: "Check the rest" });
  await expect(rest).toBeVisible();
  await expect(all.getByRole("progressbar")).toBeHidden();
  const stopped = await done();
  await page.evaluate(() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then))));
  expect(await done()).toBe(stopped);
  await rest.click();
  await expect.poll(done).toBeGreaterThan(stopped);
  await all.getByRole("button", { name: "Stop" }).click();
  await expect(rest).toBeVisible();
});

test("an untied copy changes the loss by its own term", async ({ page }) => {
  await open(page);
  await turn(page, "Laboratory");
  const term = shown(await page.locator(".Untied tbody tr").nth(6).locator("td").last().textContent());
  await slide(page.locator(".Untied input[type=range]").nth(6), "0.05");
  const tied = await row(page, ".Untied", "loss, weights shared");
  const untied = await row(page, ".Untied", "loss, weights untied");
  expect(Math.abs(untied - tied - 0.05 * term)).toBeLessThan(3e-3);
  expect(untied).not.toBe(tied);
  await press(page, "Tie the weights again");
  expect(await row(page, ".Untied", "loss, weights untied")).toBe(tied);
});

test("truncation crosses contributions out, clipping scales the gradient down, and both can be undone", async ({ page }) => {
  await open(page);
  await turn(page, "Laboratory");
  const sliders = page.locator(".Shortened input[type=range]");
  await slide(sliders.nth(0), "2");
  await expect(page.locator(".Shortened")).toContainText("w = 2 of 7 steps");
  expect(await row(page, ".Shortened", "contributions dropped")).toBe(5);
  // The angle stands beside its cosine.
  const angle = page.locator(".Shortened").getByRole("row", { name: "cosine" }).locator("td");
  const [, cosine, degrees] = /^(\S+) \(an angle of (\S+)°\)$/.exec(await angle.textContent());
  expect(shown(cosine)).toBeLessThan(1);
  expect(Math.abs(Math.cos((degrees * Math.PI) / 180) - shown(cosine))).toBeLessThan(2e-3);
  await slide(sliders.nth(1), "-1");
  await expect(page.locator(".Shortened .norm")).toContainText("clipped to 0.1000");
  const withBoth = await row(page, ".Shortened", "after one update with these");
  const without = await row(page, ".Shortened", "after one update with the full");
  expect(withBoth).toBeGreaterThan(without);
  await press(page, "Explore");
  await expect(page.locator("[data-lane=norm] g[data-step='5'] text")).toHaveText("0");
  await press(page, "Undo");
  await press(page, "Undo");
  await expect(page.locator("[data-lane=norm] g[data-step='5'] text")).not.toHaveText("0");
});
