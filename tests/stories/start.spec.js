// Before the page is there: whatever a server or a network does instead of sending it, the learner
// is told within seconds, in the language of the browser, and nothing wrong is kept.
import { readdirSync } from "node:fs";
import { test as base, expect } from "@playwright/test";
import { goOnToOffers, never, once, onceAfter, ready, serve, signIn, steps } from "./fixture.js";

const test = base.extend({
  host: async ({ page }, use) => {
    const host = await serve({ "/rnn/": "dist" });
    host.open = (address = "") => page.goto(`${host.url}/rnn/${address}`, { waitUntil: "commit" });
    await use(host);
    await host.close();
  },
});

const alive = ready;
const korean = /^ko-[0-9a-f]+\.json$/u;
const lesson = /^lesson-[0-9a-f]+\.json$/u;
const asksFor = (host, part) => host.asked.filter((path) => part.test(path.split("/").pop())).length;
const language = (page) => page.locator(".Header select").first();
const alert = (page) => page.getByRole("alert");
const again = (page) => page.getByRole("button", { name: "Open again" }).click();

/** The parts of the program that the start asks for, by a word for each. */
const parts = {
  "the WebAssembly": /_bg\.wasm$/u,
  "its bindings": /^unrolled-[0-9a-f]+\.js$/u,
  "a style": /^page-.*\.css$/u,
};
const start = /^start-.*\.js$/u;
const only = (part, answer) => (name) => (part.test(name) ? answer : null);
/** From here on time passes only as the story lets it, however slow the machine is. */
const stand = (page) => page.clock.pauseAt(Date.now() + 1000);
const asked = (host, part) =>
  expect.poll(() => host.asked.some((path) => part.test(path.split("/").pop()))).toBe(true);

for (const [what, part] of Object.entries(parts)) {
  test(`${what} never comes: it is said, and it still opens if it does`, async ({ page, host }) => {
    await page.clock.install();
    host.instead = only(part, never);
    await host.open();
    await asked(host, part);
    await expect(alert(page)).toHaveCount(0);
    await page.clock.fastForward(5000);
    await expect(alert(page)).toContainText("taking a long time to load");
    await expect(page.locator(".Waiting")).toHaveCount(0);
    host.instead = () => null;
    await again(page);
    await alive(page);
    await expect(alert(page)).toHaveCount(0);
  });
}

test("a download that goes on after a pause takes its message back", async ({ page, host }) => {
  await page.clock.install();
  const program = steps(2);
  host.instead = only(parts["the WebAssembly"], program);
  await host.open();
  await asked(host, parts["the WebAssembly"]);
  program.next();
  await expect.poll(async () => {
    await page.clock.fastForward(5000);
    return alert(page).count();
  }).toBe(1);
  program.next();
  await alive(page);
  await expect(alert(page)).toHaveCount(0);
});

test("a slow download is no failure as long as it goes on", async ({ page, host }) => {
  await page.addInitScript(() => {
    const got = new Map();
    const { read } = ReadableStreamDefaultReader.prototype;
    ReadableStreamDefaultReader.prototype.read = async function () {
      const result = await read.call(this);
      got.set(this, (got.get(this) ?? 0) + (result.value?.length ?? 0));
      globalThis.largest = Math.max(...got.values());
      return result;
    };
  });
  await page.clock.install();
  const program = steps(6);
  let size = 0;
  const by = (body) => ((size = body.length), program.by(body));
  host.instead = only(parts["the WebAssembly"], { by });
  await host.open();
  await asked(host, parts["the WebAssembly"]);
  await stand(page);
  // The other parts have come by then.
  await expect.poll(() => page.locator("head link[rel=stylesheet]").count()).toBe(2);
  await expect.poll(() => page.locator('head script[src*="unrolled-"]').count()).toBe(1);
  for (let index = 1; index <= 6; index += 1) {
    program.next();
    await expect.poll(() => page.evaluate(() => globalThis.largest ?? 0)).toBeGreaterThanOrEqual(Math.floor((index * size) / 6));
    await expect(alert(page)).toHaveCount(0);
    await page.clock.fastForward(4000);
    await expect(alert(page)).toHaveCount(0);
    if (index === 6) break;
    // The bar says how much has come.
    await expect(page.getByRole("progressbar")).toBeVisible();
    const share = await page.getByRole("progressbar").evaluate((bar) => bar.value / bar.max);
    expect(share).toBeGreaterThan((index - 0.5) / 6);
    expect(share).toBeLessThan((index + 0.5) / 6);
  }
  await page.clock.resume();
  await alive(page);
});

