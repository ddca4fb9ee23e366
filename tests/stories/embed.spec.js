// Unrolled in a page of another origin: a frame, and an element.
import { test as base, expect } from "@playwright/test";
import { expectHidden, goOnToOffers, ready, screenWith, serve, traceOf } from "./fixture.js";

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
    // Firefox itself complains of each message that it does not deliver, as it must not.
    const undelivered = /^The target origin provided .* does not match the recipient window/u;
    expect(complaints.filter((text) => !undelivered.test(text))).toEqual([]);
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
  await goOnToOffers(frame.locator(".Lesson"));
  await frame.locator(".offers button").nth(1).click();
  await expect.poll(() => heard(page, 'm.event === "answer"')).toHaveLength(1);
  const [answer] = await heard(page, 'm.event === "answer"');
  const { chapter, screen } = screenWith(/^choice = /mu);
  expect(answer).toMatchObject({ chapter, screen, right: true, task: false });
});

test("a page that is not the host it was told of moves nothing", async ({ page, around }) => {
  await around.show(`${listening}<iframe id="f" width="900" height="900"
    src="${around.app}#text=a+b+c&at=forward.1&host=${around.url.slice(0, -1)}"></iframe>`);
  const frame = page.frameLocator("#f");
  await ready(frame);
  // A frame beside it is no host either. It says when it has sent its message; what the host sends
  // after that comes after it.
  await page.evaluate(async () => {
    const stranger = document.createElement("iframe");
    stranger.srcdoc = `<script>
      parent.frames[0].postMessage({ unrolled: 1, do: "set", address: "text=evil" }, "*");
      parent.postMessage("sent", "*");
    </script>`;
    const sent = new Promise((done) => addEventListener("message", ({ data }) => data === "sent" && done()));
    document.body.append(stranger);
    await sent;
  });
  const tell = (message) =>
    page.evaluate((message) => document.querySelector("#f").contentWindow.postMessage(message, "*"), message);
  await tell({ unrolled: 1, do: "get", id: "after" });
  await expect.poll(() => heard(page, 'm.id === "after"')).toHaveLength(1);
  const [state] = await heard(page, 'm.id === "after"');
  expect(state.address).toContain("text=a+b+c");
  await expect(frame.locator(".Tokens bdi")).toHaveText(["a", "b", "c"]);
  // From the host the same message is followed.
  await tell({ unrolled: 1, do: "set", address: "text=from+the+host" });
  await expect(frame.locator(".Tokens bdi")).toHaveText(["from", "the", "host"]);
});

test("a page that is told of another host hears nothing", async ({ page, around }) => {
  const frame = (id, host) => `<iframe id="${id}" width="900" height="500"
    src="${around.app}#text=a+b+c&at=forward.1&host=${host}"></iframe>`;
  await around.show(`${listening}${frame("f", around.url.slice(0, -1))}${frame("g", "https://elsewhere.invalid")}`);
  for (const [id, button, moment] of [["g", "Go to end", "update"], ["f", "Step forward", "forward:2"]]) {
    const inner = page.frameLocator(`#${id}`);
    await ready(inner);
    await inner.getByRole("button", { name: button, exact: true }).click();
    await expect(inner.locator("main")).toHaveAttribute("data-moment", moment);
  }
  await expect.poll(() => heard(page, 'm.event === "moment" && m.moment === "forward:2"')).toHaveLength(1);
  expect(await heard(page, 'm.event === "moment" && m.moment === "update"')).toEqual([]);
  expect(await heard(page, 'm.event === "ready"')).toHaveLength(1);
});

