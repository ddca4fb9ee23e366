// The published build: any sub-path, a strict policy, a sandbox, offline, and what is taken away.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { test as base, expect } from "@playwright/test";
import { goOnToOffers, once, ready, serve } from "./fixture.js";

const test = base.extend({
  quiet: [
    async ({ page }, use) => {
      const complaints = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) complaints.push(message.text());
      });
      await use(complaints);
    },
    { auto: true },
  ],
});

test.use({ serviceWorkers: "allow" });

const alive = ready;

const unpacked = (zip) => {
  const folder = mkdtempSync(join(tmpdir(), "unrolled-"));
  const python = process.env.PYTHON || "python3";
  execFileSync(python, ["-m", "zipfile", "-e", resolve("packages", zip), folder]);
  return folder;
};

test("runs from any sub-path, under a policy that allows nothing inline, and asks no other host", async ({ page, quiet }) => {
  const host = await serve({ "/a/course/of/mine/": "dist" }, {
    "content-security-policy": "script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; object-src 'none'",
  });
  const elsewhere = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(host.url) && !/^(data|blob):/u.test(request.url())) elsewhere.push(request.url());
  });
  await page.goto(`${host.url}/a/course/of/mine/#text=a+b+c&at=backward.1`);
  await alive(page);
  await page.keyboard.press("2");
  await page.keyboard.press("3");
  await page.keyboard.press("4");
  await page.keyboard.press("5");
  await page.locator(".Header button.export").click();
  expect(quiet).toEqual([]);
  expect(elsewhere).toEqual([]);
  const html = readFileSync("dist/index.html", "utf8");
  expect(html).not.toMatch(/'unsafe-(inline|eval)'|<script>|style=/u);
  for (const tag of html.match(/<(script|link rel="(stylesheet|modulepreload)")[^>]*>/gu)) {
    // That file has one name in all versions, and so no hash in any of them.
    if (!tag.includes('src="./again.js"')) expect(tag).toContain('integrity="sha384-');
  }
  await host.close();
});

test("a file that was changed on its way is not run", async ({ page }) => {
  const host = await serve({ "/": "dist" });
  const wasm = readdirSync("dist").find((name) => name.endsWith(".wasm"));
  await page.route(`**/${wasm}`, async (route) => {
    const response = await route.fetch();
    const body = Buffer.from(await response.body());
    body[body.length - 1] ^= 1;
    await route.fulfill({ response, body });
  });
  await page.goto(host.url);
  await expect(page.locator(".Failure")).toContainText("could not be loaded");
  await host.close();
});

test("runs in a sandbox without an origin and without storage", async ({ page, quiet }) => {
  const app = await serve({ "/": "dist" }, { "access-control-allow-origin": "*" });
  const host = await serve({
    "/": { html: `<!doctype html><title>x</title><iframe sandbox="allow-scripts" width="1200" height="900" src="${app.url}/#text=a+b"></iframe>` },
  });
  await page.goto(host.url);
  const frame = page.frameLocator("iframe");
  await expect(frame.locator(".Tokens bdi")).toHaveText(["a", "b"]);
  await frame.getByRole("button", { name: "Dark theme" }).click();
  await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
  await frame.getByRole("button", { name: "Lesson", exact: true }).click();
  await goOnToOffers(frame.locator(".Lesson"));
  await frame.locator(".offers button").first().click();
  await expect(frame.locator(".Lesson .verdict")).toBeVisible();
  expect(quiet).toEqual([]);
  await Promise.all([app.close(), host.close()]);
});

const controlled = (page) =>
  expect
    .poll(() => page.evaluate(async () => Boolean((await navigator.serviceWorker.ready).active)))
    .toBe(true);