test("a slow file that the browser may not keep comes twice, and is no failure", async ({ page, host }) => {
  await page.clock.install();
  const [first, second] = [steps(1), steps(1)];
  const turns = [first, second];
  const part = parts["its bindings"];
  host.instead = (name) =>
    part.test(name) ? { ...(turns.shift() ?? {}), headers: { "cache-control": "no-store" } } : null;
  await host.open();
  await asked(host, part);
  await stand(page);
  await page.clock.fastForward(3000);
  first.next();
  await expect.poll(() => turns.length).toBe(0);
  await page.clock.fastForward(9000);
  await expect(alert(page)).toHaveCount(0);
  await page.clock.resume();
  second.next();
  await alive(page);
});

const wrong = {
  "is missing": { status: 404, body: "" },
  "is the page of a network that wants one to sign in": signIn,
  "is empty": { body: "", headers: { "cache-control": "max-age=31536000" } },
  "is cut short": { body: "x", headers: { "cache-control": "max-age=31536000" } },
  "sends one elsewhere": { status: 302, headers: { location: "https://sign-in.invalid/" }, body: "" },
};
for (const [place, [what, part]] of Object.entries(parts).entries()) {
  for (const [at, [how, answer]] of Object.entries(wrong).entries()) {
    test(`${what} ${how}: it is said, and then it opens again`, onceAfter(place * at), async ({ page, host }) => {
      host.instead = only(part, answer);
      await host.open("#text=still+mine");
      await expect(alert(page)).toContainText("could not be loaded");
      host.instead = () => null;
      await again(page);
      await expect(page.locator(".Tokens bdi")).toHaveText(["still", "mine"]);
    });
  }

  test(`${what} that was wrong once is asked for again at once`, onceAfter(place), async ({ page, host }) => {
    let before = 0;
    host.instead = (name) => (part.test(name) && (before += 1) === 1 ? signIn : null);
    await host.open();
    await alive(page);
    await expect(alert(page)).toHaveCount(0);
  });
}

// Each for itself: a page that has once started keeps what it needs.
for (const part of ["its bindings", "a style"]) {
  test(`${part} that come as another kind are not run, and not kept @chromium`, async ({ page, host }) => {
    const headers = { "content-type": "text/plain", "cache-control": "max-age=31536000", "x-content-type-options": "nosniff" };
    host.instead = only(parts[part], { headers });
    await host.open("#text=a+b");
    await expect(alert(page)).toContainText("could not be loaded");
    host.instead = () => null;
    await again(page);
    await alive(page);
  });
}

test("WebAssembly of another kind is run all the same, if it is what was built", async ({ page, host }) => {
  host.instead = only(parts["the WebAssembly"], { headers: { "content-type": "text/plain" } });
  await host.open();
  await alive(page);
});

for (const [at, [how, answer]] of Object.entries({ "never comes": never, ...wrong }).entries()) {
  test(`the start ${how}: the page says so in both languages, without any script`, onceAfter(at), async ({ page, host }) => {
    host.instead = only(start, answer);
    await host.open();
    await expect(page.getByText("Unrolled is loading. If nothing changes")).toBeVisible();
    await expect(page.getByText("Unrolled를 불러오는 중입니다.")).toBeVisible();
  });
}

test("everything but the page itself never comes: it is seen all the same", async ({ page, host }) => {
  host.instead = (name) => (name === "index.html" ? null : never);
  await host.open();
  await expect(page.getByText("check the connection and reload")).toBeVisible();
  // It is painted: no style is waited for.
  await expect
    .poll(() => page.evaluate(() => performance.getEntriesByType("paint").map(({ name }) => name)))
    .toContain("first-contentful-paint");
});

