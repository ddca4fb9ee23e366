// The lesson: predict, be answered, go on; tasks that the page recognises; progress.
import { expect, expectHidden, expectMoment, open, openAtRest, press, test } from "./fixture.js";

const lesson = (page) => page.getByRole("region", { name: "Lesson" });
const heading = (page) => lesson(page).getByRole("heading", { level: 2 });
const number = async (locator) => Number((await locator.innerText()).replaceAll("−", "-"));

async function openLesson(page) {
  await open(page);
  await page.keyboard.press("2");
  await expect(lesson(page)).toBeVisible();
}

/** Goes to a screen, both counted from 1, by the list of chapters. */
async function goTo(page, chapter, screen) {
  const contents = lesson(page).locator(".contents");
  if ((await contents.getAttribute("open")) === null) await contents.locator("summary").click();
  await lesson(page).locator(".contents li button").nth(chapter - 1).click();
  for (let at = 1; at < screen; at += 1) {
    await lesson(page).locator(".next").click();
  }
  await expect(lesson(page).locator(".place")).toContainText(`Chapter ${chapter}, screen ${screen} `);
}

test("a prediction comes before what it predicts, and is answered as it was given", async ({ page }) => {
  await openAtRest(page);
  await page.keyboard.press("2");
  await goTo(page, 2, 2);
  await expectMoment(page, "forward:2");
  // Nothing shows the answer yet: not the transport, not the keys, not pointing, not a table.
  await expect(page.getByRole("button", { name: "Play" })).toBeDisabled();
  for (const key of ["ArrowRight", "End", "Space"]) {
    await page.keyboard.press(key);
    await page.clock.runFor(3000);
    await expectMoment(page, "forward:2");
    await expect(page.getByRole("button", { name: "Play" })).toBeDisabled();
  }
  const state = page.locator("[data-lane=hidden] .tiles");
  const column = (await page.locator(".Tokens li").first().boundingBox()).width;
  await state.hover({ position: { x: column * 1.5, y: 12 } });
  await expect(page.locator(".Readout")).toBeVisible();
  await state.hover({ position: { x: column * 2.5, y: 12 } });
  await expect(page.locator(".Readout")).toBeHidden();
  await state.hover({ position: { x: column * 1.5, y: 12 } });
  await expect(page.locator(".Readout")).toBeVisible();
  await expectHidden(page.locator("[data-lane=hidden] summary"));

  await press(page, "positive");
  await expectMoment(page, "forward:3");
  const reply = lesson(page).getByRole("status");
  await expect(reply).toContainText("Your answer: positive. Not quite.", { useInnerText: true });
  const value = reply.locator(".evidence b");
  expect(await number(value)).toBeLessThan(0);
  await expect(page.locator(".Readout")).toBeHidden();

  await press(page, "Answer again");
  await expectMoment(page, "forward:2");
  await press(page, "negative");
  await expect(reply).toContainText("Right.");
});

test("a number is answered within its tolerance, and no number with how to write one", async ({ page }) => {
  await openLesson(page);
  await goTo(page, 2, 3);
  const box = lesson(page).getByLabel("Your answer");
  await box.fill("half");
  await box.press("Enter");
  await expect(lesson(page).getByRole("alert")).toContainText("0.5");
  await box.fill("3");
  await press(page, "Answer");
  const reply = lesson(page).getByRole("status");
  await expect(reply).toContainText("Not quite.");
  const value = await number(reply.locator(".evidence b"));
  await press(page, "Answer again");
  await box.fill(String(value - 0.05));
  await box.press("Enter");
  await expect(reply).toContainText(/Close enough, off by 0\.0(5|49)/);
});

test("a task is recognised from what the learner made", async ({ page }) => {
  await openLesson(page);
  await goTo(page, 2, 5);
  const goal = lesson(page).locator(".goals li");
  await expect(goal).toHaveAttribute("data-reached", "false");
  await page.locator(".initial summary").click();
  await page.locator(".Setup .radius input").fill("0");
  await expect(goal).toHaveAttribute("data-reached", "true");
  await expect(lesson(page).getByRole("status")).toContainText("Done");
  await press(page, "Restore the original");
  await expect(goal).toHaveAttribute("data-reached", "false");
  await lesson(page).getByText("Hint").click();
  await press(page, "Show a solution");
  await expect(goal).toHaveAttribute("data-reached", "true");
});

