// The lesson: predict, be answered, go on; tasks that the page recognises; progress.
import { expect, expectHidden, expectMoment, once, open, openAt, openAtRest, press, ready, screens, screenWith, test } from "./fixture.js";

const lesson = (page) => page.getByRole("region", { name: "Lesson" });
const heading = (page) => lesson(page).getByRole("heading", { level: 2 });
const number = async (locator) => Number((await locator.innerText()).replaceAll("−", "-"));

async function openLesson(page) {
  await open(page);
  await page.keyboard.press("2");
  await expect(lesson(page)).toBeVisible();
}

/** A question of one kind, with offers whose words are known. */
const asks = {
  held: screenWith(/^reveal = "forward:/mu, /^(sign|compare)\.of/mu),
  number: screenWith(/^number\.of/mu),
  bug: screenWith(/^bug = "(?!none)/mu, /^which-bug/mu),
  any: screenWith(/^(sign|compare)\.of/mu),
};
const task = screenWith(/^\[screen\.task\]$/mu);

/** Goes to a screen, both counted from 1, by the list of chapters. */
async function goTo(page, { chapter, screen }) {
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
  await goTo(page, asks.held);
  const stage = /^stage = "(.*)"$/mu.exec(asks.held.text)[1];
  const reveal = /^reveal = "(.*)"$/mu.exec(asks.held.text)[1];
  await expectMoment(page, stage);
  // Nothing shows the answer yet: not the transport, not the keys, not pointing, not a table.
  await expect(page.getByRole("button", { name: "Play" })).toBeDisabled();
  for (const key of ["ArrowRight", "End", "Space"]) {
    await page.keyboard.press(key);
    await page.clock.runFor(3000);
    await expectMoment(page, stage);
    await expect(page.getByRole("button", { name: "Play" })).toBeDisabled();
  }
  const at = Number(stage.split(":")[1]);
  const state = page.locator("[data-lane=hidden] .tiles");
  const column = (await page.locator(".Tokens li").first().boundingBox()).width;
  await state.hover({ position: { x: column * (at - 0.5), y: 12 } });
  await expect(page.locator(".Readout")).toBeVisible();
  await state.hover({ position: { x: column * (at + 0.5), y: 12 } });
  await expect(page.locator(".Readout")).toBeHidden();
  await expectHidden(page.locator("[data-lane=hidden] summary"));

  // Each of the offers is answered; one of them is right, and the other has a reply of its own.
  const offers = lesson(page).locator(".offers button");
  const reply = lesson(page).getByRole("status");
  const rights = [];
  for (let offer = 0; offer < 2; offer += 1) {
    const said = await offers.nth(offer).innerText();
    await offers.nth(offer).click();
    await expectMoment(page, reveal);
    await expect(reply).toContainText(`Your answer: ${said}.`, { useInnerText: true });
    const right = (await reply.locator(".verdict").getAttribute("data-right")) === "true";
    await expect(reply.locator(".own")).toHaveCount(right ? 0 : 1);
    await expect(reply.locator("[data-asked=true] b")).toBeVisible();
    rights.push(right);
    await press(page, "Answer again");
    await expectMoment(page, stage);
  }
  expect(rights.filter(Boolean)).toHaveLength(1);
});

test("a number is answered within its tolerance, and each way to be wrong has its reply", async ({ page }) => {
  await openLesson(page);
  await goTo(page, asks.number);
  const within = Number(/^number\.within = (.*)$/mu.exec(asks.number.text)[1]);
  const box = lesson(page).getByLabel("Your answer");
  await box.fill("half");
  await box.press("Enter");
  await expect(lesson(page).getByRole("alert")).toContainText("0.5");
  await box.fill("999");
  await press(page, "Answer");
  const reply = lesson(page).getByRole("status");
  await expect(reply.locator(".verdict")).toHaveAttribute("data-right", "false");
  const large = await reply.locator(".own").innerText();
  const value = await number(reply.locator("[data-asked=true] b"));
  await press(page, "Answer again");
  await box.fill("-999");
  await box.press("Enter");
  expect(await reply.locator(".own").innerText()).not.toBe(large);
  await press(page, "Answer again");
  await box.fill(String(value - within / 2));
  await box.press("Enter");
  await expect(reply.locator(".verdict")).toHaveAttribute("data-right", "true");
  await expect(reply.locator(".own")).toHaveCount(0);
});

test("the rows that a screen speaks of stand open, and those of another screen are gone", async ({ page }) => {
  const sum = screenWith(/^name = "cell-state-sum"$/mu);
  await openAt(page, `#view=lesson&screen=${sum.chapter}.${sum.screen}`);
  const row = (name) => page.locator(`[data-lane=${name}] .tiles`);
  for (const name of ["f", "i", "g", "memory"]) await expect(row(name)).toBeVisible();
  await expect(row("memory-error")).toBeHidden();
  await page.locator(".more-lanes summary").click();
  await expect(page.locator(".more-lanes button").first()).toBeVisible();
  await expect(page.locator(".more-lanes button", { hasText: "Candidate" })).toHaveCount(0);
  await openAt(page, `#view=lesson&screen=${sum.chapter}.1`);
  await expect(row("g")).toHaveCount(0);
});

test("what a task allows behind a button is whole on the page", async ({ page }) => {
  const { chapter, screen } = screenWith(/^solution = \{ keep = /mu);
  await openAt(page, `#view=lesson&screen=${chapter}.${screen}`);
  await page.locator(".initial summary").click();
  for (const part of [".radius", ".sheet", ".seed"]) {
    await expect(page.locator(`.initial ${part}`).last()).toBeInViewport({ ratio: 1 });
  }
  const bias = page.locator(".initial .radius", { hasText: "Keep bias" }).locator("input");
  await expect(bias).toBeInViewport({ ratio: 1 });
  await bias.fill("3");
  await expect(lesson(page).locator(".goals li")).toHaveAttribute("data-reached", "true");
});

test("a screen shows two cells side by side; what is chosen on it is not chosen on the next one", async ({ page }) => {
  const side = screenWith(/^beside = "tanh"$/mu);
  await openAt(page, `#view=lesson&screen=${side.chapter}.${side.screen}`);
  const chosen = page.locator(".compare select option:checked");
  await expect(chosen).toHaveText("tanh");
  await page.locator(".compare select").selectOption({ label: "GRU" });
  await expect(chosen).toHaveText("GRU");
  await lesson(page).locator(".next").click();
  await expect(chosen).toHaveText("tanh");
  await page.keyboard.press("4");
  await expect(page.locator(".compare select option:checked")).toHaveText("–");
});

for (const language of ["en", "ko"]) {
  test(`no number that is asked can be read on the page before the answer, in ${language}`, once, async ({ page }) => {
    // It opens every question of the lesson.
    test.setTimeout(900_000);
    let asked = 0;
    await openAt(page, `#lang=${language}&view=lesson`);
    for (const { chapter, screen, name, text } of screens) {
      if (!/^\[screen\.question\]$/mu.test(text)) continue;
      await page.evaluate((address) => (location.hash = address), `lang=${language}&view=lesson&screen=${chapter}.${screen}`);
      // "Chapter 3, screen 2 of 9", in any language.
      const place = async () => (await page.locator(".Lesson .place").innerText()).match(/\d+/gu).slice(0, 2).map(Number);
      await expect.poll(place).toEqual([chapter, screen]);
      await expect(page.locator(".Question .verdict")).toBeHidden();
      await expect(page.locator(".Question")).toBeVisible();
      // With what is folded away unfolded: a fold is no curtain.
      const seen = await page.evaluate(() => {
        for (const fold of document.querySelectorAll("details")) fold.open = true;
        return document.body.innerText;
      });
      const box = page.locator(".Question .number input");
      if (await box.count()) {
        await box.fill("987");
        await box.press("Enter");
      } else {
        await page.locator(".Question .offers button").first().click();
      }
      await expect(page.locator(".Question .verdict")).toBeVisible();
      const numbers = await page.locator(".evidence [data-asked=true] b, .evidence li[data-asked=true] b").allInnerTexts();
      for (const printed of numbers.filter((it) => /\d.*\d.*\d/u.test(it))) {
        asked += 1;
        const value = Number(printed.replace("−", "-"));
        const same = (seen.match(/[−+]?\d+\.\d+(?:e[−+]?\d+)?/gu) ?? []).filter((one) => {
          const other = Number(one.replaceAll("−", "-"));
          const decimals = one.split("e")[0].split(".")[1].length;
          const digits = one.split("e")[0].replace(/\D/gu, "").replace(/^0+/u, "").length;
          const last = 10 ** -decimals * (one.includes("e") ? 10 ** Number(one.split("e")[1].replace("−", "-")) : 1);
          return digits >= 3 && Math.abs(other - value) <= 0.51 * last;
        });
        expect.soft(same, `${name}: ${printed} is asked`).toEqual([]);
      }
    }
    expect(asked).toBeGreaterThan(5);
  });
}

test("a task is recognised from what the learner made, and says what is and what is wanted", async ({ page }) => {
  await openLesson(page);
  await goTo(page, task);
  const goal = lesson(page).locator(".goals li").first();
  await expect(goal).toHaveAttribute("data-reached", "false");
  await expect(goal).toContainText(/ — now [\d.−e]+ · wanted: /u, { useInnerText: true });
  await lesson(page).getByText("Hint").click();
  await press(page, "Show a solution");
  await expect(goal).toHaveAttribute("data-reached", "true");
  await expect(lesson(page).getByRole("status")).toContainText("Done");
  await press(page, "Restore the original");
  await expect(goal).toHaveAttribute("data-reached", "false");
});

test("ten updates at once are one button away, and a task stops them when it is done", async ({ page }) => {
  await openLesson(page);
  await goTo(page, screenWith(/^\[screen\.task\]$/mu, /updates = \d\d/u));
  const goal = lesson(page).locator(".goals li").first();
  for (let times = 0; times < 12 && (await goal.getAttribute("data-reached")) === "false"; times += 1) {
    await page.getByRole("button", { name: "Train ×10" }).click();
  }
  await expect(goal).toHaveAttribute("data-reached", "true");
  await expect(lesson(page).getByRole("status")).toContainText("Done");
});

test("Back and Next stay where they are while the text changes @chromium", async ({ page }) => {
  for (const size of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
    await page.setViewportSize(size);
    await openAt(page, "#view=lesson&screen=2.1");
    const next = lesson(page).locator(".next");
    const before = await next.boundingBox();
    for (let times = 0; times < 4; times += 1) {
      await next.click();
      const after = await next.boundingBox();
      expect([after.x, after.width]).toEqual([before.x, before.width]);
      // On a phone the page may have been scrolled, but the buttons do not leave it.
      expect(after.y).toBeGreaterThanOrEqual(0);
      if (size.width > 1000) expect(after.y).toBe(before.y);
      expect(after.y + after.height).toBeLessThan(size.height);
    }
  }
});

test("rows unfold as the lesson reaches them, and weights light up @chromium", async ({ page }) => {
  const drawn = screenWith(/^figure = "fold-unroll"$/mu);
  await openAt(page, `#view=lesson&screen=${drawn.chapter}.${drawn.screen}`);
  const drawing = lesson(page).locator(".FoldUnroll");
  await expect(drawing).toHaveAttribute("data-unrolled", "false");
  await press(page, "Unroll");
  await expect(drawing).toHaveAttribute("data-unrolled", "true");
  await press(page, "Roll up");
  await expect(drawing).toHaveAttribute("data-unrolled", "false");
});

test("one can leave at any screen with everything as it stands, and come back", async ({ page }) => {
  await open(page);
  await page.getByRole("textbox", { name: "Sequence" }).fill("my own words");
  await page.getByRole("button", { name: "Lesson", exact: true }).click();
  await goTo(page, { chapter: 3, screen: 3 });
  const there = await page.locator("main").getAttribute("data-moment");
  // A reload loses neither of the two.
  await page.reload();
  await expect(lesson(page).locator(".place")).toContainText("Chapter 3, screen 3");
  await page.getByRole("button", { name: "Explore" }).click();
  await expect(lesson(page)).toBeHidden();
  await expect(page.locator(".Tokens bdi")).toHaveText(["my", "own", "words"]);
  // Here nothing is held back, and things can be changed.
  await page.keyboard.press("End");
  await expectMoment(page, "update");
  await page.getByRole("textbox", { name: "Sequence" }).fill("other words of mine");
  await page.getByRole("button", { name: "Lesson", exact: true }).click();
  await expect(lesson(page).locator(".place")).toContainText("Chapter 3, screen 3");
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
  await goTo(page, asks.any);
  await lesson(page).locator(".offers button").first().click();
  await goTo(other, asks.bug);
  await lesson(other).locator(".offers button").first().click();
  await page.reload();
  for (const place of [asks.any, asks.bug]) {
    await goTo(page, place);
    await expect(lesson(page).getByRole("status").first()).toContainText("Your answer");
  }
});

test("progress is remembered on this device, and can be forgotten", async ({ page }) => {
  await openLesson(page);
  await goTo(page, asks.any);
  await lesson(page).locator(".offers button").first().click();
  const status = lesson(page).getByRole("status");
  await expect(status).toContainText("Your answer");
  const title = await heading(page).innerText();
  await page.reload();
  await page.getByRole("button", { name: "Lesson", exact: true }).click();
  await expect(heading(page)).toHaveText(title);
  await expect(status).toContainText("Your answer");
  await lesson(page).getByText("All chapters").click();
  await press(page, "Clear my progress");
  await expect(lesson(page).locator(".place")).toContainText("Chapter 1, screen 1");
  await page.reload();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test("a wrong guess in the bug hunt is set beside the symptom", async ({ page }) => {
  await openLesson(page);
  await goTo(page, asks.bug);
  const rows = lesson(page).locator(".program tbody tr");
  await expect(rows).toHaveCount(5);
  const offers = lesson(page).locator(".offers button");
  const [verdict, guess] = [
    lesson(page).locator(".verdict"),
    lesson(page).getByRole("columnheader", { name: "difference if your answer were right" }),
  ];
  const rights = [];
  for (let offer = 0; offer < (await offers.count()); offer += 1) {
    await offers.nth(offer).click();
    await expect(verdict).toBeVisible();
    const right = (await verdict.getAttribute("data-right")) === "true";
    rights.push(right);
    await expect(guess).toHaveCount(right ? 0 : 1);
    await press(page, "Answer again");
  }
  expect(rights.filter(Boolean)).toHaveLength(1);
});

test("progress of the time when screens had numbers goes on, and says what it lost", async ({ page }) => {
  await open(page);
  const carried = screens.find(({ text }) => /^was = /mu.test(text) && /^\[screen\.question\]$/mu.test(text));
  const was = carried && /^was = "(\d+)\.(\d+)"$/mu.exec(carried.text).slice(1).map((number) => number - 1);
  await page.evaluate((was) => {
    const place = was ? { chapter: was[0], screen: was[1] } : { chapter: 0, screen: 0 };
    const answers = { "77.7": "Done", ...(was && { [was.join(".")]: { Option: 0 } }) };
    localStorage.setItem("unrolled.lesson", JSON.stringify({ place, answers, furthest: {} }));
  }, was);
  await page.reload();
  await ready(page);
  await page.keyboard.press("2");
  if (carried) {
    await expect(lesson(page).locator(".place")).toContainText(
      `Chapter ${carried.chapter}, screen ${carried.screen} `,
    );
    await expect(lesson(page).getByRole("status")).toContainText("Your answer");
  }
  await lesson(page).getByText("All chapters").click();
  await expect(lesson(page).getByText("The lesson has changed")).toBeVisible();
});

test("a training on a screen shows no more than was asked, and all of it after the answer", async ({ page }) => {
  const trains = screenWith(/^view = "train"$/mu, /^choice = \[$/mu, /at = 0/u);
  await openAt(page, `#view=lesson&screen=${trains.chapter}.${trains.screen}`);
  const line = page.getByRole("slider", { name: "Timeline" });
  await expect(line).toHaveAttribute("max", "0");
  await press(page, "Play");
  await page.keyboard.press("End");
  await expect(line).toHaveAttribute("max", "0");
  await expect(page.locator(".TrainPanel")).toHaveCount(0);
  await lesson(page).locator(".offers button").first().click();
  await expect(line).not.toHaveAttribute("max", "0");
  await expect(lesson(page).getByRole("status").locator(".verdict")).toBeVisible();
  await press(page, "Answer again");
  await expect(line).toHaveAttribute("max", "0");
});

test("trainings that a screen compares stand in one chart after the answer, each by its name", async ({ page }) => {
  const { chapter, screen, text } = screenWith(/^trainings = .*name\.en/mu);
  await openAt(page, `#view=lesson&screen=${chapter}.${screen}`);
  await expect(page.locator(".Question")).toBeVisible();
  await expect(page.locator(".Race")).toHaveCount(0);
  await lesson(page).locator(".offers button").first().click();
  await expect(page.locator(".Race canvas")).toBeVisible();
  const names = [...text.matchAll(/name\.en = "([^"]*)"/gu)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(1);
  await expect(page.locator(".Race .entrants b")).toHaveText(names);
});

test("every screen can be walked with keys alone, in Korean", async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Language" }).selectOption("ko");
  await page.getByRole("button", { name: "수업", exact: true }).press("Enter");
  const next = page.locator(".Lesson .next");
  let count = 1;
  while (await next.isEnabled()) {
    await next.press("Enter");
    await expect(page.locator(".Lesson h2")).toBeFocused();
    const text = await page.locator(".Lesson").innerText();
    expect(text).not.toMatch(/[{}]|NaN|\?\?/u);
    count += 1;
  }
  expect(count).toBe(screens.length);
  await expect(page.locator(".finished")).toBeVisible();
});
