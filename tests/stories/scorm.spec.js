// The package for learning platforms, on an independent implementation of SCORM 1.2, and on platforms
// that behave badly.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test as base, expect } from "@playwright/test";
import { once, onceAfter, serve } from "./fixture.js";

/** A platform: what it keeps is in its session's storage, and every call to it in `calls`. */
const platform = (make, { settle = "" } = {}) => `<!doctype html><title>Platform</title>
  <script src="/again/scorm12.js"></script>
  <script>
    window.calls = [];
    const keep = (values) => sessionStorage.setItem("kept", JSON.stringify(values));
    const kept = () => JSON.parse(sessionStorage.getItem("kept") ?? "{}");
    const noted = (api) => new Proxy(api, {
      get: (api, name) => typeof api[name] !== "function" ? api[name] : (...rest) => {
        const result = api[name](...rest);
        if (name !== "LMSGetLastError") calls.push([name, ...rest, String(result), String(api.LMSGetLastError())]);
        return result;
      },
    });
    const again = (settings = {}) => {
      const api = new Scorm12API({ logLevel: 5 });
      api.loadFromFlattenedJSON({ ...settings, ...kept() }, "");
      const save = () => {
        const { lesson_location, lesson_status } = api.cmi.core;
        keep({ "cmi.core.lesson_location": lesson_location, "cmi.core.lesson_status": lesson_status });
      };
      api.on("LMSCommit", save);
      api.on("LMSFinish", save);
      window.real = api;
      return noted(api);
    };
    ${make}
  </script>
  <iframe id="sco" width="1000" height="900" src="/course/index.html"></iframe>
  <script>${settle}</script>`;

const test = base.extend({
  folder: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), "unrolled-"));
      const python = process.env.PYTHON || "python3";
      execFileSync(python, ["-m", "zipfile", "-e", resolve("packages/unrolled-scorm.zip"), folder]);
      await use(folder);
    },
    { scope: "worker" },
  ],
  course: async ({ page, folder }, use) => {
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    const around = { html: "" };
    const host = await serve({ "/course/": folder, "/again/": "node_modules/scorm-again/dist", "/": around });
    const app = page.frameLocator("#sco").frameLocator("#app");
    await use({
      lesson: app.locator(".Lesson"),
      at: (text) => expect(app.locator(".Lesson .place")).toContainText(text),
      alerts: app.getByRole("alert"),
      async launch(make, rest) {
        around.html = platform(make, rest);
        await page.goto(`${host.url}/`);
      },
      calls: (name) => page.evaluate((name) => calls.filter(([called]) => called === name), name),
      core: (element) => page.evaluate((element) => real.cmi.core[element], element),
      set: (element) => page.evaluate((element) => {
        const all = calls.filter(([name, key]) => name === "LMSSetValue" && key === element);
        return all.map(([, , value]) => value);
      }, `cmi.core.${element}`),
    });
    await host.close();
    expect(complaints).toEqual([]);
  },
});

/** As a phone does it with a page that is put away, or a tab that another covers. */
const hide = (page, hidden = true) =>
  page.frame({ url: /course\/index/u }).evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, hidden);
const leave = (page, persisted) =>
  page.frame({ url: /course\/index/u }).evaluate((persisted) => {
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted }));
  }, persisted);
const toTheEnd = async (lesson) => {
  await lesson.getByText("All chapters").click();
  await lesson.locator(".contents li button").last().click();
  while (await lesson.locator(".next").isEnabled()) await lesson.locator(".next").click();
};

test("on a strict platform the lesson is resumed, suspended, timed and completed", async ({ page, course }) => {
  await course.launch("API = again()");
  await course.at("Chapter 1, screen 1");
  await expect.poll(() => course.core("lesson_location")).toBe("1.1");
  expect(await course.core("lesson_status")).toBe("incomplete");
  expect(await course.set("exit")).toEqual(["suspend"]);
  await course.lesson.locator(".next").click();
  await expect.poll(() => course.core("lesson_location")).toBe("1.2");
  for (const time of await course.set("session_time")) expect(time).toMatch(/^\d{4}:[0-5]\d:[0-5]\d\.\d\d$/u);

  await page.reload();
  await course.at("Chapter 1, screen 2");
  await toTheEnd(course.lesson);
  await expect.poll(() => course.core("lesson_status")).toBe("completed");
  expect(await course.set("exit")).toEqual(["suspend", ""]);
  // No call was refused.
  const refused = await page.evaluate(() => calls.filter((call) => call.at(-1) !== "0" || call.at(-2) === "false"));
  expect(refused).toEqual([]);

  // What is completed stays so, at whatever screen one looks again.
  await page.reload();
  await expect(course.lesson.locator(".place")).toBeVisible();
  await course.lesson.locator(".back").click();
  await expect.poll(async () => (await course.set("lesson_location")).length).toBeGreaterThan(0);
  expect(await course.set("lesson_status")).toEqual([]);
  expect(await course.set("exit")).toEqual([""]);
});

