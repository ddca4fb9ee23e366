// What a page costs its reader: from opening it to its first frame, and in each frame after that. Each
// folder named is a build, and all take turns in one run: `cargo xtask bench --beside OTHER/dist`.
//
// Work is what the page's main thread computes (its own clock, which other programs do not move); a gap is
// the time between two frames, which they do.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { chromium } from "@playwright/test";

const builds = process.argv.slice(2);
const rounds = 3;

const types = { html: "text/html", js: "text/javascript", css: "text/css", wasm: "application/wasm", svg: "image/svg+xml", json: "application/json" };

/** Serves a folder as it is, and answers its address. */
async function serve(folder) {
  const server = createServer(({ url }, response) => {
    const path = new URL(url, "http://x").pathname;
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.setHeader("content-type", types[extname(file).slice(1)] ?? "application/octet-stream");
    return createReadStream(file).pipe(response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** A text of so many words that are not all the same. */
const words = (count) => Array.from({ length: count }, (_, at) => `w${at % 30}`).join("+");
const sizes = {
  "7 × 4": "",
  "40 × 16": `text=${words(40)}&cells=16`,
  "200 × 32": `text=${words(200)}&cells=32`,
};

/** Opens a build in a browser that knows nothing of it; `work` answers what its main thread has computed. */
async function opened(browser, address, slower = 1) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: "block" });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const work = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * metrics.find(({ name }) => name === "TaskDuration").value;
  };
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForSelector(".Score canvas");
  if (slower > 1) await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
  return { page, work, close: () => context.close() };
}

/** How long a first visit takes, in milliseconds. */
async function firstVisit(browser, address) {
  const { page, work, close } = await opened(browser, address);
  const seen = await page.evaluate(async () => {
    const used = performance.now();
    const paint = () => performance.getEntriesByName("first-contentful-paint")[0];
    while (!paint()) await new Promise(requestAnimationFrame);
    return { paint: paint().startTime, used };
  });
  const computed = await work();
  await close();
  return { "first paint": seen.paint, "first frame of the network": seen.used, "work until then": computed };
}

/** What a frame costs while `doing` goes on, and the longest gap between two. */
async function frames(browser, address, slower, begin) {
  const { page, work, close } = await opened(browser, address, slower);
  await page.waitForTimeout(500);
  const doing = await begin(page);
  const before = await work();
  const moments = page.evaluate(async () => {
    const moments = [];
    const end = performance.now() + 3000;
    for (let now = 0; now < end; moments.push(now)) now = await new Promise(requestAnimationFrame);
    return moments;
  });
  await doing(moments);
  const all = await moments;
  const each = ((await work()) - before) / all.length;
  const gap = Math.max(...all.slice(1).map((moment, at) => moment - all[at]));
  await close();
  return { "work a frame": each, "longest gap": gap };
}

const play = async (page) => {
  await page.keyboard.press("Home");
  await page.keyboard.press("Space");
  return () => {};
};

/** A pointer that goes over the rows as quickly as the page takes it. */
const point = async (page) => {
  const canvas = page.locator(".Score canvas");
  const box = await canvas.nth(0).boundingBox();
  return async (until) => {
    let ended = false;
    until.then(() => (ended = true));
    for (let at = 0; !ended; at += 1) {
      await page.mouse.move(box.x + ((at * 7) % box.width), box.y + ((at * 3) % box.height));
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
  };
};

const still = async () => () => {};

const plans = [
  ...Object.entries(sizes).map(([name, address]) => [`standing, ${name}`, address, 1, still]),
  ...Object.entries(sizes).map(([name, address]) => [`playing, ${name}`, address, 1, play]),
  ["pointing, 40 × 16", sizes["40 × 16"], 1, point],
  ["playing, 40 × 16, 4 times slower", sizes["40 × 16"], 4, play],
];

/** The least of each number over all rounds: what disturbs a measurement only adds to it. */
const least = (all) =>
  Object.fromEntries(Object.keys(all[0]).map((key) => [key, Math.min(...all.map((one) => one[key]))]));

const browser = await chromium.launch({
  executablePath: process.env.CHROME || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const hosts = await Promise.all(builds.map(serve));
const told = (what, results) => {
  for (const key of Object.keys(results[0])) {
    const numbers = results.map((result) => result[key].toFixed(1).padStart(9)).join("");
    console.log(`${numbers} ms  ${what}: ${key}`);
  }
};
console.log(builds.map((_, at) => `build ${at + 1}`.padStart(9)).join(""));
builds.forEach((folder, at) => console.log(`           build ${at + 1} is ${folder}`));
const measured = async (measure) => {
  const results = hosts.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, { address }] of hosts.entries()) results[at].push(await measure(address));
  }
  return results.map(least);
};
told("opening", await measured((address) => firstVisit(browser, address)));
for (const [name, address, slower, begin] of plans) {
  told(name, await measured((host) => frames(browser, `${host}#${address}`, slower, begin)));
}
await browser.close();
for (const { close } of hosts) close();
