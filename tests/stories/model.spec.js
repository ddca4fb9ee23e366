// A network that was made elsewhere: opened, asked about, checked, shown; and one that is taken along.
import fs from "node:fs";
import path from "node:path";
import { expect, open, press, test } from "./fixture.js";

const made = (name) => fs.readFileSync(path.join("rnn/tests/models", name));

async function choose(page, name, buffer = made(name)) {
  await press(page, "Export and share");
  const input = page.locator(".Export input[type=file]");
  await input.setInputFiles({ name, mimeType: "application/octet-stream", buffer });
  await expect(page.locator(".Export")).toBeHidden();
}

test("an LSTM of PyTorch is recognised, checked, asked about and shown", async ({ page }) => {
  await open(page);
  await choose(page, "torch-lstm.safetensors");
  const dialogue = page.locator("dialog.Model");
  await expect(dialogue).toContainText("PyTorch, LSTM: 3 inputs, 4 hidden units, 2 outputs.");
  await expect(dialogue.locator(".verdict")).toContainText("Checked: the run gives the output");
  await expect(dialogue).toContainText("Arrays that were taken (6)");
  await dialogue.getByRole("button", { name: "Show this network" }).click();
  await expect(dialogue).toBeHidden();
  await expect(page.locator(".Tokens bdi")).toHaveCount(5);
  await expect(page.locator(".problem")).toBeHidden();
  await press(page, "Undo");
  await expect(page.locator(".Tokens bdi").first()).toHaveText("the");
});

test("the vocabulary is asked for, and must have a token for each input", async ({ page }) => {
  await open(page);
  await choose(page, "keras-embedding.npz");
  const dialogue = page.locator("dialog.Model");
  await expect(dialogue).toContainText("Keras, LSTM: 6 inputs, 4 hidden units, 1 output.");
  const show = dialogue.getByRole("button", { name: "Show this network" });
  const box = dialogue.getByRole("textbox", { name: "Vocabulary" });
  await box.fill("the\nfilm");
  await show.click();
  await expect(dialogue.locator(".refused")).toContainText("must have 6 tokens, and has 2");
  await box.fill(JSON.stringify(["the", "film", "was", "good", "bad", "not"]));
  await show.click();
  await expect(dialogue).toBeHidden();
  await expect(page.locator(".Tokens bdi")).toHaveText(["the", "film", "was", "not", "good"]);
});

test("what is not checked says so, and what is not shown says why", async ({ page }) => {
  await open(page);
  const dialogue = page.locator("dialog.Model");
  await choose(page, "torch-lstm-cell.safetensors");
  await expect(dialogue.locator(".verdict")).toContainText("Not checked");
  await expect(dialogue).toContainText("Arrays that were not taken (2)");
  await page.keyboard.press("Escape");
  await expect(dialogue).toBeHidden();
  await choose(page, "torch-both-directions.safetensors");
  await expect(dialogue.locator(".refused")).toContainText("in both directions");
  await expect(dialogue.getByRole("button", { name: "Show this network" })).toBeHidden();
  await page.keyboard.press("Escape");
  // Its units are linear, which the output in the file tells.
  await choose(page, "keras-linear-unit.npz");
  await expect(dialogue.locator(".refused")).toContainText("not the same network");
  await page.keyboard.press("Escape");
  await choose(page, "torch.pt");
  await expect(dialogue.locator("pre")).toContainText("save_file(tensors");
  await page.keyboard.press("Escape");
  await choose(page, "picture.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0, 0, 0]));
  await expect(page.locator(".said")).toContainText("This could not be read");
});

test("a network that is taken along comes back as it was @chromium", async ({ page }) => {
  await open(page);
  await press(page, "Export and share");
  const line = page.locator(".Export li").filter({ hasText: "Weights (safetensors)" });
  const save = line.getByRole("button", { name: "Save" });
  const [download] = await Promise.all([page.waitForEvent("download"), save.click()]);
  expect(download.suggestedFilename()).toBe("unrolled.safetensors");
  const bytes = fs.readFileSync(await download.path());
  await expect(page.locator(".Export li").filter({ hasText: "in PyTorch" }).first()).toBeVisible();
  await page.keyboard.press("Escape");
  const moment = await page.locator(".Tokens bdi").allTextContents();
  await choose(page, "unrolled.safetensors", bytes);
  const dialogue = page.locator("dialog.Model");
  await expect(dialogue.locator(".verdict")).toContainText("The largest difference is 0.");
  await dialogue.getByRole("button", { name: "Show this network" }).click();
  await expect(page.locator(".Tokens bdi")).toHaveText(moment);
});