test("leaving the page ends the session, and tells all before that", async ({ page, course }) => {
  await course.launch("API = again()");
  await course.at("Chapter 1, screen 1");
  await page.evaluate(() => document.querySelector("#sco").remove());
  const names = await page.evaluate(() => calls.map(([name]) => name));
  expect(names.slice(-2)).toEqual(["LMSCommit", "LMSFinish"]);
  expect(names.filter((name) => name === "LMSFinish")).toHaveLength(1);
});

test("a page that is put away has told all, and may come back", async ({ page, course }) => {
  await course.launch("API = again()");
  await course.at("Chapter 1, screen 1");
  const commits = async () => (await course.calls("LMSCommit")).length;
  const before = await commits();
  await hide(page);
  expect(await commits()).toBe(before + 1);
  await leave(page, true);
  expect(await course.calls("LMSFinish")).toEqual([]);
  await hide(page, false);
  await course.lesson.locator(".next").click();
  await expect.poll(() => course.core("lesson_location")).toBe("1.2");
  const refused = await page.evaluate(() => calls.filter((call) => call.at(-1) !== "0"));
  expect(refused).toEqual([]);
});

test("only the time in which the lesson is seen counts", async ({ page, course }) => {
  await page.clock.install({ time: 0 });
  await course.launch("API = again()");
  await course.at("Chapter 1, screen 1");
  await page.clock.pauseAt(60_000);
  const seconds = async () => {
    const [hours, minutes, rest] = (await course.set("session_time")).at(-1).split(":").map(Number);
    return 3600 * hours + 60 * minutes + rest;
  };
  await hide(page);
  const before = await seconds();
  expect(before).toBeGreaterThan(50);
  await page.clock.fastForward("09:00:00");
  await hide(page, false);
  await page.clock.fastForward("01:00:00");
  await hide(page);
  expect((await seconds()) - before).toBeCloseTo(3600, 0);
});

for (const [at, mode] of ["browse", "review"].entries()) {
  test(`in ${mode} mode the kept screen opens, and nothing is written`, onceAfter(at), async ({ page, course }) => {
    await course.launch(`API = again({ "cmi.core.lesson_mode": "${mode}", "cmi.core.lesson_location": "2.2" })`);
    await course.at("Chapter 2, screen 2");
    await course.lesson.locator(".next").click();
    await course.at("Chapter 2, screen 3");
    await hide(page);
    await leave(page, false);
    expect(await course.calls("LMSSetValue")).toEqual([]);
    expect(await course.calls("LMSFinish")).toHaveLength(1);
  });
}

test("without credit the screen is kept, and no status given", async ({ course }) => {
  await course.launch(`API = again({ "cmi.core.credit": "no-credit" })`);
  await course.at("Chapter 1, screen 1");
  await toTheEnd(course.lesson);
  await expect.poll(async () => (await course.set("exit")).at(-1)).toBe("");
  expect(await course.set("lesson_status")).toEqual([]);
  expect(await course.core("lesson_location")).toMatch(/^\d+\.\d+$/u);
});

for (const [at, status] of ["passed", "completed"].entries()) {
  test(`${status} is never taken back`, onceAfter(at), async ({ course }) => {
    await course.launch(`API = again({ "cmi.core.lesson_status": "${status}", "cmi.core.lesson_location": "1.2" })`);
    await course.at("Chapter 1, screen 2");
    await toTheEnd(course.lesson);
    expect(await course.set("lesson_status")).toEqual([]);
  });
}

test("failed stays until the lesson is completed", async ({ course }) => {
  await course.launch(`API = again({ "cmi.core.lesson_status": "failed" })`);
  await course.at("Chapter 1, screen 1");
  await expect.poll(async () => (await course.set("lesson_location")).length).toBe(1);
  expect(await course.set("lesson_status")).toEqual([]);
  await toTheEnd(course.lesson);
  await expect.poll(() => course.set("lesson_status")).toEqual(["completed"]);
});

for (const [at, location] of ["99.99", "0.0", "1.0", "1.999", "-1.2", "1e9.1", "chapter two", "<b>", "#screen=2.1", "1.1&text=x", "9".repeat(255), "1.2.3", " "].entries()) {
  test(`a location such as ${location.slice(0, 12)} opens the first screen, and frightens nobody`, onceAfter(at), async ({ course }) => {
    await course.launch(`API = again({ "cmi.core.lesson_location": ${JSON.stringify(location)} })`);
    await course.at("Chapter 1, screen 1");
    await expect(course.alerts).toHaveCount(0);
    await expect.poll(() => course.core("lesson_location")).toBe("1.1");
  });
}

test("another learner's progress on the same device is not reported", async ({ page, course }) => {
  await course.launch("API = again()");
  await course.at("Chapter 1, screen 1");
  await toTheEnd(course.lesson);
  await expect.poll(() => course.core("lesson_status")).toBe("completed");
  await page.evaluate(() => sessionStorage.clear());
  await page.evaluate(() => window.addEventListener("pagehide", () => sessionStorage.clear()));
  await course.launch("sessionStorage.clear(); API = again()");
  await course.at("Chapter 1, screen 1");
  await expect.poll(() => course.core("lesson_location")).toBe("1.1");
  expect(await course.core("lesson_status")).toBe("incomplete");
});

