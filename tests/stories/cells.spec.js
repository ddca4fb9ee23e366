// Every cell, numbers and targets: what is shown is what the trace program prints.
import { expect, open, openAt, press, shown, test, traceOf as run } from "./fixture.js";

const text = "the film was not good at all";

function traceOf(cell, more = {}) {
  return run({
    format: "unrolled-experiment/1",
    text,
    unit: "word",
    task: { kind: "binary", target: 0 },
    cell,
    hidden: 4,
    seed: 1231,
    ...more,
  });
}

/** The numbers of a row's table: a row for each unit, a number for each step. */
async function table(page, lane) {
  const row = page.locator(`[data-lane="${lane}"]`);
  if (!(await row.locator("table").count())) await row.locator(".LaneTable summary").click();
  await expect(row.locator("tbody tr").first()).toBeVisible();
  return row.locator("tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent)),
  );
}

async function expectRow(page, lane, value, steps) {
  const rows = await table(page, lane);
  expect(rows.length).toBe(4);
  for (let unit = 0; unit < rows.length; unit++) {
    for (let t = 0; t < steps; t++) {
      const wanted = value(t)[unit];
      expect(Math.abs(shown(rows[unit][t]) - wanted)).toBeLessThanOrEqual(Math.abs(wanted) * 5.1e-4 + 1e-12);
    }
  }
}

/** Adds a row by the name that its button begins with. */
async function addRow(page, name) {
  const more = page.locator(".more-lanes");
  if (!(await more.evaluate((it) => it.open))) await more.locator("summary").click();
  await more.getByRole("button", { name, exact: true }).click();
}

test("an LSTM has its gates, its cell state and both ways back", async ({ page }) => {
  await open(page);
  await page.locator(".cells").getByRole("radio", { name: "LSTM" }).check();
  await expect(page.locator(".Setup textarea")).toHaveValue(text);
  const trace = traceOf("lstm");
  const steps = trace.forward.length;
  for (const [lane, field] of [["f", "f"], ["i", "i"], ["o", "o"], ["memory", "c"], ["hidden", "h"]]) {
    await expectRow(page, lane, (t) => trace.forward[t][field], steps);
  }
  await expectRow(page, "hidden-error", (t) => trace.backward[t].dh, steps);
  await expectRow(page, "memory-error", (t) => trace.backward[t].dc, steps);
  await addRow(page, "Candidate G");
  await expectRow(page, "g", (t) => trace.forward[t].g, steps);
  await addRow(page, "Error ∂L/∂Zf");
  await expectRow(page, "dzf", (t) => trace.backward[t].dzf, steps);
});

test("the contributions to each tensor of each gate", async ({ page }) => {
  await openAt(page, `#text=${text.replaceAll(" ", "+")}&cell=gru-reset-after&seed=1231`);
  const trace = traceOf("gru-reset-after");
  const row = page.locator('[data-lane="contribution"]');
  for (const gate of ["R", "U", "G"]) {
    await row.getByRole("button", { name: gate, exact: true }).click();
    const tensors = await row.locator(".switch").last().getByRole("button").allInnerTexts();
    for (const tensor of tensors) {
      await row.locator(".switch").last().getByRole("button", { name: tensor, exact: true }).click();
      const rows = await table(page, "contribution");
      const gradient = [trace.gradients[tensor.toLowerCase()]].flat(2);
      expect(rows.length).toBe(gradient.length);
      gradient.forEach((sum, place) => {
        const found = shown(rows[place].at(-1));
        expect(Math.abs(found - sum)).toBeLessThanOrEqual(Math.abs(sum) * 5.1e-4 + 1e-12);
      });
    }
  }
});

test("a number inside the cell is the number of its row, and leads to it", async ({ page }) => {
  await openAt(page, `#text=${text.replaceAll(" ", "+")}&cell=lstm&seed=1231&at=forward.4`);
  const { forward } = traceOf("lstm");
  const opened = page.locator(".Opened");
  const unit = Number(/unit (\d)/.exec(await opened.getAttribute("aria-label"))[1]) - 1;
  const numbers = await opened.locator(".number").evaluateAll((all) =>
    all.map((one) => [one.querySelector(".name").textContent, one.querySelector("text:last-child").textContent]),
  );
  const found = Object.fromEntries(numbers);
  for (const [name, value] of [["C", forward[3].c], ["F", forward[3].f], ["G", forward[3].g], ["H", forward[3].h], ["C(t−1)", forward[2].c]]) {
    expect(Math.abs(shown(found[name]) - value[unit])).toBeLessThan(0.0051);
  }
  await opened.getByRole("button", { name: /^F,/u }).click();
  await expect(page.locator(".Origin h3")).toContainText("F, step 4");
  await opened.getByRole("button", { name: "backward" }).click();
  await expect(opened.getByRole("button", { name: /^∂L\/∂C, step 4/u })).toBeVisible();
});

