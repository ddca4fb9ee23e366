// A learner opens the page for the first time.
import { expect, expectMoment, moments, open, openAtRest, press, test } from "./fixture.js";

test("the first frame shows a whole run, error and all", async ({ page }) => {
  await open(page);
  await expectMoment(page, "backward:1");
  await expect(page.getByRole("textbox", { name: "Sequence" })).toHaveValue(
    "the film was not good at all",
  );
  await expect(page.locator(".Tokens bdi")).toHaveCount(7);
  await expect(page.locator("[data-lane=error] .LaneNumbers text")).toHaveCount(28);
  for (const canvas of await page.locator("canvas").all()) {
    await expect(canvas).toHaveAccessibleName(/./);
  }
});

test("stepping forward visits every moment, and stepping back returns", async ({ page }) => {
  await open(page);
  await press(page, "Go to start");
  const order = moments(7);
  for (const moment of order.slice(1)) {
    await press(page, "Step forward");
    await expectMoment(page, moment);
  }
  for (const moment of order.slice(0, -1).reverse()) {
    await press(page, "Step back");
    await expectMoment(page, moment);
  }
});

test("playing runs to the end by itself and stops there", async ({ page }) => {
  await openAtRest(page);
  await page.getByRole("combobox", { name: "Speed" }).selectOption("16×");
  await press(page, "Go to start");
  await press(page, "Play");
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  // Eighteen moments, each a sixteenth of a little over a second.
  await page.clock.runFor(800);
  await expectMoment(page, "backward:5");
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await page.clock.runFor(1000);
  await expectMoment(page, "update");
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
});

test("pausing stays where it is", async ({ page }) => {
  await openAtRest(page);
  const slider = page.getByRole("slider", { name: "Timeline" });
  const place = async () => Number(await slider.inputValue());
  await press(page, "Go to start");
  await expect.poll(place).toBe(1);
  await press(page, "Play");
  await page.clock.runFor(800);
  await expectMoment(page, "forward:2");
  await press(page, "Pause");
  const paused = await place();
  expect(paused).toBeGreaterThan(1);
  expect(paused).toBeLessThan(2);
  await page.clock.runFor(5000);
  expect(await place()).toBe(paused);
  await expectMoment(page, "forward:2");
  // The time that passed was time in which something would have moved.
  await press(page, "Play");
  await page.clock.runFor(1000);
  await expectMoment(page, "forward:3");
});

test("the slider scrubs both ways", async ({ page }) => {
  await open(page);
  const slider = page.getByRole("slider", { name: "Timeline" });
  const order = moments(7);
  for (const place of [5, 16, 2, 18, 9]) {
    await slider.fill(String(place));
    await expectMoment(page, order[place - 1]);
  }
  const box = await slider.boundingBox();
  await page.mouse.move(box.x + box.width * 0.1, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2, { steps: 12 });
  await expectMoment(page, "backward:1");
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height / 2, { steps: 12 });
  await page.mouse.up();
  await expectMoment(page, "forward:4");
});

test("everything works by keys alone", async ({ page }) => {
  await open(page);
  await page.locator("body").press("Home");
  await expectMoment(page, "forward:1");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expectMoment(page, "forward:3");
  await page.keyboard.press("ArrowLeft");
  await expectMoment(page, "forward:2");
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await page.keyboard.press("Space");
  await page.keyboard.press("End");
  await expectMoment(page, "update");
  const slider = page.getByRole("slider", { name: "Timeline" });
  await slider.focus();
  await page.keyboard.press("ArrowLeft");
  await expectMoment(page, "backward:1");
  await page.getByRole("textbox", { name: "Sequence" }).focus();
  await page.keyboard.press("Home");
  await page.keyboard.type("so ");
  await expect(page.locator(".Tokens bdi").first()).toHaveText("so");
});

test("an update lowers the loss and begins the next pass", async ({ page }) => {
  await open(page);
  const loss = async () => Number((await page.locator(".Answer").innerText()).match(/L = ([\d.]+)/)[1]);
  const before = await loss();
  await press(page, "Update");
  await expectMoment(page, "forward:1");
  await expect(page.getByText("1 update", { exact: true })).toBeVisible();
  await press(page, "Go to end");
  expect(await loss()).toBeLessThan(before);
  await press(page, "Step forward");
  await expect(page.getByText("2 updates", { exact: true })).toBeVisible();
});

test.describe("with less motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("every frame is a finished one @chromium", async ({ page }) => {
    await openAtRest(page);
    await press(page, "Go to start");
    const pixels = () =>
      page.locator("[data-lane=hidden] canvas").evaluate((canvas) => canvas.toDataURL());
    await press(page, "Step forward");
    await expectMoment(page, "forward:2");
    const first = await pixels();
    await page.clock.runFor(200);
    expect(await pixels()).toBe(first);
    await page.clock.runFor(800);
    expect(await pixels()).toBe(first);
  });
});

test("a tooltip names the stage under the pointer", async ({ page }) => {
  await open(page);
  const slider = page.getByRole("slider", { name: "Timeline" });
  const { width, height } = await slider.boundingBox();
  const stages = ["Forward · step 1, “the”", "Forward · output layer", "Backward · step 7, “all”"];
  for (const [at, place] of [0.5, 7.5, 10.5].entries()) {
    await slider.hover({ position: { x: (width * place) / 18, y: height / 2 } });
    await expect(slider).toHaveAttribute("title", stages[at]);
  }
});
