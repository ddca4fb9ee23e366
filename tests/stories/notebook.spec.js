// The network of a learner in a real JupyterLab: the number in the frame is the number in the kernel.
//
// The program in NOTEBOOKS is a Python that has JupyterLab, PyTorch and the package that was just built.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test as base, expect } from "@playwright/test";
import { once, ready, shown } from "./fixture.js";

const python = process.env.NOTEBOOKS;

const cell = (source) => ({ cell_type: "code", execution_count: null, id: `c${source.length}`, metadata: {}, outputs: [], source });
const notebook = (...sources) =>
  JSON.stringify({
    cells: sources.map(cell),
    metadata: { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } },
    nbformat: 4,
    nbformat_minor: 5,
  });

const model = `import torch, unrolled
torch.manual_seed(3)

class Reader(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = torch.nn.Embedding(6, 3)
        self.lstm = torch.nn.LSTM(3, 4, batch_first=True)
        self.head = torch.nn.Linear(4, 2)

    def forward(self, x):
        states, _ = self.lstm(self.embedding(x))
        return self.head(states[:, -1])

words = "the film was not good bad".split()
x = torch.tensor([[0, 1, 2, 3, 4]])
reader = Reader()`;
const numbers = `import json
states = reader.lstm(reader.embedding(x))[0]
states.retain_grad()
loss = torch.nn.functional.cross_entropy(reader.head(states[:, -1]), torch.tensor([1]))
loss.backward()
print("STATES", json.dumps(states[0].tolist()), "GRADIENT", states.grad[0, 4, 1].item(), "LOSS", loss.item())`;
const show = "widget = unrolled.show(reader, x, target=1, vocabulary=words)\nwidget";

/** An environment in which nothing of this machine's own settings counts. */
function surroundings() {
  const own = mkdtempSync(join(tmpdir(), "unrolled-jupyter-"));
  const folder = (name) => join(own, name);
  return {
    ...process.env,
    JUPYTER_CONFIG_DIR: folder("config"),
    JUPYTER_DATA_DIR: folder("data"),
    JUPYTER_RUNTIME_DIR: folder("runtime"),
    IPYTHONDIR: folder("ipython"),
    JUPYTERLAB_SETTINGS_DIR: folder("settings"),
    JUPYTERLAB_WORKSPACES_DIR: folder("workspaces"),
  };
}

const free = () =>
  new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });

const test = base.extend({
  lab: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), "unrolled-notebooks-"));
      const port = await free();
      const options = [
        "--no-browser", "--allow-root", `--ServerApp.port=${port}`, "--ServerApp.port_retries=0",
        "--ServerApp.ip=127.0.0.1", `--ServerApp.root_dir=${folder}`, "--IdentityProvider.token=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.news_url=None",
        "--LabApp.extension_manager=readonly",
      ];
      const server = spawn(python, ["-m", "jupyterlab", ...options], { env: surroundings(), stdio: ["ignore", "pipe", "pipe"] });
      let said = "";
      for (const channel of [server.stdout, server.stderr]) channel.on("data", (text) => (said += text));
      const url = `http://127.0.0.1:${port}`;
      const answers = () => fetch(`${url}/api/status`).then(({ ok }) => ok, () => false);
      await expect.poll(answers, { timeout: 120_000, message: "JupyterLab answers" }).toBe(true).catch((error) => {
        throw new Error(`${error.message}\n${said}`);
      });
      await use({ folder, url });
      await fetch(`${url}/api/shutdown`, { method: "POST" }).catch(() => {});
      server.kill();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  page: async ({ page }, use) => {
    const elsewhere = [];
    page.on("request", (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (/^(http|ws)/u.test(protocol) && hostname !== "127.0.0.1") elsewhere.push(request.url());
    });
    await use(page);
    expect(elsewhere).toEqual([]);
  },
});

test.skip(!python, "there is no JupyterLab in NOTEBOOKS");
test.setTimeout(300_000);

/** How long the cells of a notebook may take: a machine at work needs a minute to bring in PyTorch. */
const patience = { timeout: 150_000 };