test("elements: many on a page, made when they come into view, still while out of it", async ({ page, around }) => {
  await around.show(`<script src="${around.app}unrolled-element.js"></script>
    <unrolled-rnn id="one" text="one two three" cells="3" hide="header setup" at="forward.1"></unrolled-rnn>
    <div style="height: 3000px"></div>
    <unrolled-rnn id="two" text="a b" only="norm" labels="x|y"></unrolled-rnn>`);
  const one = page.frameLocator("#one iframe");
  await expect(one.locator(".Tokens bdi")).toHaveText(["one", "two", "three"]);
  await expectHidden(one.locator(".Header"));
  await expect(page.locator("#two iframe")).toHaveCount(0);
  // As high as what is in it.
  await expect
    .poll(() => page.locator("#one iframe").evaluate((frame) => frame.clientHeight))
    .toBeGreaterThan(500);
  const state = await page.evaluate(() => document.querySelector("#one").read());
  expect(state.address).toContain("text=one+two+three");
  const many = Array.from({ length: 150 }, (_, number) => `word${number}`);
  await page.evaluate((text) => document.querySelector("#one").setAttribute("text", text), many.join(" "));
  await expect(one.locator(".Tokens bdi")).toHaveText(many);
  // Over so many steps it plays for minutes.
  await page.evaluate(() => document.querySelector("#one").play());
  await expect(one.getByRole("button", { name: "Pause" })).toBeVisible();

  await page.locator("#two").scrollIntoViewIfNeeded();
  const two = page.frameLocator("#two iframe");
  await expect(two.locator("[data-lane=norm]")).toBeVisible();
  await expectHidden(two.locator(".Setup"));
  await expect(one.locator(".Transport .play")).toHaveAttribute("aria-label", "Play");
  await expect(one.locator("main")).not.toHaveAttribute("data-moment", "update");
});

test("the snippet of the dialogue works in another page", async ({ page, around }) => {
  await page.goto(`${around.app}#text=my+own+words`);
  await page.locator(".Header button.export").click();
  await page.getByText("Embed it in a page").click();
  await page.getByRole("checkbox", { name: "header" }).check();
  await page.getByRole("checkbox", { name: "hidden units" }).check();
  const preview = page.frameLocator(".Share iframe");
  await expect(preview.locator(".Tokens bdi")).toHaveText(["my", "own", "words"]);
  await expectHidden(preview.locator(".Header"));
  const frame = await page.locator(".Share pre").innerText();
  await page.locator(".Share .choices select").first().selectOption("<unrolled-rnn>");
  const element = await page.locator(".Share pre").innerText();
  for (const snippet of [frame, element]) {
    await around.show(snippet);
    const inner = page.frameLocator("iframe");
    await expect(inner.locator(".Tokens bdi")).toHaveText(["my", "own", "words"]);
    await expectHidden(inner.locator(".Header"));
    await expect(inner.locator(".control:has(.stepper)")).toHaveAttribute("inert", /.*/u);
  }
});

const element = (page, id = "one") => page.frameLocator(`#${id} iframe`);
const script = (around) => `<script src="${around.app}unrolled-element.js"></script>`;

test("an element that is moved goes on where its learner was", async ({ page, around }) => {
  await around.show(`${script(around)}<section id="a">
    <unrolled-rnn id="one" text="one two three" hide="header" play="1" unit="character"></unrolled-rnn></section>
    <section id="b"></section>`);
  const inner = element(page);
  await expect(inner.locator(".Tokens bdi").first()).toBeVisible();
  await inner.getByRole("button", { name: "Pause" }).click();
  const text = inner.getByRole("textbox", { name: "Sequence" });
  await text.fill("my own words");
  await inner.getByRole("button", { name: "More hidden units" }).click();
  await inner.locator("main").press("End");
  const told = () => page.evaluate(() => globalThis.last?.address ?? "");
  await page.evaluate(() => document.addEventListener("unrolled-address", (event) => (globalThis.last = event.detail)));
  await inner.getByRole("button", { name: "More hidden units" }).click();
  await expect.poll(told).toContain("cells=6");
  const moment = await inner.locator("main").getAttribute("data-moment");
  const reading = await page.evaluate(() => {
    const element = document.querySelector("#one");
    const asked = element.read();
    document.querySelector("#b").append(element);
    return asked;
  });
  expect(reading.address).toContain("text=my+own+words");
  await expect(inner.getByRole("textbox", { name: "Sequence" })).toHaveValue("my own words");
  await expect(inner.locator(".stepper output").first()).toHaveText("6");
  await expect(inner.locator("main")).toHaveAttribute("data-moment", moment);
  await expectHidden(inner.locator(".Header"));
  await expect(inner.locator(".Transport .play")).toHaveAttribute("aria-label", "Play");
});

test("an element that is moved in the lesson stays at its screen", async ({ page, around }) => {
  await around.show(`${script(around)}<unrolled-rnn id="one" view="lesson" text="a b"></unrolled-rnn><section id="b"></section>`);
  const inner = element(page);
  // By a key: a button that is still moving as the frame grows may be missed by a pointer.
  await inner.locator(".Lesson .next").press("Enter");
  await expect(inner.locator(".Lesson .place")).toContainText("Chapter 1, screen 2");
  await page.evaluate(() => document.querySelector("#b").append(document.querySelector("#one")));
  await expect(inner.locator(".Lesson .place")).toContainText("Chapter 1, screen 2");
});

