// Every number on the page is the one that the trace program prints for the same experiment.
import { expect, once, open, press, shown, test, traceOf as run } from "./fixture.js";

function traceOf(text, { target = 0, hidden = 4, seed = 1231, unit = "word", task } = {}) {
  return run({
    format: "unrolled-experiment/1",
    text,
    unit,
    task: task ?? { kind: "binary", target },
    cell: "tanh",
    hidden,
    seed,
    spectral_radius: 0.95,
  });
}

/** Opens a lane's table and reads it: a row for each head, a number for each step. */
async function table(page, lane) {
  const row = page.locator(`[data-lane=${lane}]`);
  if (!(await row.locator("table").count())) await row.locator("summary").click();
  await expect(row.locator("tbody tr").first()).toBeVisible();
  return row.locator("tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent)),
  );
}

/** Expects what is shown with four digits to be `value`. */
function expectShown(text, value) {
  expect(Math.abs(shown(text) - value)).toBeLessThanOrEqual(Math.abs(value) * 5.1e-4 + 1e-12);
}

async function expectTrace(page, trace) {
  const steps = trace.forward.length;
  const cells = trace.forward[0].h.length;
  const byCell = async (lane, value) => {
    const rows = await table(page, lane);
    expect(rows.length).toBe(cells);
    for (let cell = 0; cell < cells; cell++) {
      for (let t = 0; t < steps; t++) expectShown(rows[cell][t], value(t)[cell]);
    }
  };
  await byCell("hidden", (t) => trace.forward[t].h);
  await byCell("error", (t) => trace.backward[t].dz1);
  await byCell("hidden-error", (t) => trace.backward[t].dh);
  const [norms] = await table(page, "norm");
  trace.backward.forEach(({ dh }, t) => expectShown(norms[t], Math.hypot(...dh)));
  const contributions = await table(page, "contribution");
  for (let from = 0; from < cells; from++) {
    for (let to = 0; to < cells; to++) {
      const row = contributions[from * cells + to];
      trace.backward.forEach(({ dw1h }, t) => expectShown(row[t], dw1h[from][to]));
      expectShown(row[steps], trace.gradients.w1h[from][to]);
    }
  }
  await press(page, "Go to end");
  const answer = await page.locator(".Answer").innerText();
  expectShown(await page.locator(".Answer .value").innerText(), trace.forward[steps - 1].a2[0]);
  expectShown(answer.match(/L = ([\d.e−]+)/)[1], trace.loss);
  const error = await page.locator(".output-error b").innerText();
  expectShown(error, trace.backward[steps - 1].dz2[0]);
}

test("on the first frame", async ({ page }) => {
  await open(page);
  await expectTrace(page, traceOf("the film was not good at all"));
});

test("after everything was changed", once, async ({ page }) => {
  await open(page);
  await page.getByRole("textbox", { name: "Sequence" }).fill("각 👩‍👩‍👧é");
  await page.locator(".Setup .unit select").selectOption({ label: "character" });
  await page.getByRole("radio", { name: "1" }).check();
  await press(page, "More hidden units");
  await page.locator(".initial summary").click();
  await page.locator("#seed").fill("77");
  await page.keyboard.press("Tab");
  const trace = traceOf("각 👩‍👩‍👧é", { target: 1, hidden: 5, seed: 77, unit: "character" });
  expect(trace.tokens).toEqual(["각", " ", "👩‍👩‍👧", "é"]);
  await expectTrace(page, trace);
});

test("of every output and every tensor, where every step has a loss", once, async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Task" }).selectOption("next-token prediction");
  const trace = traceOf("the film was not good at all", { task: { kind: "next-token" } });
  const outputs = await table(page, "output");
  const labels = trace.vocabulary.length;
  trace.forward.forEach(({ a2, loss }, t) => {
    a2.forEach((share, output) => expectShown(outputs[output][t], share));
    expectShown(outputs[labels][t], loss);
  });
  const contribution = page.locator("[data-lane=contribution]");
  const sums = { W1x: "w1x", W1h: "w1h", b1: "b1" };
  for (const [name, field] of Object.entries(sums)) {
    await contribution.getByRole("button", { name, exact: true }).click();
    const rows = await table(page, "contribution");
    const gradient = [trace.gradients[field]].flat(2);
    expect(rows.length).toBe(gradient.length);
    gradient.forEach((sum, place) => {
      expectShown(rows[place][trace.forward.length], sum);
      trace.backward.forEach((step, t) => {
        expectShown(rows[place][t], [step[`d${field}`]].flat(2)[place]);
      });
    });
  }
});

test("of every label", once, async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Task" }).selectOption("multi-class classification");
  const task = { kind: "classes", labels: ["negative", "neutral", "positive"], target: 0 };
  const trace = traceOf("the film was not good at all", { task });
  await press(page, "Go to end");
  const shares = await page.locator(".Answer li .ask").allInnerTexts();
  const last = trace.forward.at(-1);
  shares.forEach((share, label) => expect(Math.abs(shown(share) - last.a2[label])).toBeLessThan(6e-4));
  const loss = (await page.locator(".Answer").innerText()).match(/L = ([\d.]+)/)[1];
  expectShown(loss, trace.loss);
});
