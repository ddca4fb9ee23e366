// The package for npm, as npm packs and unpacks it: in a page that Vite builds, in the one that Vite
// serves, and in a plain page.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test as base, expect } from "@playwright/test";
import { once, serve } from "./fixture.js";

const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const vite = resolve("node_modules/vite/bin/vite.js");

const page_of_a_project = `<!doctype html>
<title>A course</title>
<unrolled-rnn id="one" text="a b c" cell="lstm" cells="3" at="backward.1" hide="header"></unrolled-rnn>
<unrolled-rnn id="two" text="x y"></unrolled-rnn>
<script type="module" src="./main.js"></script>`;

const program = `import { UnrolledElement } from "unrolled";
import "unrolled";
const one = document.querySelector("#one");
document.title = String(one instanceof UnrolledElement);
one.addEventListener("unrolled-ready", async () => (one.dataset.loss = (await one.read()).loss));`;

const test = base.extend({
  // A project that has the package as npm installs it.
  project: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), "unrolled-npm-"));
      const run = (...all) => execFileSync(npm, [...all, "--offline", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: folder, stdio: "pipe" });
      writeFileSync(join(folder, "package.json"), '{ "name": "course", "private": true, "type": "module" }');
      const [{ filename }] = JSON.parse(run("pack", "--json", resolve("packages/npm")));
      run("install", `./${filename}`);
      writeFileSync(join(folder, "index.html"), page_of_a_project);
      writeFileSync(join(folder, "main.js"), program);
      writeFileSync(join(folder, "vite.config.js"), 'export default { base: "./", optimizeDeps: { exclude: ["unrolled"] } };');
      await use(folder);
    },
    { scope: "worker" },
  ],
  page: async ({ page }, use) => {
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (/^(http|ws)/u.test(protocol) && hostname !== "127.0.0.1") complaints.push(request.url());
    });
    await use(page);
    expect(complaints).toEqual([]);
  },
});

/** Expects both elements of the project's page to be alive. */
async function expectNetworks(page) {
  const one = page.frameLocator("#one iframe");
  await expect(one.locator(".Tokens bdi")).toHaveText(["a", "b", "c"]);
  await expect(one.locator("main")).toHaveAttribute("data-moment", "backward:1");
  await expect(one.locator("[data-lane=memory], [data-lane=c]").first()).toBeAttached();
  await expect(page.frameLocator("#two iframe").locator(".Tokens bdi")).toHaveText(["x", "y"]);
  await expect(page).toHaveTitle("true");
  await expect(page.locator("#one")).toHaveAttribute("data-loss", /^[\d.]+$/u);
}

test("npm packs the five files, the licences and what is read first", once, async ({ project }) => {
  const files = readdirSync(join(project, "node_modules/unrolled")).sort();
  expect(files).toEqual([
    "LICENSE-APACHE", "LICENSE-MIT", "README.md", "custom-elements.json", "package.json", "unrolled.d.ts",
    "unrolled.htm", "unrolled.js",
  ]);
});

test("a page that Vite builds has the whole network in it", async ({ page, project }) => {
  execFileSync(process.execPath, [vite, "build", "--logLevel", "error"], { cwd: project, stdio: "pipe" });
  const host = await serve({ "/course/": join(project, "dist") });
  await page.goto(`${host.url}/course/`);
  await expectNetworks(page);
  await host.close();
});

test("so has the page that Vite serves while one works on it", async ({ page, project }) => {
  const server = spawn(process.execPath, [vite, "--host", "127.0.0.1", "--port", "0"], { cwd: project, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  server.stdout.on("data", (text) => (said += text));
  // Its colours stand between the address and the port.
  const address = () => /http:\/\/127\.0\.0\.1:\d+\//u.exec(said.replaceAll(/\u001b\[\d+m/gu, ""))?.[0];
  try {
    await expect.poll(address).toBeTruthy();
    await page.goto(address());
    await expectNetworks(page);
  } finally {
    server.kill();
  }
});

test("a plain page needs no bundler, and may serve the page itself", async ({ page, project }) => {
  const folder = mkdtempSync(join(tmpdir(), "unrolled-plain-"));
  mkdirSync(join(folder, "vendor"));
  cpSync(join(project, "node_modules/unrolled"), join(folder, "vendor/unrolled"), { recursive: true });
  cpSync("dist", join(folder, "page"), { recursive: true });
  const map = '<script type="importmap">{ "imports": { "unrolled": "./vendor/unrolled/unrolled.js" } }</script>';
  writeFileSync(join(folder, "index.html"), page_of_a_project.replace("<title>", `${map}<title>`).replace('id="two"', 'id="two" src="./page/index.html"'));
  writeFileSync(join(folder, "main.js"), program);
  const host = await serve({ "/": folder });
  await page.goto(host.url);
  await expectNetworks(page);
  await expect(page.locator("#two iframe")).toHaveAttribute("src", /\/page\/index\.html#/u);
  await expect(page.locator("#one iframe")).toHaveAttribute("src", /\/vendor\/unrolled\/unrolled\.htm#/u);
  await host.close();
});

test("where there is no browser, importing it does nothing", once, async ({ project }) => {
  const program = 'import("unrolled").then(({ UnrolledElement }) => console.log(typeof UnrolledElement))';
  const said = execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: project, encoding: "utf8" });
  expect(said.trim()).toBe("undefined");
});

test("its descriptions name what there is", once, async ({ project }) => {
  const folder = join(project, "node_modules/unrolled");
  const types = readFileSync(join(folder, "unrolled.d.ts"), "utf8");
  const { modules } = JSON.parse(readFileSync(join(folder, "custom-elements.json"), "utf8"));
  const element = readFileSync(join(folder, "unrolled.js"), "utf8");
  const methods = modules[0].declarations[0].members.map(({ name }) => name);
  const there = [...element.matchAll(/^ {4}([a-z]+)\(.*\) \{$/gmu)].map(([, name]) => name);
  expect(methods).toEqual(there.filter((name) => name !== "constructor"));
  for (const method of methods) expect(types).toMatch(new RegExp(`\\b${method}\\(`, "u"));
});
