// A learner types what is no sequence: it is answered beside the box, and nothing is lost.
import { expect, expectMoment, once, onceAfter, open, openAt, press, test } from "./fixture.js";

const bad = [
  ["nothing", "", /at least one token/],
  ["white space alone", "   ", /at least one token/],
  ["more than 200 tokens", "a ".repeat(201), /At most 200 time steps/],
  ["a control character", "a\u0007b", /control character U\+0007/],
  ["a lone emoji modifier", "🏽", /only changes the character before it/],
  ["a megabyte", "x".repeat(1_000_000), /too long/],
];

for (const [at, [name, text, message]] of bad.entries()) {
  test(`${name} is answered, and the last good run stays`, onceAfter(at), async ({ page }) => {
    await open(page);
    const box = page.getByRole("textbox", { name: "Sequence" });
    await box.fill("one two three");
    await expect(page.locator(".Tokens bdi")).toHaveCount(3);
    // All at once, as it is pasted: no part of it is a text of its own.
    await box.evaluate((input, text) => {
      input.value = text;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }, text);
    await expect(page.getByRole("alert")).toHaveText(message);
    await expect(box).toHaveAttribute("aria-invalid", "true");
    await expect(box).toHaveValue(text);
    await expect(page.locator(".Tokens bdi")).toHaveCount(3);
    await press(page, "Go to start");
    await expectMoment(page, "forward:1");
    await box.fill("fine again");
    await expect(page.getByRole("alert")).toBeHidden();
    await expect(page.locator(".Tokens bdi")).toHaveCount(2);
  });
}

test("200 tokens and 32 cells are shown", async ({ page }) => {
  await openAt(page, `#text=${"ab+".repeat(200)}&cells=31&at=backward.1`);
  await expect(page.locator(".Tokens bdi")).toHaveCount(200);
  // What is wrong beside it would be said; nothing is.
  await expect(page.locator(".AddressProblems")).toBeHidden();
  await press(page, "More hidden units");
  await expect(page.locator(".stepper output")).toHaveText("32");
  await expect(page.getByRole("button", { name: "More hidden units" })).toBeDisabled();
  await press(page, "Go to start");
  await expectMoment(page, "forward:1");
  await press(page, "Go to end");
  await expectMoment(page, "update");
});
