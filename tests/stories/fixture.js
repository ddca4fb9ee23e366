// Every story fails on an error in the console, an uncaught exception, or a request that leaves
// the page for another host.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { test as base, expect } from "@playwright/test";

export const test = base.extend({
  page: async ({ page, baseURL }, use) => {
    const complaints = [];
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(baseURL) && !url.startsWith("data:")) {
        complaints.push(`request to ${url}`);
      }
    });
    await use(page);
    expect(complaints).toEqual([]);
  },
});

export { expect };

/** Opens the page and waits until it is alive. */
export async function open(page) {
  await page.goto("");
  await ready(page);
}

/** Waits until the page itself says that it can be used. */
export async function ready(page) {
  await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
}

/** Expects the page to be at a moment such as `forward:3`. */
export async function expectMoment(page, moment) {
  await expect(page.locator("main")).toHaveAttribute("data-moment", moment);
}

/** Presses the button of this name. */
export async function press(page, name) {
  await page.getByRole("button", { name, exact: true }).click();
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
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};

/** Serves folders, as a static host does, each at its path; `served.on = false` takes it away. */
export async function serve(folders, headers = {}) {
  const served = { on: true, asked: [] };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    served.asked.push(path);
    const [at, folder] = Object.entries(folders).find(([at]) => path.startsWith(at)) ?? [];
    if (!served.on || at === undefined) return request.socket.destroy();
    const name = path.slice(at.length) || "index.html";
    try {
      const body = folder.html ?? readFileSync(join(folder, name));
      response.writeHead(200, {
        "content-type": folder.html !== undefined ? types[".html"] : types[extname(name)] ?? "text/plain",
        "cache-control": "no-cache",
        ...headers,
      });
      response.end(body);
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