test("one can leave at any screen with everything as it stands, and come back", async ({ page }) => {
  await open(page);
  await page.getByRole("textbox", { name: "Sequence" }).fill("my own words");
  await page.getByRole("button", { name: "Lesson", exact: true }).click();
  await goTo(page, 3, 4);
  const there = await page.locator("main").getAttribute("data-moment");
  // A reload loses neither of the two.
  await page.reload();
  await expect(lesson(page).locator(".place")).toContainText("Chapter 3, screen 4");
  await page.getByRole("button", { name: "Explore" }).click();
  await expect(lesson(page)).toBeHidden();
  await expect(page.locator(".Tokens bdi")).toHaveText(["my", "own", "words"]);
  // Here nothing is held back, and things can be changed.
  await page.keyboard.press("End");
  await expectMoment(page, "update");
  await page.getByRole("textbox", { name: "Sequence" }).fill("other words of mine");
  await page.getByRole("button", { name: "Lesson", exact: true }).click();
  await expect(lesson(page).locator(".place")).toContainText("Chapter 3, screen 4");
  await expectMoment(page, there);
  await expect(page.locator(".Tokens bdi").first()).toHaveText("the");
  await page.getByRole("button", { name: "Explore" }).click();
  await expect(page.locator(".Tokens bdi")).toHaveText(["other", "words", "of", "mine"]);
});

test("two pages of one device add to each other's progress", async ({ page, context }) => {
  await openLesson(page);
  const other = await context.newPage();
  await open(other);
  await other.keyboard.press("2");
  await goTo(page, 4, 1);
  await press(page, "positive");
  await goTo(other, 2, 2);
  await press(other, "negative");
  await page.reload();
  for (const [chapter, screen] of [[4, 1], [2, 2]]) {
    await goTo(page, chapter, screen);
    await expect(lesson(page).getByRole("status").first()).toContainText("Your answer");
  }
});

test("progress is remembered on this device, and can be forgotten", async ({ page }) => {
  await openLesson(page);
  await goTo(page, 4, 1);
  await press(page, "positive");
  await expect(lesson(page).getByRole("status")).toContainText("Right.");
  await page.reload();
  await page.getByRole("button", { name: "Lesson", exact: true }).click();
  await expect(heading(page)).toHaveText("Backward: the output layer");
  await expect(lesson(page).getByRole("status")).toContainText("Right.");
  await lesson(page).getByText("All chapters").click();
  await press(page, "Clear my progress");
  await expect(heading(page)).toHaveText("Sequential data");
  await page.reload();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test("a wrong guess in the bug hunt is set beside the symptom", async ({ page }) => {
  await openLesson(page);
  await goTo(page, 8, 2);
  const rows = lesson(page).locator(".program tbody tr");
  await expect(rows.locator("td.off")).toHaveText([/%/, /%/, /%/, "✓", "✓"]);
  await press(page, "last X used in every contribution");
  await expect(lesson(page).getByRole("columnheader", { name: "difference if your answer were right" })).toBeVisible();
  await press(page, "Answer again");
  await press(page, "nothing comes from the next step");
  await expect(lesson(page).getByRole("status")).toContainText("Right.");
  await expect(lesson(page).getByRole("columnheader", { name: "difference if your answer were right" })).toBeHidden();
});

test("every screen can be walked with keys alone, in Korean", async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Language" }).selectOption("ko");
  await page.getByRole("button", { name: "수업", exact: true }).press("Enter");
  const next = page.locator(".Lesson .next");
  let screens = 1;
  while (await next.isEnabled()) {
    await next.press("Enter");
    await expect(page.locator(".Lesson h2")).toBeFocused();
    const text = await page.locator(".Lesson").innerText();
    expect(text).not.toMatch(/[{}]|NaN|\?\?/u);
    screens += 1;
  }
  expect(screens).toBeGreaterThan(40);
  await expect(page.locator(".finished")).toBeVisible();
});
