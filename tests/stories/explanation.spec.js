// Where a number comes from: asked of any number, in every moment.
import { expect, expectMoment, moments, once, open, openAt, openAtRest, press, ready, settled, shown, test, traceOf } from "./fixture.js";

/** The sums of the panel: what each is called, and each of its groups with its summands. */
function sums(page) {
  return page.locator(".Origin .Accounts table").evaluateAll((tables) =>
    tables.map((table) => {
      const number = (row) => row.querySelector(":scope > td:last-child").textContent;
      const word = (head) => [...head.childNodes]
        .filter((it) => !it.matches?.(".count"))
        .map((it) => it.textContent)
        .join("");
      const written = (cell) =>
        [...cell.querySelectorAll(".operand")].map((it) => ({
          name: it.querySelector("small").textContent.trim(),
          value: it.querySelector(":scope > span").textContent,
        }));
      const bodies = [...table.querySelectorAll("tbody")];
      const total = bodies.pop().querySelector("tr");
      return {
        name: total.querySelector("th").textContent,
        value: number(total),
        groups: bodies.map((body) => {
          const [head, ...summands] = body.querySelectorAll("tr");
          return {
            from: word(head.querySelector("th")),
            value: number(head),
            operands: written(head),
            summands: summands.map((row) => ({ value: number(row), operands: written(row) })),
          };
        }),
      };
    }),
  );
}

/** Moves the pointer to a number of a lane: of unit `unit` at step `step`, both counted from 1. */
async function pointAt(page, lane, step, unit, units = 4) {
  const column = await page.locator(".Tokens li").nth(step - 1).boundingBox();
  const tiles = page.locator(`[data-lane=${lane}] .tiles`);
  await tiles.scrollIntoViewIfNeeded();
  const box = await tiles.boundingBox();
  const position = { x: column.x + column.width / 2 - box.x, y: (box.height * (unit - 0.5)) / units };
  await tiles.hover({ position });
  return { click: () => tiles.click({ position }) };
}

const near = (a, b) => expect(Math.abs(a - b)).toBeLessThan(2e-3);

test("the panel does not follow a pointer that hurries, and speaks of what it rests on", once, async ({ page }) => {
  await openAtRest(page, "#text=a+b+c+d&at=output");
  const told = page.locator(".Origin h3");
  const tiles = await page.locator("[data-lane=hidden] .tiles").boundingBox();
  const point = async (step) => {
    const column = await page.locator(".Tokens li").nth(step - 1).boundingBox();
    await page.mouse.move(column.x + column.width / 2, tiles.y + tiles.height / 8);
    await expect(page.locator(".Readout")).toContainText(`step ${step}`);
  };
  await page.clock.runFor(400);
  await point(1);
  await page.clock.runFor(40);
  await expect(told).toContainText("step 1");
  for (const step of [2, 3, 4]) await point(step);
  await expect(told).toContainText("step 1");
  // Not even when it leaves the numbers for a moment.
  await page.mouse.move(5, 5);
  await expect(page.locator(".Readout")).toBeHidden();
  await expect(told).toContainText("step 1");
  await point(3);
  await page.clock.runFor(400);
  await expect(told).toContainText("step 3");
  // What is pinned is spoken of at once.
  await point(2);
  await page.mouse.down();
  await page.mouse.up();
  await expect(told).toContainText("step 2");
});

test("while time runs the panel speaks of the present moment", once, async ({ page }) => {
  await openAtRest(page, "#text=a+b+c&at=forward.1");
  await press(page, "Play");
  for (const step of [2, 3]) {
    const come = async () => {
      await page.clock.runFor(50);
      return page.locator("main").getAttribute("data-moment");
    };
    await expect.poll(come, { intervals: [1] }).toBe(`forward:${step}`);
    // Its parts come one a frame.
    await page.clock.runFor(120);
    for (const part of [".Beside h2", ".Opened h3", ".Origin h3"]) {
      await expect(page.locator(part)).toContainText(`step ${step}`);
    }
    await expect(page.locator(".rule math").first()).toContainText(`${step}`);
  }
});

