// What a learner takes along, and brings back.
import fs from "node:fs";
import { expect, open, openAt, press, screenWith, test } from "./fixture.js";

async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
}

test("programs, files, tables and pictures are saved @chromium", async ({ page }) => {
  await open(page);
  await press(page, "Export and share");
  const line = (name) => page.locator(".Export li").filter({ hasText: new RegExp(`^${name}`, "u") });
  const save = (name) => saved(page, line(name).getByRole("button", { name: "Save" }));
  const numpy = await save("NumPy");
  expect(numpy.name).toBe("unrolled.py");
  expect(numpy.bytes.toString()).toContain("import numpy as np");
  expect((await save("PyTorch")).bytes.toString()).toContain("loss.backward()");
  const experiment = JSON.parse((await save("Experiment")).bytes);
  expect(experiment.text).toBe("the film was not good at all");
  const trace = JSON.parse((await save("Trace")).bytes);
  expect(trace.backward).toHaveLength(7);
  const lane = (kind) =>
    saved(page, line("Hidden state H").getByRole("button", { name: kind, exact: true }));
  const csv = (await lane("CSV")).bytes.toString();
  expect(Number(csv.split("\r\n")[1].split(",")[1])).toBe(trace.forward[0].h[0]);
  const svg = (await lane("SVG")).bytes.toString();
  expect(svg).toContain(">not</text>");
  const png = await lane("PNG");
  expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
  expect(png.bytes.length).toBeGreaterThan(5000);
  await page.keyboard.press("Escape");
  await expect(page.locator(".Export")).toBeHidden();
});

test("a table of a large network says how far it is, can be stopped, and goes on @chromium", async ({ page }) => {
  const text = Array.from({ length: 200 }, (_, at) => `w${at % 30}`).join("+");
  await openAt(page, `#text=${text}&cells=32&cell=lstm`);
  await press(page, "Export and share");
  const line = page.locator(".Export li").filter({ hasText: "Jacobian" }).first();
  // Stopped in the frame after it began, however quick the machine is.
  await line.getByRole("button", { name: "CSV", exact: true }).evaluate(async (button) => {
    const frame = () => new Promise((then) => requestAnimationFrame(then));
    button.click();
    await frame();
    await frame();
    document.querySelector(".Export .Work button").click();
  });
  const work = page.locator(".Export .Work");
  await expect(work).toContainText("unrolled-jacobian.csv");
  await expect(work.getByRole("button")).toHaveText("Go on");
  const done = () => work.getByRole("progressbar").evaluate((bar) => bar.value);
  const stopped = await done();
  await page.evaluate(() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then))));
  expect(await done()).toBe(stopped);
  const table = (await saved(page, work.getByRole("button"))).bytes.toString();
  // A row for each entry of a matrix of H and C, and one number of each step but the first.
  const rows = table.trimEnd().split("\r\n");
  expect(rows).toHaveLength(1 + 64 * 64);
  expect(rows.at(-1).split(",").filter((number) => number !== "")).toHaveLength(200);
  await expect(work).toBeHidden();
});

const experiment = {
  format: "unrolled-experiment/1",
  text: "yes no yes",
  unit: "word",
  task: { kind: "binary", target: 1 },
  cell: "tanh",
  hidden: 2,
  seed: 3,
};

test("an experiment is opened from a file, and a bad one is answered", async ({ page }) => {
  await open(page);
  const choose = async (text) => {
    await press(page, "Export and share");
    const buffer = Buffer.from(text);
    await page.locator(".Export input[type=file]").setInputFiles({
      name: "experiment.json",
      mimeType: "application/json",
      buffer,
    });
  };
  await choose(JSON.stringify(experiment));
  await expect(page.locator(".Tokens bdi")).toHaveText(["yes", "no", "yes"]);
  await expect(page.locator(".Export")).toBeHidden();
  await choose(JSON.stringify({ ...experiment, hidden: "two" }));
  await expect(page.locator(".problem")).toContainText("hidden: it must be a whole number");
  await expect(page.locator(".Tokens bdi")).toHaveText(["yes", "no", "yes"]);
  await press(page, "Undo");
  await expect(page.locator(".problem")).toBeHidden();
});

test("a file that is dropped on the page is opened", async ({ page }) => {
  await open(page);
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "experiment.json", { type: "application/json" }));
    const options = { dataTransfer: data, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new DragEvent("dragover", options));
    document.body.dispatchEvent(new DragEvent("drop", options));
  }, JSON.stringify(experiment));
  await expect(page.locator(".Tokens bdi")).toHaveText(["yes", "no", "yes"]);
});

test("while a question is open, the numbers that answer it are not exported", async ({ page }) => {
  const { chapter, screen } = screenWith(/^reveal = /mu);
  await openAt(page, `#screen=${chapter}.${screen}`);
  await page.locator(".Header button.export").click();
  await expect(page.locator("dialog.Export .Share")).toBeVisible();
  await expect(page.locator("dialog.Export .later")).toBeVisible();
  await expect(page.locator("dialog.Export")).not.toContainText("JSON");
  await page.keyboard.press("Escape");
  await openAt(page, "#at=output");
  await page.locator(".Header button.export").click();
  await expect(page.locator("dialog.Export")).toContainText("JSON");
});