test("where the browser can move an element whole, its frame is not made anew", async ({ page, around }) => {
  await around.show(`${script(around)}<unrolled-rnn id="one" text="a b"></unrolled-rnn><section id="b"></section>`);
  await expect(element(page).locator(".Score")).toBeVisible();
  await page.frames()[1].evaluate(() => (globalThis.mark = 1));
  await page.evaluate(() => document.querySelector("#b").moveBefore(document.querySelector("#one"), null));
  await page.evaluate(() => document.querySelector("#one").setAttribute("text", "x y z"));
  await expect(element(page).locator(".Tokens bdi")).toHaveText(["x", "y", "z"]);
  expect(await page.frames()[1].evaluate(() => globalThis.mark)).toBe(1);
});

test("what is said to an element before its page is ready is done when it is", async ({ page, around }) => {
  let go;
  const held = new Promise((release) => (go = release));
  await page.route("**/*_bg.wasm", async (route) => (await held, route.continue()));
  await around.show(`${script(around)}<unrolled-rnn id="one" text="a b"></unrolled-rnn>
    <div style="height: 3000px"></div><unrolled-rnn id="two" text="a b" hide="header"></unrolled-rnn>`);
  await expect(page.locator("#one iframe")).toHaveCount(1);
  await page.evaluate(() => {
    const [one, two] = document.querySelectorAll("unrolled-rnn");
    one.setAttribute("text", "changed while loading");
    one.setAttribute("theme", "dark");
    globalThis.asked = one.read();
    two.open("text=opened+before+it+was+shown&at=output");
    two.setAttribute("at", "backward.1");
  });
  go();
  await expect(element(page).locator(".Tokens bdi")).toHaveText(["changed", "while", "loading"]);
  await expect(element(page).locator("html")).toHaveAttribute("data-theme", "dark");
  expect((await page.evaluate(() => asked)).address).toContain("text=changed+while+loading");
  await expect(page.locator("#two iframe")).toHaveCount(0);
  await page.locator("#two").scrollIntoViewIfNeeded();
  await expect(element(page, "two").locator(".Tokens bdi").first()).toBeVisible();
  await expectHidden(element(page, "two").locator(".Header"));
});

test("a question to an element is answered, or refused, but never left", async ({ page, around }) => {
  await page.route("**/*_bg.wasm", () => {});
  await around.show(`${script(around)}<unrolled-rnn id="one" text="a b"></unrolled-rnn>`);
  await expect(page.locator("#one iframe")).toHaveCount(1);
  const refused = (script) => page.evaluate(`(async () => { ${script} })().then(() => "answered", ({ message }) => message)`);
  expect(await refused(`const one = document.querySelector("#one"); const asked = one.read(); one.remove(); await asked`)).toContain("removed");
  expect(await refused(`await document.createElement("unrolled-rnn").read()`)).toContain("in no page");
  await page.clock.install();
  await around.show(`${script(around)}<unrolled-rnn id="one" text="a b"></unrolled-rnn>`);
  const answer = refused(`const asked = document.querySelector("#one").read(); globalThis.begun = true; await asked`);
  await expect.poll(() => page.evaluate(() => globalThis.begun)).toBe(true);
  await page.clock.fastForward(30_000);
  expect(await answer).toContain("no answer");
});