test("a visited page opens offline, with another experiment in its address", async ({ page }) => {
  const host = await serve({ "/rnn/": "dist" });
  await page.goto(`${host.url}/rnn/`);
  await alive(page);
  await controlled(page);
  host.on = false;
  await page.goto(`${host.url}/rnn/#text=without+a+network`);
  await page.reload();
  await expect(page.locator(".Tokens bdi")).toHaveText(["without", "a", "network"]);
  await host.close();
});

test("an embedded page keeps no worker, unless its address asks for it", async ({ page }) => {
  const host = await serve({ "/app/": "dist", "/": { html: "" } });
  await page.addInitScript(() => {
    const { register } = ServiceWorkerContainer.prototype;
    globalThis.registered = 0;
    ServiceWorkerContainer.prototype.register = function (...rest) {
      globalThis.registered += 1;
      return register.apply(this, rest);
    };
  });
  const workers = () => page.frames()[1].evaluate(() => globalThis.registered);
  await page.goto(`${host.url}/course`);
  const show = async (address) => {
    await page.setContent(`<iframe width="900" height="900" src="${host.url}/app/${address}"></iframe>`);
    await expect(page.frameLocator("iframe").locator(".Score")).toBeVisible();
  };
  await show("#text=a+b");
  // A worker is registered as soon as the page is there, or not at all.
  expect(await workers()).toBe(0);
  await page.goto(`${host.url}/course`);
  await show("#text=a+b&offline=1");
  await expect.poll(workers).toBe(1);
  await host.close();
});

test("the zip is the folder", once, async ({ page }) => {
  const folder = unpacked("unrolled.zip");
  const host = await serve({ "/": join(folder, "unrolled") });
  await page.goto(`${host.url}/#text=zipped`);
  await expect(page.locator(".Tokens bdi")).toHaveText(["zipped"]);
  expect(readdirSync(join(folder, "unrolled")).sort()).toEqual(readdirSync("dist").sort());
  await host.close();
});

test("beside each file that servers compress stands what they would make of it", once, () => {
  const all = readdirSync("dist");
  const compressed = all.filter((name) => /\.(?:br|gz)$/u.test(name));
  const wanted = all.filter((name) => /\.(?:wasm|js|css|html|svg|json)$/u.test(name));
  expect(wanted.length).toBeGreaterThan(8);
  expect(compressed.sort()).toEqual(wanted.flatMap((name) => [`${name}.br`, `${name}.gz`]).sort());
  for (const name of compressed) {
    const unpack = name.endsWith("br") ? brotliDecompressSync : gunzipSync;
    const bytes = unpack(readFileSync(join("dist", name)));
    expect(bytes.equals(readFileSync(join("dist", name.slice(0, -3))))).toBe(true);
  }
});

test("one file runs from a disk, and in the strictest sandbox", async ({ page, quiet }) => {
  const file = resolve("packages/unrolled.html");
  await page.goto(`${pathToFileURL(file)}#text=from+a+disk&at=backward.1`);
  await expect(page.locator(".Tokens bdi")).toHaveText(["from", "a", "disk"]);
  await page.getByRole("button", { name: "More hidden units" }).click();
  await expect(page).toHaveURL(/cells=5/u);
  await page.getByRole("button", { name: "Lesson", exact: true }).click();
  await expect(page.locator(".Lesson h2")).toBeVisible();
  // It has its languages along, whichever it begins with.
  await page.getByRole("combobox", { name: "Language" }).selectOption("ko");
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  const host = await serve({
    "/": { html: `<!doctype html><title>x</title><iframe sandbox="allow-scripts" width="900" height="900"></iframe>` },
  });
  await page.goto(host.url);
  const html = readFileSync(file, "utf8");
  await page.evaluate((html) => (document.querySelector("iframe").srcdoc = html), html);
  await expect(page.frameLocator("iframe").locator(".Score")).toBeVisible();
  expect(host.asked.filter((path) => path !== "/" && path !== "/favicon.ico")).toEqual([]);
  expect(quiet).toEqual([]);
  await host.close();
});
