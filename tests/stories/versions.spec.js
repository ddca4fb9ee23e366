// A site is published anew while browsers still have its page: a host such as GitHub Pages lets them
// keep every file for ten minutes, and deletes those of the version before at once.
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import { ready, serve } from "./fixture.js";

const hash = (kind, bytes, as) => createHash(kind).update(bytes).digest(as);
const integrity = (bytes) => `sha384-${hash("sha384", bytes, "base64")}`;

/** Puts the next version in place of the one in `folder`: other bindings, and so other names. */
function publishNext(folder) {
  const named = (begin, end) => readdirSync(folder).find((name) => name.startsWith(begin) && name.endsWith(end) && !name.includes("element"));
  const texts = new Map();
  const read = (name) => texts.get(name) ?? readFileSync(join(folder, name), "utf8");
  const renamed = (name, text, begin) => {
    const after = `${begin}${hash("sha256", text, "hex").slice(0, 16)}.js`;
    const before = integrity(readFileSync(join(folder, name)));
    rmSync(join(folder, name));
    for (const other of ["index.html", "worker.js", start]) {
      if (other !== name) texts.set(other, read(other).replaceAll(name, after).replaceAll(before, integrity(text)));
    }
    writeFileSync(join(folder, after), text);
    return after;
  };
  const start = named("start-", ".js");
  const js = named("unrolled-", ".js");
  renamed(js, `${read(js)}\n// The next version.\n`, "unrolled-");
  renamed(start, read(start), "start-");
  const page = read("index.html").replace("<title>Unrolled", "<title>Newer");
  writeFileSync(join(folder, "index.html"), page);
  const before = integrity(readFileSync("dist/index.html"));
  writeFileSync(join(folder, "worker.js"), read("worker.js").replace(before, integrity(page)));
}

const test = base.extend({
  host: async ({ page }, use) => {
    const folder = mkdtempSync(join(tmpdir(), "unrolled-"));
    cpSync("dist", folder, { recursive: true });
    const host = await serve({ "/rnn/": folder });
    host.folder = folder;
    host.open = async (address = "") => {
      await page.goto("about:blank");
      await page.goto(`${host.url}/rnn/${address}`);
    };
    await use(host);
    await host.close();
  },
});
/** Lets browsers keep some files for ten minutes, and others not at all. */
const keep = (kept) => (name) => ({ headers: { "cache-control": kept.test(name) ? "max-age=600" : "no-store" } });

/** The scripts that this page has loaded, by name, but for what all versions call the same. */
const scripts = (page) =>
  page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => name.split("/").pop())
      .filter((name) => /^(start|unrolled)-[0-9a-f]+(_bg)?\./u.test(name)),
  );

for (const [what, kept] of Object.entries({
  "only the page": /^index\.html$/u,
  "the page and its start": /^(index\.html|start-.*)$/u,
  "everything but the program": /^(?!unrolled-)/u,
})) {
  test(`a browser that has kept ${what} of the version before opens the next one whole`, async ({ page, host }) => {
    host.instead = keep(kept);
    await host.open("#text=first");
    await ready(page);
    publishNext(host.folder);
    const asked = host.asked.length;
    await host.open("#text=still+mine");
    await ready(page);
    // The page of before was opened, found its files gone, and only then the host was asked anew.
    const after = host.asked.slice(asked);
    expect(after.findIndex((path) => path.endsWith("/again.js") || /-[0-9a-f]+[._]/u.test(path))).toBeLessThan(after.indexOf("/rnn/"));
    await expect(page).toHaveTitle("Newer");
    await expect(page.locator(".Tokens bdi")).toHaveText(["still", "mine"]);
    await expect(page.getByRole("alert")).toHaveCount(0);
    const there = readdirSync(host.folder);
    const loaded = await scripts(page);
    expect(loaded.length).toBeGreaterThan(1);
    expect(loaded.filter((name) => !there.includes(name))).toEqual([]);
  });
}

test("a browser that has kept all of the version before goes on with that, whole", async ({ page, host }) => {
  host.instead = keep(/^/u);
  await host.open("#text=first");
  await ready(page);
  const before = await scripts(page);
  publishNext(host.folder);
  await host.open("#text=second");
  await ready(page);
  await expect(page).toHaveTitle("Unrolled");
  // In whatever order they come.
  expect((await scripts(page)).toSorted()).toEqual(before.toSorted());
});

test("a site that stays broken says so, and is not opened again and again", async ({ page, host }) => {
  rmSync(join(host.folder, readdirSync(host.folder).find((name) => name.endsWith(".wasm"))));
  await host.open();
  await expect(page.getByRole("alert")).toContainText("could not be loaded");
  const pages = host.asked.filter((path) => path === "/rnn/").length;
  expect(pages).toBeLessThanOrEqual(2);
});