/** Opens a notebook of these cells and runs them all. */
async function run(page, lab, name, ...sources) {
  writeFileSync(join(lab.folder, name), notebook(...sources));
  await page.goto(`${lab.url}/lab/tree/${name}?reset`);
  await page.locator(".jp-Notebook").waitFor();
  await expect(page.locator(".jp-Toolbar-kernelName").first()).toHaveText(/Python 3/u);
  await page.getByRole("menuitem", { name: "Run", exact: true }).click();
  await page.locator('.lm-Menu [data-command="runmenu:run-all"]').click();
  const prompts = page.locator(".jp-CodeCell .jp-InputPrompt");
  await expect(prompts.first()).toHaveText(/\d/u, patience);
  await expect(prompts.filter({ hasText: "*" })).toHaveCount(0, patience);
}

const frames = (page) => page.frameLocator('.jp-Notebook iframe[title^="Unrolled:"]');

/** What a cell has printed. */
const printed = (page, begin) => page.locator(".jp-OutputArea-output pre").filter({ hasText: begin }).first().innerText();

const lastCell = (page) => page.locator(".jp-Notebook .jp-CodeCell").last();

/** Writes into the last cell, and runs it. */
async function execute(page, code) {
  await lastCell(page).locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(code);
  await page.keyboard.press("Control+Enter");
}

/** The rows of a lane's table, a number for each step. */
async function table(frame, lane) {
  const row = frame.locator(`[data-lane=${lane}]`);
  if (!(await row.locator("table").count())) await row.locator("summary").click();
  await expect(row.locator("tbody tr").first()).toBeVisible();
  return row.locator("tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent)),
  );
}

test("the number in the frame is the number in the kernel, and both move the moment", async ({ page, lab }) => {
  await run(page, lab, "one.ipynb", model, numbers, show, "print('AT', widget.moment, widget.selection)");
  const frame = frames(page);
  await expect(frame.locator("html")).toHaveAttribute("data-ready", "true");
  await expect(frame.locator(".Tokens bdi")).toHaveText(["the", "film", "was", "not", "good"]);
  await expect(frame.locator("main")).toHaveAttribute("data-moment", "backward:1");
  const [, states, gradient, loss] = /STATES (.*) GRADIENT (.*) LOSS ([\d.e-]+)/su.exec(await printed(page, "STATES"));
  const rows = await table(frame, "hidden");
  JSON.parse(states).forEach((units, step) =>
    units.forEach((value, unit) => {
      expect(Math.abs(shown(rows[unit][step]) - value)).toBeLessThanOrEqual(Math.abs(value) * 5.1e-4 + 1e-6);
    }),
  );
  const answer = await frame.locator(".Answer").innerText();
  expect(shown(answer.match(/L = ([\d.e−]+)/u)[1])).toBeCloseTo(Number(loss), 3);
  // The picture has made way.
  await expect(page.locator('.jp-Notebook img[src^="data:image/png"]')).toBeHidden();

  // A click in the frame is known in the kernel …
  await frame.getByRole("button", { name: "Go to start" }).click();
  await expect(frame.locator("main")).not.toHaveAttribute("data-moment", "backward:1");
  const moment = await frame.locator("main").getAttribute("data-moment");
  const last = lastCell(page);
  await execute(page, "print('AT', widget.moment)");
  await expect(last.locator(".jp-OutputArea-output pre")).toContainText(`AT ${moment}`);
  // … and what the kernel sets is seen in the frame.
  await execute(page, "widget.moment = 'backward:5'; widget.selection = 'dh.5.2'; print('SET')");
  await expect(frame.locator("main")).toHaveAttribute("data-moment", "backward:5");
  // That is what PyTorch's own differentiation finds.
  const sum = frame.getByText(/∂L\/∂H.*step 5, unit 2/u).last().locator("..");
  await expect(sum).toBeVisible();
  const [, found] = /unit 2\s*([−+\d.e]+)/u.exec(await sum.innerText());
  expect(Math.abs(shown(found) - Number(gradient))).toBeLessThanOrEqual(Math.abs(Number(gradient)) * 1e-3);
  if (process.env.PICTURE) await page.screenshot({ path: process.env.PICTURE });

  // Keys that are pressed in the frame do nothing to the notebook around.
  const cells = await page.locator(".jp-Notebook .jp-Cell").count();
  await frame.locator(".Tokens").click();
  for (const key of ["a", "b", "x", "d", "d"]) await page.keyboard.press(key);
  expect(await page.locator(".jp-Notebook .jp-Cell").count()).toBe(cells);
});

