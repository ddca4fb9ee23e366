// Unrolled in a page of another origin: a frame, and an element.
import { test as base, expect } from "@playwright/test";
import { serve } from "./fixture.js";

// The page around is served from another port, which is another origin.
const test = base.extend({
  around: async ({ page, baseURL }, use) => {
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    const course = { html: "" };
    const host = await serve({ "/": course });
    const url = `${host.url}/`;
    await use({
      url,
      app: baseURL,
      async show(html) {
        course.html = `<!doctype html><title>Course</title><body><h1>A course</h1>${html}`;
        await page.goto(url);
      },
    });
    await host.close();
    expect(complaints).toEqual([]);
  },
});

const listening = `<script>
  window.heard = [];
  addEventListener("message", ({ data, origin }) => heard.push({ ...data, origin }));
</script>`;

const heard = (page, find) => page.evaluate(`heard.filter((m) => ${find})`);

test("a frame tells its height, so that nothing scrolls inside of it", async ({ page, around }) => {
  await around.show(`${listening}<iframe id="f" src="${around.app}#text=a+b+c&hide=header"
    style="width: 800px; border: 0"></iframe>
    <script>addEventListener("message", ({ data }) => {
      if (data.subject === "lti.frameResize") f.style.height = data.height + "px";
    });</script>`);
  const frame = page.frameLocator("#f");
  await expect(frame.locator(".Score")).toBeVisible();
  await expect
    .poll(async () => (await heard(page, 'm.event === "height"')).length)
    .toBeGreaterThan(0);
  const inner = () =>
    page.frames()[1].evaluate(() => {
      const { scrollHeight, clientHeight } = document.documentElement;
      return scrollHeight - clientHeight;
    });
  await expect.poll(inner).toBeLessThanOrEqual(1);
  // It grows and shrinks with what is in it, and comes to rest.
  const height = async () => (await page.locator("#f").boundingBox()).height;
  const before = await height();
  await frame.locator(".Lane summary").first().click();
  await expect.poll(height).toBeGreaterThan(before + 40);
  await frame.locator(".Lane summary").first().click();
  await expect.poll(height).toBeLessThan(before + 2);
  await expect.poll(inner).toBeLessThanOrEqual(1);
  const [first] = await heard(page, 'm.event === "ready"');
  expect(new URL(first.origin).href).toBe(around.app);
});

test("the page around sets and reads the experiment and hears of moments and answers", async ({ page, around }) => {
  await around.show(`${listening}<iframe id="f" width="900" height="900"
    src="${around.app}#text=a+b+c&host=${around.url.slice(0, -1)}"></iframe>`);
  const frame = page.frameLocator("#f");
  await expect(frame.locator(".Score")).toBeVisible();
  const tell = (message) =>
    page.evaluate((message) => document.querySelector("#f").contentWindow.postMessage(message, "*"), message);
  // What is not ours, or is hostile, is ignored.
  for (const message of [
    null, 7, "play", [], {}, { unrolled: 2, do: "play" }, { unrolled: 1 }, { unrolled: 1, do: "evil" },
    { unrolled: 1, do: "set" }, { unrolled: 1, do: "set", address: 5 },
    { unrolled: 1, do: "set", address: "cells=1000000000" },
    { unrolled: 1, do: "set", address: "x".repeat(3e6) },
  ]) {
    await tell(message);
  }
  await tell({ unrolled: 1, do: "set", address: "text=x+y&at=forward.2" });
  await expect(frame.locator(".Tokens bdi")).toHaveText(["x", "y"]);
  await tell({ unrolled: 1, do: "get", id: "mine" });
  await expect.poll(() => heard(page, 'm.event === "state"')).toHaveLength(1);
  const [state] = await heard(page, 'm.event === "state"');
  expect(state).toMatchObject({ unrolled: 1, id: "mine", moment: "forward:2" });
  expect(state.address).toContain("text=x+y");
  await tell({ unrolled: 1, do: "play" });
  await expect.poll(() => heard(page, 'm.event === "moment" && m.moment === "output"')).toHaveLength(1);
  await tell({ unrolled: 1, do: "pause" });

  await tell({ unrolled: 1, do: "set", address: "view=lesson" });
  await frame.locator(".Lesson .next").click();
  await frame.locator(".offers button").nth(1).click();
  await expect.poll(() => heard(page, 'm.event === "answer"')).toHaveLength(1);
  const [answer] = await heard(page, 'm.event === "answer"');
  expect(answer).toMatchObject({ chapter: 1, screen: 2, right: true, task: false });
});

