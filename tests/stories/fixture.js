// Every story fails on an error in the console, an uncaught exception, a mark of a formula that is
// left on the page, or a request that leaves the page for another host.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { test as base, expect } from "@playwright/test";

export const test = base.extend({
  page: async ({ page, baseURL }, use) => {
    const complaints = [];
    page.on("console", (message) => {
      // A frame of a sandbox may not read an icon from this machine, says the browser if it comes to it.
      const ofIcon = /\/icon-[^/]*\.svg/u.test(message.text() + message.location().url);
      if (message.type() === "error" && !ofIcon) complaints.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(baseURL) && !url.startsWith("data:")) {
        complaints.push(`request to ${url}`);
      }
    });
    await use(page);
    // The marks of formulas are for the page itself: none is left in what is shown or read aloud.
    const marks = page.isClosed() ? null : await page.evaluate(() => /.{0,40}\u0007/u.exec(document.documentElement.outerHTML));
    expect(marks).toBe(null);
    expect(complaints).toEqual([]);
  },
});

export { expect };

/** What a story is marked with that no engine can tell in a way of its own: it is told in one. */
export const once = { tag: "@once" };

/** The same for a row of stories that are alike: the first is told in every engine. */
export const onceAfter = (place) => (place > 0 ? once : {});

/** Every screen of the lesson: its chapter and number from 1, its name, and its text in the file. */
export const screens = readdirSync("lesson")
  .filter((file) => file.endsWith(".toml"))
  .sort((one, other) => parseInt(one, 10) - parseInt(other, 10) || (one < other ? -1 : 1))
  .flatMap((file, chapter) =>
    readFileSync(join("lesson", file), "utf8")
      .split(/^\[\[screen\]\]$/mu)
      .slice(1)
      .map((text, screen) => ({
        chapter: chapter + 1,
        screen: screen + 1,
        name: /^name = "(.*)"$/mu.exec(text)[1],
        text,
      })),
  );

/** The first screen whose text in the file is like all of these. */
export const screenWith = (...like) => screens.find(({ text }) => like.every((one) => one.test(text)));

/** Goes on in the lesson until something can be answered by pressing one of several offers. */
export async function goOnToOffers(lesson) {
  while ((await lesson.locator(".offers").count()) === 0) await lesson.locator(".next").click();
}

/** Opens the page and waits until it is alive. */
export async function open(page) {
  await page.goto("");
  await ready(page);
}

/** Waits until the page itself says that it can be used. */
export async function ready(page) {
  await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
}

/** Opens the page anew with an address of its own. */
export async function openAt(page, address) {
  await page.goto("about:blank");
  await page.goto(address);
  await ready(page);
}

/**
 * Opens the page with a clock that stands still: time passes only as the story lets it, by
 * `page.clock.runFor`, so that what moves does not depend on how quick the machine is.
 */
export async function openAtRest(page, address = "") {
  await page.clock.install({ time: 0 });
  // The numbers that this clock gives to frames are larger than the 32 bits that the page has for
  // them, so that none could be called off.
  await page.addInitScript(() => {
    const [ask, callOff] = [requestAnimationFrame, cancelAnimationFrame];
    const frames = new Map();
    let count = 0;
    globalThis.requestAnimationFrame = (then) => {
      count += 1;
      frames.set(count, ask(then));
      return count;
    };
    globalThis.cancelAnimationFrame = (number) => callOff(frames.get(number));
  });
  await page.goto(address);
  await ready(page);
  await page.clock.pauseAt(3_600_000);
}

/** Expects something to be in the page and not to be seen: what never was there is no such thing. */
export async function expectHidden(locator) {
  await expect(locator).toBeAttached();
  await expect(locator).toBeHidden();
}

/** Waits until five frames in a row find everything on the page where it was. */
export async function settled(page) {
  await page.evaluate(async () => {
    const places = () =>
      [...document.querySelectorAll("body *")].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [x, y, width, height].join();
      }).join(";");
    for (let same = 0, last = ""; same < 5; ) {
      await new Promise(requestAnimationFrame);
      const now = places();
      same = now === last ? same + 1 : 0;
      last = now;
    }
  });
}

