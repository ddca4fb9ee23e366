// A learner opens the page for the first time.
import { clickInHeader, expect, expectMoment, moments, onceAfter, open, openAt, openAtRest, press, settled, test } from "./fixture.js";

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

for (const [at, locale] of ["en-US", "ko-KR"].entries()) {
  test.describe(`at first sight, ${locale}`, () => {
    test.use({ locale });

    for (const [width, height] of [[1280, 800], [1440, 900], [2560, 1300], [768, 1024], [390, 844], [320, 568]]) {
      test(`${width} × ${height}: one calm row at the top, and an overview in the first frame`, onceAfter(at), async ({ page }) => {
        await page.setViewportSize({ width, height });
        await open(page);
        expect((await page.locator(".Header").boundingBox()).height).toBeLessThan(50);
        expect((await page.locator(".Transport").boundingBox()).height).toBeLessThanOrEqual(height / 4);
        const floor = (await page.locator(".Transport").boundingBox()).y;
        for (const way of await page.locator(".Overview .ways > *").all()) {
          const { y, height: high } = await way.boundingBox();
          expect(y + high).toBeLessThanOrEqual(floor);
        }
        // The names of the phases lie above the line of time, apart from one another.
        const track = await page.locator(".Stages").boundingBox();
        const names = await page.locator(".Phases text:visible").evaluateAll((all) =>
          all.map((one) => one.getBoundingClientRect().toJSON()));
        names.forEach(({ bottom, left }, at) => {
          expect(bottom).toBeLessThanOrEqual(track.y + 1);
          expect(left).toBeGreaterThan(at > 0 ? names[at - 1].right : 0);
        });
        // The card stays in its column, and above the number below it.
        const [card, score] = [await page.locator(".Answer").boundingBox(), await page.locator(".Score").boundingBox()];
        expect(card.x + card.width).toBeLessThanOrEqual(score.x + score.width + 1);
        const below = await page.locator(".output-error").boundingBox();
        expect(card.y + card.height).toBeLessThanOrEqual(below.y + 1);
        if (width >= 1280) {
          expect((await page.locator(".bag").boundingBox()).height).toBeLessThan(26);
          expect((await page.locator(".sequence textarea").boundingBox()).height).toBeLessThan(40);
        }
      });
    }

    test("in the menu of a narrow page is whatever is in the row of a wide one", onceAfter(at), async ({ page }) => {
      await open(page);
      const wide = await page.locator(".more > :is(button, select):visible, .history button:visible").count();
      await page.setViewportSize({ width: 390, height: 844 });
      await expect(page.locator(".more > :is(button, select):visible")).toHaveCount(0);
      await page.locator(".menu").press("Enter");
      await expect(page.locator(".more > :is(button, select):visible, .history button:visible")).toHaveCount(wide);
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement.closest(".more") !== null)).toBe(true);
      await page.keyboard.press("Escape");
      await expect(page.locator(".more > :is(button, select):visible")).toHaveCount(0);
      // The view that is open is in sight.
      await openAt(page, "#view=laboratory");
      const [tab, tabs] = [await page.locator(".tabs [aria-current]").boundingBox(), await page.locator(".tabs").boundingBox()];
      expect(tab.x).toBeGreaterThanOrEqual(tabs.x);
      expect(tab.x + tab.width).toBeLessThanOrEqual(tabs.x + tabs.width + 1);
    });
  });
}

for (const [device, viewport] of [["desk", { width: 1280, height: 800 }], ["phone", { width: 390, height: 844 }]]) {
  test(`on a ${device} the overview goes when something is done, and comes when it is called`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await open(page);
    const overview = page.locator(".Overview");
    await expect(overview).toBeVisible();
    await settled(page);
    // A number that is asked about is explained.
    await page.locator("[data-lane=hidden] .LaneNumbers text").nth(1).click();
    await expect(page.locator(".Origin h3")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(overview).toBeVisible();
    await page.locator(".Overview .first").click();
    await expect(overview).toHaveCount(0);
    await expect(page.locator("main")).toHaveAttribute("data-moment", /^forward:/u);
    await press(page, "Pause");
    await clickInHeader(page, ".more > button:not(.icon) >> nth=0");
    await expect(overview).toBeVisible();
    await expect(page.locator(".more:popover-open")).toHaveCount(0);
    await press(page, "Start the lesson from a plain network to this one");
    await expect(page.locator(".Lesson")).toBeVisible();
  });
}

test("an example is named while it is as it was, with its own question; another text has a neutral one", async ({ page }) => {
  await open(page);
  const example = page.locator(".example select");
  const question = page.locator(".targets :is(legend, span)").first();
  const named = () => example.evaluate((select) => select.selectedOptions[0].text);
  for (const [index, asked] of [[2, "Which letter comes next?"], [3, "Is the review positive?"], [1, "Is the review positive?"]]) {
    await example.selectOption({ index });
    await expect(question).toHaveText(asked);
    await expect.poll(named).toBe(await example.locator("option").nth(index).innerText());
  }
  await page.getByRole("textbox", { name: "Sequence" }).fill("my own words");
  await expect(question).toHaveText("Target y: 0 or 1?");
  await expect.poll(named).toBe(await example.locator("option").first().innerText());
  // Undo and redo are seen in what was chosen by hand, too.
  const task = page.locator(".task select");
  const chosen = () => task.evaluate((select) => select.selectedIndex);
  await task.selectOption({ index: 1 });
  await expect(page.locator("#labels")).toBeVisible();
  for (const [key, index] of [["z", 0], ["y", 1]]) {
    await page.locator("h1").click();
    await page.keyboard.press(`Control+${key}`);
    await expect.poll(chosen).toBe(index);
  }
});

test("what stands behind the initial weights closes when one goes on", async ({ page }) => {
  await open(page);
  const seed = page.locator("#seed");
  await page.locator(".initial summary").click();
  await seed.click();
  await page.locator(".initial .sheet").click({ position: { x: 3, y: 3 } });
  await expect(seed).toBeVisible();
  await seed.press("Escape");
  await expect(seed).toBeHidden();
  await page.locator(".initial summary").click();
  await seed.focus();
  await page.getByRole("textbox", { name: "Sequence" }).click();
  await expect(seed).toBeHidden();
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
  // The text may have more than one line.
  await page.keyboard.press("Control+Home");
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

// In Chromium only: Firefox's protocol cannot ask for less motion.
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