test("a page that is not the host it was told of hears nothing and moves nothing", async ({ page, around }) => {
  const errors = [];
  page.on("console", (message) => errors.push(message.text()));
  await page.setContent("");
  await around.show(`${listening}<iframe id="f" width="900" height="900"
    src="${around.app}#text=a+b+c&at=forward.1&host=${around.url.slice(0, -1)}"></iframe>`);
  await expect(page.frameLocator("#f").locator(".Score")).toBeVisible();
  // A frame beside it is no host either.
  await page.evaluate(() => {
    const stranger = document.createElement("iframe");
    stranger.srcdoc = `<script>parent.frames[0].postMessage({ unrolled: 1, do: "set", address: "text=evil" }, "*")</script>`;
    document.body.append(stranger);
  });
  await page.waitForTimeout(400);
  await expect(page.frameLocator("#f").locator(".Tokens bdi")).toHaveText(["a", "b", "c"]);
});

test("elements: many on a page, made when they come into view, still while out of it", async ({ page, around }) => {
  await around.show(`<script src="${around.app}unrolled-element.js"></script>
    <unrolled-rnn id="one" text="one two three" cells="3" hide="header setup" at="forward.1"></unrolled-rnn>
    <div style="height: 3000px"></div>
    <unrolled-rnn id="two" text="a b" only="norm" labels="x|y"></unrolled-rnn>`);
  const one = page.frameLocator("#one iframe");
  await expect(one.locator(".Tokens bdi")).toHaveText(["one", "two", "three"]);
  await expect(one.locator(".Header")).toBeHidden();
  await expect(page.locator("#two iframe")).toHaveCount(0);
  // As high as what is in it.
  await expect
    .poll(() => page.locator("#one iframe").evaluate((frame) => frame.clientHeight))
    .toBeGreaterThan(500);
  const state = await page.evaluate(() => document.querySelector("#one").read());
  expect(state.address).toContain("text=one+two+three");
  await page.evaluate(() => document.querySelector("#one").setAttribute("text", "changed"));
  await expect(one.locator(".Tokens bdi")).toHaveText(["changed"]);
  await page.evaluate(() => document.querySelector("#one").play());
  await expect(one.getByRole("button", { name: "Pause" })).toBeVisible();

  await page.locator("#two").scrollIntoViewIfNeeded();
  const two = page.frameLocator("#two iframe");
  await expect(two.locator("[data-lane=norm]")).toBeVisible();
  await expect(two.locator(".Setup")).toBeHidden();
  await expect(one.locator(".Transport .play")).toHaveAttribute("aria-label", "Play");
});

test("the snippet of the dialogue works in another page", async ({ page, around }) => {
  await page.goto(`${around.app}#text=my+own+words`);
  await page.locator(".Header .take").click();
  await page.getByText("Embed it in a page").click();
  await page.getByRole("checkbox", { name: "header" }).check();
  await page.getByRole("checkbox", { name: "cells" }).check();
  const preview = page.frameLocator(".Share iframe");
  await expect(preview.locator(".Tokens bdi")).toHaveText(["my", "own", "words"]);
  await expect(preview.locator(".Header")).toBeHidden();
  const frame = await page.locator(".Share pre").innerText();
  await page.locator(".Share .choices select").first().selectOption("<unrolled-rnn>");
  const element = await page.locator(".Share pre").innerText();
  for (const snippet of [frame, element]) {
    await around.show(snippet);
    const inner = page.frameLocator("iframe");
    await expect(inner.locator(".Tokens bdi")).toHaveText(["my", "own", "words"]);
    await expect(inner.locator(".Header")).toBeHidden();
    await expect(inner.locator(".control:has(.stepper)")).toHaveAttribute("inert", /.*/u);
  }
});