test("without a platform the lesson opens", async ({ page, course }) => {
  await page.clock.install();
  await course.launch("");
  await page.clock.runFor(3000);
  await course.at("Chapter 1, screen 1");
  await course.lesson.locator(".next").click();
  await course.at("Chapter 1, screen 2");
});

const bad = {
  "refuses to begin": "LMSInitialize: () => 'false'",
  "throws as it begins": "LMSInitialize() { throw new Error('no') }",
  "throws at every value": "LMSGetValue() { throw new Error('no') }, LMSSetValue() { throw new Error('no') }",
  "throws at a commit and at the end": "LMSCommit() { throw new Error('no') }, LMSFinish() { throw new Error('no') }",
  "refuses every value": "LMSGetValue: () => '', LMSSetValue: () => 'false', LMSCommit: () => 'false', LMSGetLastError: () => '401'",
  "gives nothing": "LMSInitialize() {}, LMSGetValue() {}, LMSSetValue() {}",
  "gives no texts": "LMSInitialize: () => true, LMSGetValue: () => null, LMSSetValue: () => true, LMSCommit: () => true",
};
for (const [at, [how, methods]] of Object.entries(bad).entries()) {
  test(`a platform that ${how} does not keep the lesson from its learner`, onceAfter(at), async ({ page, course }) => {
    await page.clock.install();
    await course.launch(`API = {
      LMSInitialize: () => "true", LMSGetValue: () => "", LMSSetValue: () => "true",
      LMSCommit: () => "true", LMSFinish: () => "true", LMSGetLastError: () => "0", ${methods} }`);
    await page.clock.runFor(3000);
    await course.at("Chapter 1, screen 1");
    await expect(course.alerts).toHaveCount(0);
    await course.lesson.locator(".next").click();
    await course.at("Chapter 1, screen 2");
    await hide(page);
    await leave(page, false);
  });
}

test("a value that was refused once is told again", async ({ page, course }) => {
  await course.launch(`
    API = again();
    const { LMSSetValue } = real;
    real.LMSSetValue = () => "false";
    window.mend = () => (real.LMSSetValue = LMSSetValue);`);
  await course.at("Chapter 1, screen 1");
  await expect.poll(async () => (await course.set("lesson_location")).length).toBe(1);
  await page.evaluate(() => mend());
  await hide(page);
  expect(await course.core("lesson_location")).toBe("1.1");
  expect(await course.core("lesson_status")).toBe("incomplete");
});

test("a platform that is late finds the learner at the screen it has kept", async ({ page, course }) => {
  await page.clock.install();
  await course.launch(`window.come = () => (API = again({ "cmi.core.lesson_location": "2.2" }))`);
  await page.clock.runFor(3000);
  await course.at("Chapter 1, screen 1");
  await page.evaluate(() => void come());
  await page.clock.runFor(10_000);
  await course.at("Chapter 2, screen 2");
  await course.lesson.locator(".next").click();
  await expect.poll(() => course.core("lesson_location")).toBe("2.3");
});

test("a platform that is late takes nothing from who is at work already", async ({ page, course }) => {
  await page.clock.install();
  await course.launch(`window.come = () => (API = again({ "cmi.core.lesson_location": "2.2" }))`);
  await page.clock.runFor(3000);
  await course.lesson.locator(".next").click();
  await course.at("Chapter 1, screen 2");
  await page.evaluate(() => void come());
  await page.clock.runFor(10_000);
  await expect.poll(() => course.core("lesson_location")).toBe("1.2");
  await course.at("Chapter 1, screen 2");
  expect(await course.core("lesson_status")).toBe("incomplete");
});

test("a session that what is around has begun already is spoken in", async ({ course }) => {
  await course.launch(`API = again(); real.LMSInitialize(""); real.lastErrorCode = "0";`);
  await expect.poll(() => course.core("lesson_location")).toBe("1.1");
});

test("a platform is found in a window that opened the one around", async ({ page, context, course, folder }) => {
  await course.launch("API = again()", { settle: `document.querySelector("#sco").remove()` });
  const [popup] = await Promise.all([
    context.waitForEvent("page"),
    page.evaluate(() => void window.open("/course/index.html")),
  ]);
  await expect(popup.frameLocator("#app").locator(".Lesson")).toBeVisible();
  await expect.poll(() => course.core("lesson_location")).toBe("1.1");
  await popup.close({ runBeforeUnload: true });
  await expect.poll(() => course.calls("LMSFinish")).toHaveLength(1);
  expect(folder).toBeTruthy();
});

test("the manifest names files that there are, and what speaks knows the screens of the lesson", once, ({ folder }) => {
  const manifest = readFileSync(join(folder, "imsmanifest.xml"), "utf8");
  const files = [...manifest.matchAll(/<file href="([^"]+)"/gu)].map(([, file]) => file);
  expect(files).toContain("index.html");
  for (const file of files) readFileSync(join(folder, file));
  expect(readFileSync(join(folder, "scorm.js"), "utf8")).toMatch(/const screens = \[\d+(, \d+)+\];/u);
});