test("where time or a pointer goes on, few elements are asked for their style @chromium", async ({ page, browser }) => {
  const text = Array.from({ length: 40 }, (_, at) => `w${at % 30}`).join("+");
  await openAt(page, `#text=${text}&cells=16&at=forward.1`);
  const asked = async (during) => {
    await settled(page);
    await browser.startTracing(page, { categories: ["devtools.timeline"] });
    await during();
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
    const counts = traceEvents.filter(({ name }) => name === "UpdateLayoutTree").map(({ args }) => args.elementCount);
    return Math.max(...counts.filter(Number.isFinite));
  };
  const all = await page.locator("body *").count();
  const playing = await asked(async () => {
    await page.keyboard.press("Space");
    await expectMoment(page, "forward:3");
  });
  await page.keyboard.press("Space");
  const tiles = await page.locator("[data-lane=hidden] .tiles").boundingBox();
  const pointing = await asked(async () => {
    for (const step of [1, 2, 3]) {
      const column = await page.locator(".Tokens li").nth(step - 1).boundingBox();
      await page.mouse.move(column.x + column.width / 2, tiles.y + tiles.height / 2);
      await expect(page.locator(".Readout")).toContainText(`step ${step}`);
    }
  });
  for (const most of [playing, pointing]) {
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(all / 10);
  }
});

test("on a phone every part of the panel stands within the same margins", once, async ({ page }) => {
  for (const width of [390, 860]) {
    await page.setViewportSize({ width, height: 844 });
    await openAt(page, "#at=update");
    const sides = async (part) => {
      const { x, width } = await page.locator(`.Explanation ${part}`).boundingBox();
      return [Math.round(x), Math.round(x + width)];
    };
    const expected = await sides(".Origin");
    expect(expected[0]).toBeGreaterThan(0);
    for (const part of [".Opened", ".Forecast", ".rule", ".Code"]) expect(await sides(part), part).toEqual(expected);
  }
});