test("three widgets have one page, a saved notebook holds none, and without a kernel the picture stays", async ({ page, lab }) => {
  const more = "other = unrolled.show(reader.lstm, torch.randn(1, 3, 3))\nother";
  const counted = `asked = []
answer = unrolled.Widget._answer
def count(self, widget, message, buffers):
    asked.append(message["ask"])
    answer(self, widget, message, buffers)
unrolled.Widget._answer = count`;
  await run(page, lab, "three.ipynb", model, counted, show, more, "widget", "pass");
  const all = page.locator('.jp-Notebook iframe[title^="Unrolled:"]');
  await expect(all).toHaveCount(3);
  for (const place of [0, 1, 2]) {
    const frame = all.nth(place).contentFrame();
    await all.nth(place).scrollIntoViewIfNeeded();
    await expect(frame.locator("html")).toHaveAttribute("data-ready", "true");
    await expect(all.nth(place)).toBeVisible();
  }
  await execute(page, "print('PAGES', asked.count('page'), 'NETWORKS', asked.count('network'))");
  await expect(lastCell(page).locator(".jp-OutputArea-output pre")).toContainText("PAGES 1 NETWORKS 3");
  await page.keyboard.press("Control+s");
  const file = join(lab.folder, "three.ipynb");
  await expect.poll(() => readFileSync(file, "utf8").match(/image\/png/gu)?.length).toBe(3);
  expect(statSync(file).size).toBeLessThan(300_000);

  // As somebody else opens it, or the same person a day later.
  const saved = JSON.parse(readFileSync(file, "utf8"));
  saved.cells = saved.cells.slice(2);
  saved.metadata.kernelspec = undefined;
  writeFileSync(join(lab.folder, "later.ipynb"), JSON.stringify(saved));
  await page.goto(`${lab.url}/lab/tree/later.ipynb?reset`);
  await expect(page.locator(".jp-OutputArea-output img").first()).toBeVisible();
  await expect(page.locator(".jp-OutputArea-output img")).toHaveCount(3);
});

test("a converted notebook has the picture", once, async ({ page, lab }) => {
  const file = join(lab.folder, "converted.ipynb");
  writeFileSync(file, notebook(model, show));
  const options = ["--execute", "--to", "html", "--ExecutePreprocessor.store_widget_state=False", file];
  execFileSync(python, ["-m", "nbconvert", ...options], { env: surroundings(), stdio: "pipe" });
  // Pages that nbconvert makes ask a host for what typesets formulas; here it gives no answer.
  await page.route(/^https?:/u, (route) => (new URL(route.request().url()).hostname === "127.0.0.1" ? route.fallback() : route.abort()));
  const html = readFileSync(file.replace(".ipynb", ".html"), "utf8");
  await page.setContent(html.replaceAll(/<script[^]*?<\/script>/gu, ""));
  const picture = page.locator(".jp-OutputArea-output img");
  await expect(picture).toHaveCount(1);
  expect(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth))).toBeGreaterThan(200);
});

test("a file of its own needs no kernel and no server", async ({ page, lab }) => {
  const file = join(lab.folder, "alone.html");
  const program = `${model}\nunrolled.save(reader, r"${file}", x=x, target=1, vocabulary=words)`;
  execFileSync(python, ["-c", program], { stdio: "pipe" });
  await page.goto(pathToFileURL(file).href);
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("html")).toHaveAttribute("data-ready", "true");
  await expect(frame.locator(".Tokens bdi")).toHaveText(["the", "film", "was", "not", "good"]);
  await expect(page.getByText("The embedding is shown multiplied")).toBeVisible();

  // Where the page around allows no WebAssembly the picture stays, and that is said.
  await page.clock.install();
  const html = readFileSync(file, "utf8").replace(
    "<head>",
    '<head><meta http-equiv="Content-Security-Policy" content="script-src \'unsafe-inline\'; img-src data:">',
  );
  writeFileSync(file, html);
  await page.goto(pathToFileURL(file).href);
  await expect(page.locator("iframe")).toHaveCount(1);
  await expect(page.frameLocator("iframe").getByRole("alert")).toHaveCount(1);
  await page.clock.fastForward(61_000);
  await expect(page.locator("iframe")).toHaveCount(0);
  await expect(page.getByRole("status")).toContainText("only a picture");
  await expect(page.locator("img")).toBeVisible();
});
