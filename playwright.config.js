import { defineConfig } from "@playwright/test";

// The browser stories run on the published build in `dist`, served from this machine, in the
// system's Chromium (its program is in CHROME, or chromium's usual place), and in the system's
// Firefox where FIREFOX names its program.
const port = Number(process.env.STORIES_PORT || 4173);

export default defineConfig({
  testDir: "tests/stories",
  forbidOnly: Boolean(process.env.CI),
  // A second try is told as such ("flaky") at the end.
  retries: 1,
  workers: 2,
  // Nothing waits for a time to pass, so these end only what will never come, on any machine.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: "list",
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1280, height: 800 },
    locale: "en-US",
    // Every story begins on a device of its own. What it would keep for visits without a network is the
    // whole page once more, and kept only where a story is about that.
    serviceWorkers: "block",
  },
  projects: [
    {
      name: "chromium",
      use: {
        browserName: "chromium",
        launchOptions: {
          executablePath: process.env.CHROME || "/usr/bin/chromium",
          args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
          ],
        },
      },
    },
    ...(process.env.FIREFOX
      ? [
          {
            name: "firefox",
            // Firefox as it is published, by the protocol that it speaks itself, which cannot yet
            // compose, download, deny the clipboard or ask for less motion; and without what no
            // engine does in a way of its own.
            grepInvert: /@chromium|@once/u,
            use: {
              browserName: "firefox",
              channel: "moz-firefox",
              launchOptions: { executablePath: process.env.FIREFOX },
            },
          },
        ]
      : []),
  ],
  webServer: {
    command: `npx --no-install sirv dist --host 127.0.0.1 --port ${port} --quiet`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
    timeout: 120_000,
  },
});
