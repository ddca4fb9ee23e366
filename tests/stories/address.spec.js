// The address holds the experiment, and every address opens.
import { expect, expectHidden, expectMoment, open, openAt, press, screens, test } from "./fixture.js";

const weight = (page) => page.locator(".Matrices .LaneNumbers text").allTextContents();

test("a first visit has a clean address, and what is changed opens elsewhere as it is", async ({ page, context }) => {
  await open(page);
  expect(new URL(page.url()).hash).toBe("");
  await page.getByRole("textbox", { name: "Sequence" }).fill("one & two = 세 #4");
  await press(page, "More hidden units");
  await press(page, "Update");
  await page.locator(".Header").click({ position: { x: 5, y: 5 } });
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("4");
  await expect(page).toHaveURL(/view=chain/u);
  expect(page.url()).toContain("weights=");
  const before = await page.locator(".Chain").innerText();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.locator(".Chain")).toBeVisible();
  expect(await other.locator(".Chain").innerText()).toBe(before);
  await expectMoment(other, await page.locator("main").getAttribute("data-moment"));
  expect(await weight(other)).toEqual(await weight(page));
  await expect(other.getByRole("textbox", { name: "Sequence" })).toHaveValue("one & two = 세 #4");
  // Nothing is there to be undone.
  await expect(other.getByRole("button", { name: "Undo" })).toBeDisabled();
});

test("an address that is pasted into the open page is followed", async ({ page }) => {
  await open(page);
  await page.evaluate(() => (location.hash = "text=a+b+c&at=forward.2&focus=h.2.1"));
  await expect(page.locator(".Tokens bdi")).toHaveText(["a", "b", "c"]);
  await expectMoment(page, "forward:2");
  await expect(page.locator(".Readout")).toBeVisible();
});

test("a wrong address opens, and says what is wrong in it", async ({ page }) => {
  await openAt(page, "#text=still+here&cells=99999&at=nowhere");
  const alert = page.locator(".AddressProblems");
  await expect(alert).toContainText("nowhere");
  await expect(alert).toContainText("“cells” was ignored");
  // What is right is kept.
  await expect(page.locator(".Tokens bdi")).toHaveText(["still", "here"]);
  await expect(page.locator(".stepper output")).toHaveText("4");
  await press(page, "Close");
  await expect(alert).toBeHidden();
  await openAt(page, "#text=a+b&sead=7&amp;cells=5&at=forward.9");
  await expect(alert).toContainText("Did you mean “seed”?");
  await expect(alert).toContainText("forward.9");
  await expect(page.locator(".stepper output")).toHaveText("5");
  await openAt(page, "#%00%ff&&&==&text=%F0%9F&focus=h.99999999999999999999.1&weights=<script>");
  await expect(page.locator(".Score")).toBeVisible();
});

test("language, theme, view and screen are the address's", async ({ page }) => {
  const { text } = screens.find(({ chapter, screen }) => chapter === 4 && screen === 2);
  await openAt(page, "#lang=ko&theme=dark&view=lesson&screen=4.2");
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator(".Lesson .place")).toContainText(/4장, 2\/\d+쪽/u, { useInnerText: true });
  const stage = /^stage = "(.*)"$/mu.exec(text)?.[1];
  if (stage && !stage.includes("last")) await expectMoment(page, stage);
});

