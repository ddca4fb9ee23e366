// Every story fails on an error in the console, an uncaught exception, or a request that leaves
// the page for another host.
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
  await expect(page.locator("main")).toHaveAttribute("data-moment", /./);
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