base.describe("in Korean", () => {
  test.use({ locale: "ko-KR" });

  test("what fails is said in the language of the browser", async ({ page, host }) => {
    await page.clock.install();
    host.instead = only(parts["the WebAssembly"], never);
    await host.open();
    await asked(host, parts["the WebAssembly"]);
    await page.clock.fastForward(5000);
    await expect(alert(page)).toContainText("불러오는 데 오래 걸리고 있습니다");
    host.instead = only(parts["the WebAssembly"], signIn);
    await page.getByRole("button", { name: "다시 열기" }).click();
    await expect(alert(page)).toContainText("모두 불러오지 못했습니다");
    await expect(page.locator(".Failure")).toHaveAttribute("lang", "ko");
  });

  test("its texts come with the program, are waited for as it is, and are sent once", async ({ page, host }) => {
    host.instead = only(korean, wrong["is missing"]);
    await host.open("#text=still+mine");
    await expect(alert(page)).toContainText("모두 불러오지 못했습니다");
    host.instead = () => null;
    await page.getByRole("button", { name: "다시 열기" }).click();
    await alive(page);
    await expect(page.locator("html")).toHaveAttribute("lang", "ko");
    await expect(page.locator(".Tokens bdi")).toHaveText(["still", "mine"]);
    const before = asksFor(host, korean);
    await language(page).selectOption("en");
    await language(page).selectOption("ko");
    await expect(page.locator("html")).toHaveAttribute("lang", "ko");
    expect(asksFor(host, korean)).toBe(before);
  });

  test("who has chosen English is told in it what fails, and is sent nothing else", async ({ page, host }) => {
    await host.open();
    await alive(page);
    await language(page).selectOption("en");
    const before = asksFor(host, korean);
    await page.reload();
    await alive(page);
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    expect(asksFor(host, korean)).toBe(before);
    host.instead = only(parts["a style"], wrong["is missing"]);
    await page.reload();
    await expect(alert(page)).toContainText("could not be loaded");
  });

  test("or in the one that the address asks for", async ({ page, host }) => {
    await page.addInitScript(() => delete globalThis.WebAssembly);
    await host.open("#lang=en");
    await expect(alert(page)).toContainText("needs WebAssembly");
    await page.goto("about:blank");
    await host.open();
    await expect(alert(page)).toContainText("WebAssembly가 필요하지만");
  });
});

test("a browser that does not know some instruction is called too old, not broken", async ({ page, host }) => {
  await page.addInitScript(() => {
    WebAssembly.instantiate = async () => {
      throw new WebAssembly.CompileError("unknown opcode");
    };
  });
  await host.open();
  await expect(alert(page)).toContainText("Unrolled needs WebAssembly, which this browser does not support.");
});

test("without a secure connection nothing wrong is run either", async ({ page, host }) => {
  // There, the page cannot compute hashes itself.
  await page.addInitScript(() => Object.defineProperty(Crypto.prototype, "subtle", { value: undefined }));
  host.instead = only(parts["the WebAssembly"], signIn);
  await host.open();
  await expect(alert(page)).toContainText("could not be loaded");
  host.instead = () => null;
  await again(page);
  await alive(page);
});

base.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  // Firefox cannot be asked by its own protocol to run no scripts.
  test("the page says what it needs, in both languages, and nothing is on its way @chromium", async ({ page, host }) => {
    await host.open();
    const [english, korean] = [page.locator("body > noscript p").first(), page.locator("body > noscript p").last()];
    await expect(english).toBeVisible();
    await expect(english).toHaveText("Unrolled runs in your browser and needs JavaScript and WebAssembly. Please enable them.");
    await expect(korean).toBeVisible();
    await expect(korean).toContainText("JavaScript와 WebAssembly가 필요합니다");
    await expect(page.locator(".Waiting")).toBeHidden();
  });
});