test("an attribute changes what it names, and leaves what the learner has made", async ({ page, around }) => {
  await around.show(`${script(around)}<unrolled-rnn id="one" text="a b" hide="header"></unrolled-rnn>`);
  const inner = element(page);
  await inner.getByRole("textbox", { name: "Sequence" }).fill("my own words");
  await page.evaluate(() => document.addEventListener("unrolled-address", ({ detail }) => (globalThis.last = detail.address)));
  await inner.getByRole("button", { name: "More hidden units" }).click();
  await expect.poll(() => page.evaluate(() => globalThis.last ?? "")).toContain("cells=5");
  const set = (name, value) => page.evaluate(([name, value]) => document.querySelector("#one").setAttribute(name, value), [name, value]);
  await set("at", "backward.2");
  await expect(inner.locator("main")).toHaveAttribute("data-moment", "backward:2");
  await expect(inner.locator(".Tokens bdi")).toHaveText(["my", "own", "words"]);
  await set("theme", "dark");
  await expect(inner.locator("html")).toHaveAttribute("data-theme", "dark");
  await set("hide", "transport");
  await expect(inner.locator(".Header")).toBeVisible();
  await expect(inner.locator(".Tokens bdi")).toHaveText(["my", "own", "words"]);
  await expect(inner.locator(".stepper output").first()).toHaveText("5");
  await set("text", "x y");
  await expect(inner.locator(".Tokens bdi")).toHaveText(["x", "y"]);
  await expect(inner.locator(".stepper output").first()).toHaveText("4");
  await page.evaluate(() => document.querySelector("#one").open("text=opened"));
  await expect(inner.locator(".Tokens bdi")).toHaveText(["opened"]);
  await expect(inner.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("an element opens a network of one's own, with its weights, and goes to a place in it", async ({ page, around }) => {
  await around.show(`${script(around)}<unrolled-rnn id="one" text="a b" cell="lstm" hide="header"></unrolled-rnn>`);
  const inner = element(page);
  await expect(inner.locator("[data-lane=memory], [data-lane=c]").first()).toBeAttached();
  const experiment = {
    format: "unrolled-experiment/1",
    text: "0.5 -1 2",
    unit: "number",
    task: { kind: "values", target: [0.25] },
    cell: "tanh",
    hidden: 2,
    weights: { w1x: [[0.5, -0.25]], w1h: [[0.1, 0.2], [0.3, 0.4]], b1: [0.05, 0], w2: [[1], [-1]], b2: [0.125] },
  };
  const loss = traceOf(experiment).loss;
  const read = () => page.evaluate(() => document.querySelector("#one").read());
  await page.evaluate((experiment) => document.querySelector("#one").open("at=backward.2", experiment), experiment);
  await expect(inner.locator(".Tokens bdi")).toHaveText(["0.5", "-1", "2"]);
  await expect(inner.locator("main")).toHaveAttribute("data-moment", "backward:2");
  expect((await read()).loss).toBeCloseTo(loss, 12);
  await page.evaluate(() => document.querySelector("#one").go({ at: "forward:2", focus: "h.2.1" }));
  await expect(inner.locator("main")).toHaveAttribute("data-moment", "forward:2");
  await expect.poll(async () => (await read()).address).toContain("focus=h.2.1");
  // What has no such name moves nothing, and what is wrong is said.
  await page.evaluate(() => document.querySelector("#one").go({ at: "sideways:1", focus: "nonsense" }));
  expect((await read()).moment).toBe("forward:2");
  await page.evaluate((experiment) => document.querySelector("#one").open("", { ...experiment, hidden: 3 }), experiment);
  await expect(inner.locator("[role=alert], [role=status]").filter({ hasText: "experiment" }).first()).toBeVisible();
});

test("lists are split by bars, or written as JSON", async ({ page, around }) => {
  await around.show(`${script(around)}
    <unrolled-rnn id="one" text="a b" labels="x, y | [z | a&quot;b"></unrolled-rnn>
    <unrolled-rnn id="two" text="a b" labels='["a|b", "c, d", "[e"]'></unrolled-rnn>
    <unrolled-rnn id="three" text="a b" labels="[x|y"></unrolled-rnn>`);
  const labels = async (id) => {
    const { address } = await page.evaluate((id) => document.querySelector(`#${id}`).read(), id);
    return new URLSearchParams(address).getAll("label");
  };
  expect(await labels("one")).toEqual(["x, y", "[z", 'a"b']);
  expect(await labels("two")).toEqual(["a|b", "c, d", "[e"]);
  expect(await labels("three")).toEqual(["[x", "y"]);
});

test("the snippet of an element holds any label", async ({ page, around }) => {
  await page.goto(`${around.app}#text=a+b&label=a%7Cb&label=%5Bc&label=%22d%22,+e`);
  await page.locator(".Header button.export").click();
  await page.getByText("Embed it in a page").click();
  await page.locator(".Share .choices select").first().selectOption("<unrolled-rnn>");
  await around.show(await page.locator(".Share pre").innerText());
  const { address } = await page.evaluate(() => document.querySelector("unrolled-rnn").read());
  expect(new URLSearchParams(address).getAll("label")).toEqual(["a|b", "[c", '"d", e']);
});
