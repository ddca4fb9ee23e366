// What a published page keeps for visits without a network: exactly what was built, or nothing.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import { onceAfter, ready, serve, signIn } from "./fixture.js";

/** Puts a build into `folder`, each file as `change` makes it, with a worker that knows it so. */
function publish(folder, change = (_, bytes) => bytes) {
  const hash = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
  let worker = readFileSync("dist/worker.js", "utf8");
  // What stands beside a file for servers that send it in its place, this one does not send.
  for (const name of readdirSync("dist").filter((name) => name !== "worker.js" && !/\.(?:br|gz)$/u.test(name))) {
    const before = readFileSync(join("dist", name));
    const after = change(name, before);
    writeFileSync(join(folder, name), after);
    if (after !== before) worker = worker.replace(hash(before), hash(after)).replace("${kept}", "${kept}newer ");
  }
  writeFileSync(join(folder, "worker.js"), worker);
}

const newer = (name, bytes) =>
  name === "index.html" ? Buffer.from(bytes.toString().replace("<title>Unrolled", "<title>Newer")) : bytes;

const test = base.extend({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "unrolled-"));
    publish(folder);
    await use(folder);
  },
  host: async ({ page, folder }, use) => {
    const host = await serve({ "/rnn/": folder, "/": { html: "elsewhere" } });
    host.open = (address = "") => page.goto(`${host.url}/rnn/${address}`);
    await use(host);
    await host.close();
  },
});

test.use({ serviceWorkers: "allow" });

const alive = ready;
const state = (page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const { active, waiting, installing } = registration ?? {};
    return {
      registered: Boolean(registration),
      active: active?.state === "activated",
      waiting: Boolean(waiting),
      installing: Boolean(installing),
      caches: (await caches.keys()).length,
    };
  });
const kept = async (page) => {
  await alive(page);
  await expect.poll(() => state(page)).toMatchObject({ active: true, caches: 1 });
};
const spoil = (page, part, body) =>
  page.evaluate(
    async ([part, body]) => {
      const cache = await caches.open((await caches.keys())[0]);
      const request = (await cache.keys()).find(({ url }) => url.includes(part));
      const { headers } = await cache.match(request);
      await (body === null ? cache.delete(request) : cache.put(request, new Response(body, { headers })));
    },
    [part, body],
  );
const wasm = "_bg.wasm";

for (const [what, answer] of Object.entries({
  "another page": signIn,
  "a refusal": { status: 403, body: "no" },
  "an empty file": { body: "" },
  "another host": { status: 302, headers: { location: "https://sign-in.invalid/" }, body: "" },
})) {
  for (const [at, file] of ["unrolled-element.js", "index.html", "worker.js"].entries()) {
    test(`${what} in place of ${file} is not kept, and the next visit keeps all`, onceAfter(at), async ({ page, host }) => {
      // The page itself is asked for by the folder's name, its other file only by the worker.
      host.instead = (name) => (host.asked.at(-1).endsWith(file) && name === file ? answer : null);
      await host.open();
      await alive(page);
      await expect.poll(() => host.asked.filter((path) => path.endsWith(`/${file}`)).length).toBeGreaterThan(0);
      await expect.poll(() => state(page)).toMatchObject({ waiting: false, installing: false, caches: 0 });
      host.instead = () => null;
      await host.open();
      await kept(page);
      host.on = false;
      await host.open("#text=kept+all");
      await page.reload();
      await expect(page.locator(".Tokens bdi")).toHaveText(["kept", "all"]);
      // What is sent only when it is asked for is kept, too.
      await page.getByRole("button", { name: "Lesson", exact: true }).click();
      await expect(page.locator(".Lesson h2")).toBeVisible();
    });
  }
}

test("a host that sends index.html to its folder is no reason against keeping it", async ({ page, host }) => {
  host.instead = () => (host.asked.at(-1).endsWith("/index.html") ? { status: 308, headers: { location: "./" }, body: "" } : null);
  await host.open();
  await kept(page);
  host.on = false;
  await host.open("?text=all+here");
  await expect(page.locator(".Tokens bdi")).toHaveText(["all", "here"]);
});

for (const [how, body] of [["spoilt", "garbage"], ["gone", null]]) {
  for (const [at, part] of [wasm, "start-", "page-", "index.html"].entries()) {
    test(`a kept ${part} that is ${how} comes from the network`, onceAfter(at), async ({ page, host }) => {
      await host.open();
      await kept(page);
      await spoil(page, part, body);
      await host.open("?text=from+elsewhere");
      await expect(page.locator(".Tokens bdi")).toHaveText(["from", "elsewhere"]);
      await expect(page.getByRole("alert")).toHaveCount(0);
    });
  }
}