test("what is hidden, alone and fixed", async ({ page }) => {
  await openAt(page, "#text=a+b+c&only=norm&at=backward.1");
  await expect(page.locator("[data-lane=norm]")).toBeVisible();
  await expect(page.locator(".Tokens")).toBeVisible();
  for (const hidden of [".Header", ".Setup", ".Explanation", ".Matrices", "[data-lane=error]"]) {
    await expectHidden(page.locator(hidden));
  }
  await openAt(page, "?only=chain&text=a+b+c");
  await expect(page.locator(".Chain")).toBeVisible();
  await expectHidden(page.locator(".Header"));

  await openAt(page, "#text=a+b+c&lock=text+weights&play");
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await press(page, "Pause");
  await expect(page.locator(".control:has(.sequence)")).toHaveAttribute("inert", /.*/u);
  await page.locator(".Tokens button").first().press("Alt+ArrowRight");
  await expect(page.locator(".Tokens bdi")).toHaveText(["a", "b", "c"]);
  await press(page, "More hidden units");
  await expect(page.locator(".stepper output")).toHaveText("5");
  const before = await weight(page);
  await page.locator(".Transport .update").press("Enter");
  await expectHidden(page.locator(".updates"));
  expect(await weight(page)).toEqual(before);
  // What is not fixed takes the same key.
  await openAt(page, "#text=a+b+c&lock=text");
  await page.locator(".Transport .update").press("Enter");
  await expect(page.locator(".updates")).toBeVisible();
  await expect.poll(() => weight(page)).not.toEqual(before);
});

test("a page that was opened behind a question mark goes on behind the number sign", async ({ page, context }) => {
  await openAt(page, "?text=a+b&unit=character&utm_source=course");
  await expect(page.locator(".Tokens bdi")).toHaveText(["a", "␣", "b"]);
  await page.locator(".Setup .unit select").selectOption({ label: "word" });
  await expect(page).toHaveURL(/#text=a\+b/u);
  const url = new URL(page.url());
  expect(url.search).toBe("?utm_source=course");
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.locator(".Tokens bdi")).toHaveText(["a", "b"]);
  await page.locator(".Header button.export").click();
  const link = await page.locator(".Share .link input").inputValue();
  await other.goto("about:blank");
  await other.goto(link);
  await expect(other.locator(".Tokens bdi")).toHaveText(["a", "b"]);
});

test("an address that is gone to counts as a whole", async ({ page }) => {
  await openAt(page, "#text=a+b+c&lang=ko&theme=dark&hide=setup+weights&lock=text&view=chain");
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await page.evaluate(() => (location.hash = "text=d+e&lang=en"));
  await expect(page.locator(".Tokens bdi")).toHaveText(["d", "e"]);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await expect(page.locator(".Setup")).toBeVisible();
  await expect(page.locator(".Matrices")).toBeVisible();
  await expect(page.locator(".Desk")).toHaveAttribute("data-view", "score");
  await page.getByRole("textbox", { name: "Sequence" }).fill("f");
  await expect(page.locator(".Tokens bdi")).toHaveText(["f"]);
});

test("an address that is gone to is followed, though the page writes its own before it hears of it", async ({ page }) => {
  await openAt(page, "#text=a+b+c");
  await page.evaluate(() => {
    location.hash = "text=d+e";
    history.replaceState(null, "", "#text=a+b+c&cells=5");
  });
  await expect(page.locator(".Tokens bdi")).toHaveText(["d", "e"]);
  await expect(page).toHaveURL(/#text=d\+e/u);
});

test("what a teacher shows alone stays alone, whatever key is pressed, and what plays can be stopped", async ({ page }) => {
  await openAt(page, "#text=a+b&only=heat-map");
  for (const key of ["1", "2", "3", "4"]) {
    await page.keyboard.press(key);
    await expect(page.locator(".Desk")).toHaveAttribute("data-view", "score");
    await expect(page.locator(".Lesson")).toBeHidden();
  }
  await openAt(page, "#text=one+two+three&hide=transport&play=1");
  await press(page, "Pause");
  const moment = await page.locator("main").getAttribute("data-moment");
  await page.keyboard.press("ArrowRight");
  await expectMoment(page, moment);
});

test("a link too long for some platforms says so", async ({ page }) => {
  await openAt(page, "#text=a+b+c&cells=16");
  await press(page, "Update");
  await page.locator(".Header button.export").click();
  await expect(page.locator(".Share .long")).toBeVisible();
});
