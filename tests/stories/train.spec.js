// A network is trained on many sequences: it reaches its goal, is gone back in, and opens in Explore.
import AxeBuilder from "@axe-core/playwright";
import { clickInHeader, expect, openAt, press, test } from "./fixture.js";

const goal = (page) => page.locator('.TrainPanel [data-rest="goal"]');
const place = (page) => page.locator(".Transport .place");

/** How many updates the learner stands behind, of how many. */
async function updates(page) {
  const [cursor, end] = (await place(page).textContent()).match(/\d+/gu).map(Number);
  return { cursor, end };
}

test("a set is chosen, learnt to its goal, gone back in, and one of its sequences opened", async ({ page }) => {
  await openAt(page, "#view=train");
  await expect(page.locator(".TrainPanel h2")).toHaveText("Before the first update");
  await page.locator(".TrainSetup .example select").selectOption("By heart: hello");
  await expect(page.locator(".purpose")).toContainText("none held out");
  await page.locator(".TrainSetup .example select").selectOption("Not good");
  await expect(page.locator(".purpose")).toContainText("256 to train on, 64 held out");
  await page.getByRole("radio", { name: "Fast" }).check();
  await press(page, "Play");
  await expect(goal(page)).toContainText("Goal reached");
  const { cursor, end } = await updates(page);
  expect(cursor).toBe(end);
  expect(page.url()).toContain(`update=${end}`);
  // Back, to where nothing is learnt yet: nothing is forgotten.
  await page.locator('.TimelineBar input[type="range"]').fill("10");
  await expect(page.locator(".TrainPanel h2")).toHaveText("After update 10");
  expect(await updates(page)).toEqual({ cursor: 10, end });
  await expect(page.locator(".TakenApart tbody").first().locator("tr")).toHaveCount(16);
  // With the weights of that update, and back.
  const row = page.locator(".Predictions tbody tr").first();
  const shown = await row.locator("td").nth(2).textContent();
  await row.getByRole("button").click();
  await expect(page.locator("[aria-current=page]")).toHaveText("Explore");
  await expect(page.locator(".Answer .value")).toHaveText(new RegExp(`^${shown}`, "u"));
  await page.keyboard.press("3");
  expect(await updates(page)).toEqual({ cursor: 10, end });
  await page.keyboard.press("1");
  await press(page, "Undo");
  await expect(page.getByLabel("Sequence")).toHaveValue("the film was not good at all");
});

test("keys go from update to update, and past the last one make the next", async ({ page }) => {
  await openAt(page, "#view=train");
  for (let update = 1; update <= 3; update += 1) {
    await page.keyboard.press("ArrowRight");
    await expect(page.locator(".TrainPanel h2")).toHaveText(`After update ${update}`);
  }
  await page.keyboard.press("Home");
  expect(await updates(page)).toEqual({ cursor: 0, end: 3 });
  await page.keyboard.press("ArrowRight");
  expect(await updates(page)).toEqual({ cursor: 1, end: 3 });
  await page.keyboard.press("Space");
  await expect.poll(async () => (await updates(page)).end).toBeGreaterThan(4);
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
});

test("Space plays after a speed was chosen with the mouse, or the learning rate", async ({ page }) => {
  await openAt(page, "#view=train");
  await page.locator(".Transport label", { hasText: "Fast" }).click();
  await page.keyboard.press("Space");
  await expect(goal(page)).toContainText("Goal reached");
  await page.getByRole("slider", { name: "Learning rate" }).click();
  const { end } = await updates(page);
  await page.keyboard.press("Space");
  await expect.poll(async () => (await updates(page)).end).toBeGreaterThan(end);
});

test("what a page around locks stays in a training", async ({ page }) => {
  await openAt(page, "#view=train&update=12&lock=text+cell+learning+weights");
  await expect(place(page)).toHaveText("update 12 of 12");
  await expect(page.locator('.TrainSetup [inert] select')).toHaveCount(5);
  await press(page, "One update");
  await expect(page.getByText("This setting is locked on this page.")).toBeVisible();
  expect(await updates(page)).toEqual({ cursor: 12, end: 12 });
  await press(page, "One update back");
  expect(await updates(page)).toEqual({ cursor: 11, end: 12 });
});