test("a page that cannot start forgets what is kept, says so, and opens again", async ({ page, host }) => {
  await host.open();
  await kept(page);
  await spoil(page, wasm, "garbage");
  host.on = false;
  await host.open("?text=still+mine");
  await expect(page.getByRole("alert")).toContainText("could not be loaded");
  await expect(page.getByRole("alert")).toContainText("has been deleted");
  await expect.poll(() => state(page)).toMatchObject({ registered: false, caches: 0 });
  host.on = true;
  await page.getByRole("button", { name: "Open again" }).click();
  await expect(page.locator(".Tokens bdi")).toHaveText(["still", "mine"]);
  await kept(page);
});

test("a page that breaks later keeps its copy", async ({ page, host }) => {
  await host.open();
  await kept(page);
  await page.evaluate(() => {
    setTimeout(() => {
      throw new WebAssembly.RuntimeError("unreachable");
    });
  });
  await expect(page.getByRole("alert")).toContainText("Something broke");
  host.on = false;
  await page.getByRole("button", { name: "Open again" }).click();
  await alive(page);
});

test("half of another version is not taken, and all of it is when no page of the old one is open", async ({ page, context, host, folder }) => {
  await host.open();
  await kept(page);
  publish(folder, newer);
  host.instead = (name) => (name.endsWith(wasm) ? { status: 404, body: "" } : null);
  const update = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration.update().catch(() => null);
    });
  const before = host.asked.length;
  await update();
  const again = () => host.asked.slice(before).some((path) => path.endsWith(wasm));
  await expect.poll(again).toBe(true);
  await expect.poll(() => state(page)).toMatchObject({ installing: false, waiting: false, caches: 1 });
  await page.reload();
  await alive(page);
  await expect(page).toHaveTitle("Unrolled");

  host.instead = () => null;
  await update();
  await expect.poll(() => state(page)).toMatchObject({ waiting: true, caches: 2 });
  await page.reload();
  await alive(page);
  await expect(page).toHaveTitle("Unrolled");
  await page.close();
  const later = await context.newPage();
  await expect
    .poll(async () => {
      await later.goto(`${host.url}/rnn/`);
      await alive(later);
      const title = await later.title();
      await later.goto("about:blank");
      return title;
    })
    .toBe("Newer");
  await later.goto(`${host.url}/rnn/`);
  expect(await state(later)).toMatchObject({ active: true, caches: 1 });
});

test("a page of another version gets its own files, even of the same name", async ({ page, host, folder }) => {
  await host.open();
  await kept(page);
  // Another version whose files have the names of the kept ones, and a start that knows them.
  const style = Buffer.from("body { --newer: yes }");
  const hash = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
  const old = hash(readFileSync(join("dist", readdirSync("dist").find((name) => name.startsWith("page-")))));
  let start;
  publish(folder, (name, bytes) => {
    if (name.startsWith("page-")) return style;
    if (name.startsWith("start-")) return (start = Buffer.from(bytes.toString().replace(old, hash(style))));
    return bytes;
  });
  const startBefore = hash(readFileSync(join("dist", readdirSync("dist").find((name) => name.startsWith("start-")))));
  const html = readFileSync(join(folder, "index.html"), "utf8");
  writeFileSync(join(folder, "index.html"), html.replace(startBefore, hash(start)));
  await spoil(page, "index.html", "garbage");
  await host.open();
  await alive(page);
  expect(await page.evaluate(() => getComputedStyle(document.body).getPropertyValue("--newer"))).toBe("yes");
});

test("a question behind the page's name is the learner's, behind another file's the server's", async ({ page, host }) => {
  await host.open();
  await kept(page);
  await host.open("index.html?text=an+address");
  await expect(page.locator(".Tokens bdi")).toHaveText(["an", "address"]);
  const before = host.asked.length;
  const fetched = (file) => page.evaluate(async (file) => (await fetch(file)).status, file);
  expect(await fetched("unrolled-element.js")).toBe(200);
  expect(host.asked.slice(before)).toEqual([]);
  expect(await fetched("unrolled-element.js?2")).toBe(200);
  expect(host.asked.slice(before)).toEqual(["/rnn/unrolled-element.js"]);
  expect(await fetched("no-file-of-ours")).toBe(404);
});