test("every moment says its rule, its numbers and its line of NumPy, for every question", once, async ({
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
  const tile = await pointAt(page, "hidden-error", 4, 1);
  await tile.click();
  await expect(page.locator(".Origin h3")).toContainText("Selected:");
  const [{ value, groups }] = await sums(page);
  expect(groups).toHaveLength(1);
  expect(groups[0].from).toBe("from the next step");
  expect(groups[0].summands).toHaveLength(4);
  near(groups[0].summands.reduce((sum, { value }) => sum + shown(value), 0), shown(value));
  for (const [at, { operands, value }] of groups[0].summands.entries()) {
    const [a, b] = operands.map(({ value }) => shown(value.replace(/[()\s]/g, "")));
    near(a * b, shown(value));
    expect(operands[0].name).toMatch(new RegExp(`^∂L/∂Z1\\(5\\) \\S+ ${at + 1}$`));
    expect(operands[1].name).toBe(`W1h 1→${at + 1}`);
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

test("which part comes from the output and which from the next step is read off the panel", async ({
  page,
}) => {
  await page.goto("#task=next-token");
  await ready(page);
  await pointAt(page, "hidden-error", 3, 2);
  await expect(page.locator(".Origin h3")).toContainText("∂L/∂H");
  const [{ value, groups }] = await sums(page);
  expect(groups.map(({ from }) => from)).toEqual(["from the output", "from the next step"]);
  const [output, next] = groups.map(({ value }) => shown(value));
  near(output + next, shown(value));
  // It is what an exported trace has.
  const text = await page.getByRole("textbox", { name: "Sequence" }).inputValue();
  const experiment = { format: "unrolled-experiment/1", text, unit: "word", task: { kind: "next-token" }, cell: "tanh", hidden: 4, seed: 1231 };
  const trace = traceOf(experiment);
  near(shown(value), trace.backward[2].dh[1]);
  // What is asked about stands above what happens at the stage.
  const [asked, story] = [page.locator(".Origin h3"), page.locator(".Explanation .story")];
  expect((await asked.boundingBox()).y).toBeLessThan((await story.boundingBox()).y);
});

test("every kind of number has its groups, and none is cut", once, async ({ page }) => {
  await page.goto("#task=next-token&cells=32");
  await ready(page);
  await expect(page.locator(".stepper output")).toHaveText("32");
  for (const [focus, sizes] of [
    ["z1.3.2", [32, 1, 1]],
    ["dh.3.2", [7, 32]],
    ["z2.3.2", [32, 1]],
  ]) {
    await openAt(page, `#task=next-token&cells=32&focus=${focus}`);
    const groups = page.locator(".Origin .Accounts tbody:not(.total)");
    await expect(groups).toHaveCount(sizes.length);
    // Of many summands the subtotals stand there at once, and all of them when they are asked for.
    for (const [at, size] of sizes.entries()) {
      if (size === 1) continue;
      const group = groups.nth(at);
      await expect(group.locator("tr")).toHaveCount(1);
      await group.locator(".count").click();
      await expect(group.locator("tr")).toHaveCount(1 + size);
    }
    for (const { value, groups } of await sums(page)) {
      near(groups.reduce((sum, { value }) => sum + shown(value), 0), shown(value));
      for (const { value, summands } of groups.filter(({ summands }) => summands.length > 0)) {
        near(summands.reduce((sum, { value }) => sum + shown(value), 0), shown(value));
      }
    }
    await expect(page.locator(".Origin")).not.toContainText("…");
  }
  // 200 steps: one group each, in a frame of their own.
  const words = Array.from({ length: 200 }, (_, at) => `w${at % 5}`).join("+");
  await openAt(page, `#text=${words}&focus=gradient.w1h.1.2`);
  await expect(page.locator(".Origin .Accounts tbody:not(.total)")).toHaveCount(200);
  const frame = await page.locator(".Origin .frame").evaluate((it) => [it.scrollHeight, it.clientHeight]);
  expect(frame[0]).toBeGreaterThan(frame[1]);
});

test("at the update, and after it, its predicted and its actual effect on the loss stand there", async ({
  page,
}) => {
  await open(page);
  await page.keyboard.press("End");
  const rows = page.locator(".Forecast td");
  await expect(rows).toHaveCount(4);
  const [before, predicted, actual, later] = (await rows.allTextContents()).map(shown);
  expect(predicted).toBeLessThan(0);
  await expect(page.locator(".Forecast > p")).toContainText("The loss changes almost as predicted");
  expect(actual).toBeGreaterThan(predicted);
  expect(Math.abs(before + actual - later)).toBeLessThan(0.001);
  const after = `L = ${(before + actual).toFixed(3)}`;
  await press(page, "Update");
  await expectMoment(page, "forward:1");
  expect((await rows.allTextContents()).map(shown)).toEqual([before, predicted, actual, later]);
  expect((await page.locator(".Answer").textContent()).replace(/\d$/, "")).toContain(after.slice(0, -1));
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(".Forecast")).toHaveCount(0);
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

test("the prediction, the loss, the error of the output and a norm can be asked about", async ({ page }) => {
  await openAt(page, "#text=a+b+c&seed=4");
  const title = page.locator(".Origin h3");
  for (const [number, name] of [
    [page.locator(".Answer .value .ask"), "A2, step 3"],
    [page.locator(".Answer .ask").last(), "L, step 3"],
    [page.locator(".output-error .ask"), "∂L/∂Z2, step 3"],
  ]) {
    await number.click();
    await expect(title).toHaveText(`Selected: ${name}`);
  }
  const bars = page.locator('[data-lane="norm"] .tiles');
  await bars.click({ position: { x: 60, y: 20 } });
  await expect(title).toHaveText("Selected: ‖∂L/∂H‖, step 1");
});

test("a weight is typed digit by digit as it is meant", async ({ page }) => {
  await openAt(page, "#text=a+b&seed=4");
  await page.locator(".Matrix .tiles").nth(1).click({ position: { x: 8, y: 8 } });
  const box = page.locator('.WeightEditor input[type="number"]');
  for (const typed of ["-0.5", "0.025", "-1.05"]) {
    await box.fill("");
    await box.pressSequentially(typed);
    await expect(box).toHaveValue(typed);
    await expect(page.locator(".WeightEditor b")).toContainText(typed.replace("-", "−"));
  }
});