test("trainings are compared side by side, and twenty seeds tell how often one fails", async ({ page }) => {
  await openAt(page, "#view=train");
  const race = page.locator(".Race");
  await press(page, "Three learning rates");
  await expect(race.locator('[role="status"]')).toHaveText(/^[123] of 3 have reached the goal\.$/u);
  await expect(race.locator(".entrants li")).toHaveText([
    /learning rate η = 0\.2: goal (reached after|not reached in) \d+ updates/u,
    /learning rate η = 1: goal reached after \d+ updates/u,
    /learning rate η = 5: goal not reached in 400 updates/u,
  ]);
  // The training itself stands where it stood.
  expect(await updates(page)).toEqual({ cursor: 0, end: 0 });
  await press(page, "20 seeds");
  await expect(race.locator('[role="status"]')).toContainText("of 20 have reached the goal; half of these");
  await race.locator("summary").click();
  await expect(race.locator("tbody tr")).toHaveCount(20);
  // It belongs to the settings on show.
  await page.getByLabel("Optimizer").selectOption("Adam");
  await expect(race.locator("canvas")).toBeHidden();
  await expect(race.getByRole("button", { name: "Share against the gap" })).toHaveCount(0);
  await page.locator(".TrainSetup .example select").selectOption("The long wait");
  await press(page, "Share against the gap");
  await expect(race.locator(".entrants li")).toHaveText(["tanh", "GRU", "LSTM"]);
  await expect(race.locator("tbody tr").first()).toHaveText(/5(?:[1-9]\d* of \d+){3}/u);
  // It is drawn as it is computed, and stops at once.
  await press(page, "Pause");
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
});

test("the loss curve can stand alone in a page around", async ({ page }) => {
  await openAt(page, "#only=loss-curve&update=20");
  await expect(place(page)).toHaveText("update 20 of 20");
  await expect(page.locator(".Lane:visible")).toHaveCount(1);
  await expect(page.locator('.Lane[data-lane="training-loss"] canvas')).toBeVisible();
  await expect(page.locator(".Race, .TrainPanel, .TrainSetup").filter({ visible: true })).toHaveCount(0);
});

test("a training can be taken along as a program @chromium", async ({ page }) => {
  await openAt(page, "#view=train&update=20");
  await expect(place(page)).toHaveText("update 20 of 20");
  await clickInHeader(page, ".export");
  const arrives = page.waitForEvent("download");
  await page.locator("dialog.Export li", { hasText: "This training in PyTorch" }).getByRole("button", { name: "Save" }).click();
  const file = await arrives;
  expect(file.suggestedFilename()).toBe("unrolled_training.py");
});

test("an address makes its training again, to the last update", async ({ page }) => {
  await openAt(page, "#view=train&set=opinions-ko&train.cell=lstm&train.cells=3&train.optimizer=adam&train.eta=0.02&train.seed=7&update=30");
  await expect(place(page)).toHaveText("update 30 of 30");
  const loss = await page.locator(".TrainPanel p").first().textContent();
  const url = page.url();
  await openAt(page, "#");
  await openAt(page, url);
  await expect(place(page)).toHaveText("update 30 of 30");
  await expect(page.locator(".TrainPanel p").first()).toHaveText(loss);
  await expect(page.getByRole("radio", { name: "LSTM" })).toBeChecked();
});

test("another learning rate counts from the cursor on, and undo brings the rest back", async ({ page }) => {
  await openAt(page, "#view=train&update=40");
  await expect(place(page)).toHaveText("update 40 of 40");
  await page.locator('.TimelineBar input[type="range"]').fill("20");
  await page.getByLabel("Optimizer").selectOption("Adam");
  await expect(place(page)).toHaveText("update 20 of 20");
  await press(page, "Undo");
  await expect(place(page)).toHaveText("update 20 of 40");
  await expect(page.getByLabel("Optimizer")).toHaveValue("Gradient descent");
});

test("every lane has its numbers, and files of them @chromium", async ({ page }) => {
  await openAt(page, "#view=train&update=20");
  await expect(place(page)).toHaveText("update 20 of 20");
  for (const lane of ["training-loss", "held-out", "reach", "gradient-norm", "weights"]) {
    const row = page.locator(`.Lane[data-lane="${lane}"]`);
    await row.locator("summary").click();
    await expect.poll(() => row.locator("tbody tr").count()).toBeGreaterThan(2);
    await row.locator("summary").click();
  }
  const row = page.locator('.Lane[data-lane="training-loss"]');
  await row.locator("summary").click();
  const arrives = page.waitForEvent("download");
  await row.getByRole("button", { name: "CSV" }).click();
  expect((await arrives).suggestedFilename()).toBe("unrolled-training-loss.csv");
});

for (const lang of ["en", "ko"]) {
  for (const [width, height] of [[1280, 800], [390, 844]]) {
    test(`the training is for everyone: ${lang}, ${width} pixels @chromium`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await openAt(page, `#view=train&update=20&lang=${lang}`);
      await expect(place(page)).toHaveText(/20.*20/u);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    });
  }
}