/** The trace of an experiment, by `examples/trace.rs`, which was built before the stories began. */
export function traceOf(experiment) {
  const exe = process.platform === "win32" ? ".exe" : "";
  const program = resolve(process.env.TRACE || `target/debug/examples/trace${exe}`);
  if (!existsSync(program)) {
    throw new Error(`there is no ${program}: build it by \`cargo build --example trace\`, or name it in TRACE`);
  }
  const input = JSON.stringify(experiment);
  return JSON.parse(execFileSync(program, { input, maxBuffer: 1 << 26 }));
}

/** Expects the page to be at a moment such as `forward:3`. */
export async function expectMoment(page, moment) {
  await expect(page.locator("main")).toHaveAttribute("data-moment", moment);
}

/** Presses the button of this name. */
export async function press(page, name) {
  await page.getByRole("button", { name, exact: true }).click();
}

/** Clicks what the head of the page has at `selector`, behind its menu where there is little room. */
export async function clickInHeader(page, selector) {
  const menu = page.locator(".Header .menu");
  if (await menu.isVisible()) await menu.click();
  await page.locator(`.Header ${selector}`).click();
}

/** All moments of a pass over `steps` steps, in order. */
export function moments(steps) {
  const numbers = Array.from({ length: steps }, (_, index) => index + 1);
  return [
    ...numbers.map((t) => `forward:${t}`),
    "output",
    "loss",
    "backward-output",
    ...numbers.reverse().map((t) => `backward:${t}`),
    "update",
  ];
}

/** Whether two numbers agree to the digits that the page shows. */
export function shown(text) {
  return Number(text.replaceAll("−", "-").replace("+", ""));
}

const types = {
  ".html": "text/html; charset=utf-8",
  ".htm": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

/**
 * Serves folders, as a static host does, each at its path; `served.on = false` takes it away.
 *
 * `served.instead` is asked for each file, by its name, what to do instead of answering with it: it
 * gives `{ status, headers, body }`, each of which may be missing, or `never`. With `by: steps()` the
 * body goes out piece by piece, as the story lets it.
 */
export async function serve(folders, headers = {}) {
  const served = { on: true, asked: [], instead: () => null };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    served.asked.push(path);
    const [at, folder] = Object.entries(folders).find(([at]) => path.startsWith(at)) ?? [];
    if (!served.on || at === undefined) return request.socket.destroy();
    const name = path.slice(at.length) || "index.html";
    const instead = served.instead(name);
    if (instead === never) return;
    const type = folder.html !== undefined ? types[".html"] : types[extname(name)] ?? "text/plain";
    try {
      const body = instead?.body ?? folder.html ?? readFileSync(join(folder, name));
      response.writeHead(instead?.status ?? 200, {
        "content-type": type,
        "cache-control": "no-cache",
        ...headers,
        ...instead?.headers,
      });
      for await (const piece of instead?.by?.(body) ?? []) response.write(piece);
      response.end(instead?.by ? "" : body);
    } catch {
      response.writeHead(404);
      response.end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${server.address().port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  return Object.assign(served, { url, close });
}

/** A server that takes a request and gives no answer. */
export const never = Symbol("never");

/** What a network that wants one to sign in answers, to whatever one asks. */
export const signIn = {
  headers: { "content-type": "text/html", "cache-control": "max-age=31536000" },
  body: "<!doctype html><title>Sign in</title><h1>Welcome to this network</h1>",
};

/** Lets a body out in `count` pieces; each goes when the story has called `next`. */
export function steps(count) {
  let allowed = 0;
  let wake = () => {};
  const by = async function* (body) {
    for (let index = 0; index < count; index += 1) {
      while (allowed <= index) await new Promise((woken) => (wake = woken));
      yield body.subarray((index * body.length) / count, ((index + 1) * body.length) / count);
    }
  };
  return { by, next: () => ((allowed += 1), wake()) };
}