test("numbers with a target at every step", async ({ page }) => {
  await open(page);
  await page.locator(".Setup .unit select").selectOption({ label: "number" });
  await page.locator(".Setup textarea").fill("1,0 0.5,1 -1,0.25");
  await page.getByRole("combobox", { name: "Task" }).selectOption("regression, every step");
  const targets = page.locator(".Tokens .target input");
  await expect(targets).toHaveCount(3);
  await targets.nth(1).fill("");
  await targets.nth(1).press("Tab");
  await targets.nth(2).fill("−0.5");
  await targets.nth(2).press("Tab");
  await page.getByRole("radio", { name: "mean" }).check();
  const trace = traceOf("tanh", {
    text: "1,0 0.5,1 -1,0.25",
    unit: "number",
    task: { kind: "values", targets: [[1], null, [-0.5]] },
    reduction: "mean",
  });
  await expectRow(page, "hidden", (t) => trace.forward[t].h, 3);
  await expect(page.locator(".Answer")).toContainText(trace.loss.toPrecision(4));
  await targets.nth(2).fill("half");
  await targets.nth(2).press("Tab");
  await expect(page.locator("#problem")).toContainText("“half” at step 3 is not a target of this task");
});

test("two cells on one scale", async ({ page }) => {
  await openAt(page, `#text=${text.replaceAll(" ", "+")}&cell=lstm&seed=1231&view=chain`);
  await page.locator(".compare select").selectOption({ label: "tanh" });
  await expect(page.locator(".legend .other")).toHaveText("tanh");
  await page.locator('[data-lane="chain-norm"] .LaneTable summary').click();
  await expect(page.locator('[data-lane="chain-norm"] tbody tr')).toHaveCount(3);
  for (const view of ["laboratory", "score"]) {
    await openAt(page, `#text=a+b+c&cell=gru&view=${view}`);
    await expect(page.locator("main")).toBeVisible();
  }
});

test("the table of a Jacobian has every number of H and C", async ({ page }) => {
  await openAt(page, "#text=a+b+c&cell=lstm&cells=2&seed=3&view=chain");
  const row = page.locator('[data-lane="jacobian"]');
  await row.locator(".LaneTable summary").click();
  await expect(row.locator("tbody tr")).toHaveCount(16);
  await expect(row.locator("tbody th").nth(2)).toHaveText("H 1 → C 1");
});

// The driver of Firefox scrolls to what it clicks.
test("what is asked about in the drawing of the cell leaves the drawing where it is @chromium", async ({ page }) => {
  for (const cell of ["lstm", "gru", "tanh"]) {
    await openAt(page, `#cell=${cell}&at=forward.3`);
    const drawing = page.locator(".Opened svg");
    const before = await drawing.boundingBox();
    for (const at of [1, 2]) {
      await page.locator(".Opened .number").nth(at).click();
      await expect(page.locator(".Origin h3")).toContainText("Selected:");
      expect(await drawing.boundingBox()).toEqual(before);
    }
  }
});

test("each token that is added is taken back by itself", async ({ page }) => {
  await openAt(page, "#text=hello&unit=character&task=next-token&cell=gru&seed=5");
  for (const count of [6, 7]) {
    await page.locator(".After").getByRole("button", { name: /^Add/u }).click();
    await expect(page.locator(".Tokens li")).toHaveCount(count);
  }
  await press(page, "Undo");
  await expect(page.locator(".Tokens li")).toHaveCount(6);
});

test("a cell that is chosen by mouse leaves the arrows to the page", async ({ page }) => {
  await openAt(page, "#text=a+b+c");
  await page.locator(".cells label", { hasText: "LSTM" }).click();
  await press(page, "Go to start");
  await page.locator(".cells label", { hasText: "GRU" }).click();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "GRU" })).toBeChecked();
  await expect(page.locator("main")).toHaveAttribute("data-moment", "forward:2");
});

test("the text goes on token by token", async ({ page }) => {
  await openAt(page, "#text=hello+world&unit=character&task=next-token&cell=gru&seed=5");
  const after = page.locator(".After");
  const likeliest = await after.locator("li bdi").first().innerText();
  await after.getByRole("button", { name: /^Add/u }).click();
  await expect(page.locator(".Tokens li.output bdi")).toHaveText(likeliest);
  await expect(page.locator(".Tokens li")).toHaveCount(12);
});

test("while a step happens, the equation that has its turn is lit and later numbers wait", async ({ page }) => {
  await openAt(page, "#text=a+b+c&cell=lstm&seed=3");
  await press(page, "Go to start");
  const slider = page.locator('.TimelineBar input[type="range"]');
  const drag = (value) =>
    slider.evaluate((it, to) => {
      it.value = to;
      it.dispatchEvent(new Event("input", { bubbles: true }));
    }, value);
  const lit = page.locator('.rule [data-turn="true"]');
  const waiting = page.locator(".Opened .number", { hasText: "…" });
  let waited = Infinity;
  for (const [done, least] of [[1.05, 6], [1.5, 2], [1.97, 0]]) {
    await drag(done);
    await expect(lit).toHaveCount(1);
    await expect.poll(() => waiting.count()).toBeLessThan(waited);
    waited = await waiting.count();
    expect(waited).toBeGreaterThanOrEqual(least);
  }
  await drag(2);
  await expect(lit).toHaveCount(0);
  await expect(waiting).toHaveCount(0);
});