const turn = (page) => page.getByRole("button", { name: "Lesson", exact: true }).click();
const title = (page) => page.locator(".Lesson h2");

test("the lesson is sent when it is turned to, and once", async ({ page, host }) => {
  await host.open("#text=still+mine");
  await alive(page);
  expect(asksFor(host, lesson)).toBe(0);
  await turn(page);
  await expect(title(page)).toBeVisible();
  await page.getByRole("button", { name: "Explore", exact: true }).click();
  await expect(page.locator(".Tokens bdi")).toHaveText(["still", "mine"]);
  await turn(page);
  await expect(title(page)).toBeVisible();
  expect(asksFor(host, lesson)).toBe(1);
});

for (const [at, [how, answer]] of Object.entries(wrong).entries()) {
  test(`the lesson ${how}: it is said, nothing is lost, and it can be tried again`, onceAfter(at), async ({ page, host }) => {
    host.instead = only(lesson, answer);
    await host.open("#text=still+mine");
    await alive(page);
    await turn(page);
    await expect(alert(page).filter({ visible: true })).toContainText("The lesson could not be loaded");
    await expect(page.locator(".Tokens bdi")).toHaveText(["still", "mine"]);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(alert(page).filter({ visible: true })).toContainText("The lesson could not be loaded");
    host.instead = () => null;
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(title(page)).toBeVisible();
    await expect(alert(page).filter({ visible: true })).toHaveCount(0);
    await page.getByRole("button", { name: "Explore", exact: true }).click();
    await expect(page.locator(".Tokens bdi")).toHaveText(["still", "mine"]);
  });
}

test("another language is sent when it is chosen; if it does not come, it is said, and nothing is lost", async ({ page, host }) => {
  host.instead = only(korean, wrong["is cut short"]);
  await host.open("#text=still+mine");
  await alive(page);
  expect(asksFor(host, korean)).toBe(0);
  await language(page).selectOption("ko");
  const problem = alert(page).filter({ visible: true });
  await expect(problem).toContainText("could not be loaded in 한국어");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await problem.getByRole("button", { name: "Close" }).click();
  await expect(language(page)).toHaveValue("en");
  await language(page).selectOption("ko");
  await expect(problem).toContainText("could not be loaded in 한국어");
  host.instead = () => null;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await expect(language(page)).toHaveValue("ko");
  await expect(page.locator(".Tokens bdi")).toHaveText(["still", "mine"]);
  await expect(problem).toHaveCount(0);
});

test("the lesson never comes: it is said that it is loading, and whoever goes on is left alone", async ({ page, host }) => {
  const program = steps(1);
  host.instead = only(lesson, program);
  await host.open("#text=a+b");
  await alive(page);
  await turn(page);
  await expect(page.getByText("The lesson is loading")).toBeVisible();
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await expect(page.getByText("The lesson is loading")).toBeHidden();
  program.next();
  await expect(page.locator(".Lesson")).toHaveCount(0);
  await turn(page);
  await expect(title(page)).toBeVisible();
});

test("a link to a screen opens it, or says why not, and what was answered is remembered", async ({ page, host }) => {
  await host.open("#screen=1.2");
  await alive(page);
  await goOnToOffers(page.locator(".Lesson"));
  await page.locator(".Lesson .offers button").first().click();
  await expect(page.locator(".Lesson .verdict")).toBeVisible();
  const [name, link] = [await title(page).textContent(), page.url()];
  host.instead = only(lesson, wrong["is missing"]);
  await page.goto("about:blank");
  await page.goto(link);
  await alive(page);
  await expect(alert(page).filter({ visible: true })).toContainText("The lesson could not be loaded");
  expect(page.url()).toBe(link);
  host.instead = () => null;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(title(page)).toHaveText(name);
  await expect(page.locator(".Lesson .verdict")).toBeVisible();
});

test("the build has the parts that these stories speak of", once, () => {
  const names = readdirSync("dist");
  for (const part of [start, lesson, korean, ...Object.values(parts)]) {
    expect(names.filter((name) => part.test(name))).toHaveLength(1);
  }
});
