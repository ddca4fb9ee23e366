// What can be seen in a contrast theme, without colour, in a small window, on paper, with text made
// larger, and with tokens of any kind.
import { test as plain } from "@playwright/test";
import { clickInHeader, expect, expectHidden, once, onceAfter, open, openAt as openAddress, screenWith, serve, settled, test } from "./fixture.js";

/** Opens the page with what an address says, and waits until nothing slides to its place any more. */
async function openAt(page, address) {
  await openAddress(page, `./#${address}`);
  await page.waitForFunction(() => document.getAnimations().length === 0);
}

/** The used values of some properties of the first element of `selector`, or of a part of it. */
function look(page, selector, properties, part) {
  return page.locator(selector).first().evaluate(
    (element, [properties, part]) => {
      const style = getComputedStyle(element, part);
      return Object.fromEntries(properties.map((name) => [name, style.getPropertyValue(name)]));
    },
    [properties, part],
  );
}

/** The address of the first screen of the lesson that is like this. */
const screenLike = (like) => {
  const { chapter, screen } = screenWith(like);
  return `view=lesson&screen=${chapter}.${screen}`;
};

/** Every view of the page, by its address. */
const views = {
  explore: "text=the+film+was+not+good+at+all&focus=h.2.1",
  question: screenLike(/^choice = /mu),
  task: screenLike(/^\[screen\.task\]$/mu),
  "lesson with a program": screenLike(/^bug = /mu),
  chain: "view=chain",
  laboratory: "view=laboratory",
};

/** What is chosen and what is not, side by side, with how to come there. */
const choices = [
  ["explore", ".segments :checked + span", ".segments :not(:checked) + span"],
  ["explore", ".tabs button[aria-current]", ".tabs button:not([aria-current])"],
  ["explore", ".Tokens [data-present=true] button", ".Tokens [data-present=false] button"],
  ["explore", ".switch [aria-pressed=true]", ".switch [aria-pressed=false]"],
  ["question", ".contents button[aria-current]", ".contents li button:not([aria-current])"],
];

// In Chromium only: Firefox's protocol cannot ask for a contrast theme.
for (const colorScheme of ["light", "dark"]) {
  test.describe(`a contrast theme, ${colorScheme}`, () => {
    test.use({ colorScheme });

    test.beforeEach(async ({ page }) => {
      await page.emulateMedia({ forcedColors: "active", colorScheme });
    });

    test("what is chosen is told by the theme's own colours @chromium", async ({ page }) => {
      const ground = colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(0, 0, 0)";
      for (const [view, chosen, other] of choices) {
        await openAt(page, views[view]);
        await page.locator(".contents").evaluateAll((all) => all.forEach((one) => (one.open = true)));
        const [yes, no] = [
          await look(page, chosen, ["background-color", "color"]),
          await look(page, other, ["background-color", "color"]),
        ];
        expect(yes["background-color"], chosen).not.toBe(no["background-color"]);
        expect(yes["background-color"], chosen).not.toBe(ground);
        expect(yes.color, chosen).not.toBe(yes["background-color"]);
      }
      // Behind words on any other ground the browser would lay a plate in which they vanish.
      for (const address of ["", views.question]) {
        await openAt(page, address);
        const plated = await page.evaluate((ground) => {
          const filled = ({ backgroundColor }) => backgroundColor !== ground && !backgroundColor.endsWith(", 0)");
          const shown = [...document.querySelectorAll("button, label > span")].filter((one) => one.checkVisibility());
          return shown.filter((one) => {
            const style = getComputedStyle(one);
            return one.innerText?.trim() && filled(style) && style.forcedColorAdjust === "auto";
          }).map((one) => one.outerHTML.slice(0, 80));
        }, ground);
        expect(plated).toEqual([]);
      }
    });

    test("the pictures go with the theme, whatever was chosen on the page @chromium", async ({ page }) => {
      await openAt(page, `theme=${colorScheme === "light" ? "dark" : "light"}`);
      await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
      await expect(page.getByRole("button", { name: /theme$/ })).toBeHidden();
      // What does nothing here is away, and nothing else of the head.
      await expect(page.locator(".more > button:visible, .more > select:visible")).toHaveCount(
        (await page.locator(".more > :is(button, select)").count()) - 1,
      );
      // Every number over a picture can be read on what is under it.
      const worst = await page.locator("[data-lane=hidden] .tiles").evaluate((tiles) => {
        const canvas = tiles.querySelector("canvas");
        const pixels = canvas.getContext("2d");
        const share = canvas.width / canvas.clientWidth;
        const channel = (value) => (value <= 10.31 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
        const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
        const contrasts = [...tiles.querySelectorAll("text")].map((text) => {
          const ink = light(getComputedStyle(text).fill.match(/\d+/gu).map(Number));
          // Beside the number, in its cell.
          const [x, y] = ["x", "y"].map((name) => Number(text.getAttribute(name)));
          const ground = light(pixels.getImageData((x - 0) * share, (y - 6) * share, 1, 1).data);
          return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
        });
        return Math.min(...contrasts);
      });
      expect(worst).toBeGreaterThan(4.5);
    });

    test("time, outlines and what cannot be used are seen @chromium", async ({ page }) => {
      await openAt(page, `${views.explore}&at=forward.3`);
      const ground = (await look(page, "body", ["background-color"]))["background-color"];
      const visible = async (selector, property, part) => {
        const colour = (await look(page, selector, [property], part))[property];
        expect(colour, `${selector} ${property}`).not.toBe(ground);
        expect(colour, `${selector} ${property}`).toMatch(/^rgb\(/u);
      };
      await visible(".TimelineBar .share i", "border-right-color");
      await visible(".TimelineBar .share i", "border-bottom-color");
      await visible(".Score > .now", "border-left-color");
      await visible(".Pointing .lit", "stroke");
      await visible(".Pointing .source", "stroke");
      await visible(".Stages [data-state=later] text", "fill");
      await visible(".fold", "background-color", "::before");
      const scale = await look(page, ".ColourScale i", ["background-image"]);
      expect(scale["background-image"]).toContain("gradient");
      const [off, on] = [
        await look(page, ".history button:disabled", ["color"]),
        await look(page, "button.export", ["color"]),
      ];
      expect(off.color).not.toBe(on.color);
      await page.locator(".sequence textarea").fill("");
      const box = await look(page, ".sequence textarea", ["border-top-style", "border-top-width"]);
      expect(box).toEqual({ "border-top-style": "dashed", "border-top-width": "2px" });
    });
  });
}

test("without colour, what is chosen, present, done, right and wrong is told by form", once, async ({ page }) => {
  const weight = async (selector) => Number((await look(page, selector, ["font-weight"]))["font-weight"]);
  for (const [view, chosen] of choices) {
    await openAt(page, views[view]);
    await page.locator(".contents").evaluateAll((all) => all.forEach((one) => (one.open = true)));
    expect(await weight(chosen), chosen).toBeGreaterThanOrEqual(700);
    // Light on dark or dark on light, not a tint.
    const { "background-color": ground, color } = await look(page, chosen, ["background-color", "color"]);
    const sum = (colour) => colour.match(/\d+/gu).slice(0, 3).map(Number).reduce((a, b) => a + b);
    expect(Math.abs(sum(ground) - sum(color))).toBeGreaterThan(450);
  }
  await openAt(page, "at=forward.3");
  expect(await weight(".Stages [data-state=now] text")).toBe(700);
  const sample = async (sign) => (await look(page, `.Overview .${sign}`, ["background-color"], "::before"))["background-color"];
  await openAt(page, "");
  expect(await sample("positive")).not.toBe(await sample("negative"));
  await openAt(page, "at=forward.3");
  const done = await page.locator(".TimelineBar").evaluate((bar) => {
    const [whole, share] = [bar, bar.querySelector(".share i")].map((one) => one.getBoundingClientRect());
    return (share.right - whole.left) / whole.width;
  });
  expect(done).toBeCloseTo(3 / 18, 2);
  // A lit number has a whole outline, what it comes from a dashed one, what is looked at a dotted one.
  await openAt(page, `${views.explore}&at=backward.1`);
  const dashes = async (kind) => (await look(page, `.Pointing .${kind}`, ["stroke-dasharray"]))["stroke-dasharray"];
  expect(await dashes("lit")).toBe("none");
  expect(await dashes("source")).not.toBe("none");
  await page.locator(".Origin .operand").first().focus();
  expect(await dashes("glance")).not.toBe(await dashes("source"));
  expect(await weight(".Code [data-lit=true]")).toBe(700);
  // Right and wrong have marks of their own.
  await openAt(page, views.question);
  const marks = [];
  for (const offer of [0, 1]) {
    await page.locator(".offers button").nth(offer).click();
    marks.push((await look(page, ".verdict b", ["content"], "::before")).content);
    await page.locator(".again").click();
  }
  expect(marks.map((mark) => mark[1]).sort()).toEqual(["✓", "✗"]);
});

test.describe("in a small window", () => {
  /**
   * Goes through everything that can have the focus, and expects to see all of it: in Firefox, which does not
   * scroll for what can be seen in part, most of it.
   */
  async function expectFocusSeen(page, browserName) {
    const share = browserName === "firefox" ? 0.6 : 1;
    await page.evaluate(() => {
      scrollTo(0, 0);
      document.activeElement.blur();
    });
    let seen = 0;
    for (let turn = 0; turn < 400; turn++) {
      await page.keyboard.press("Tab");
      const found = await page.evaluate((share) => {
        const element = document.activeElement;
        if (element === document.body) return null;
        if (element.dataset.seen === "true") return null;
        element.dataset.seen = "true";
        const shown = element.matches(".segments input") ? element.nextElementSibling : element;
        const rect = shown.getBoundingClientRect();
        const bar = document.querySelector(".Transport");
        const sticky = getComputedStyle(bar).position === "sticky" && !bar.contains(element);
        const floor = sticky ? bar.getBoundingClientRect().top : innerHeight;
        const name = element.outerHTML.slice(0, 90);
        // Of what is higher than a few lines a part can be seen, as in Firefox.
        const [top, bottom] = [Math.max(rect.top, 0), Math.min(rect.bottom, floor)];
        const [left, right] = [Math.max(rect.left, 0), Math.min(rect.right, innerWidth)];
        const enough = Math.min(rect.height, 24) * share;
        const whole = share < 1 || rect.height > 60 || (rect.top >= -1 && rect.bottom <= floor + 1);
        const fine = bottom - top >= enough - 1 && right - left >= Math.min(rect.width, 20) - 1 && whole;
        return { name, fine, rect: rect.toJSON(), floor };
      }, share);
      if (found === null) break;
      expect(found, JSON.stringify(found)).toMatchObject({ fine: true });
      seen++;
    }
    expect(seen).toBeGreaterThan(15);
  }

  for (const [at, [width, height]] of [[320, 256], [667, 375], [844, 390], [390, 844], [320, 568]].entries()) {
    test(`${width} × ${height}: nothing scrolls two ways, and nothing is hidden`, onceAfter(at), async ({ page, browserName }) => {
      await page.setViewportSize({ width, height });
      for (const [name, address] of Object.entries(views)) {
        await openAt(page, address);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide, name).toBeLessThanOrEqual(width);
        const share = await page.locator(".Transport").evaluate((bar) =>
          getComputedStyle(bar).position === "sticky" ? bar.clientHeight / innerHeight : 0,
        );
        expect(share, name).toBeLessThanOrEqual(0.25);
        await expectFocusSeen(page, browserName);
      }
    });

    test(`${width} × ${height}: the dialogue fits`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await open(page);
      await clickInHeader(page, "button.export");
      await page.locator(".Share summary").click();
      const { inside, wide } = await page.locator("dialog.Export").evaluate((dialog) => {
        const { left, top, right, bottom } = dialog.getBoundingClientRect();
        return {
          inside: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
          wide: dialog.scrollWidth - dialog.clientWidth,
        };
      });
      expect(inside).toBe(true);
      expect(wide).toBeLessThanOrEqual(0);
    });
  }
});

// In Chromium only: Firefox's protocol cannot ask for paper.
test.describe("on paper", () => {
  test.use({ colorScheme: "dark", viewport: { width: 1280, height: 800 } });

  /** The colours of all pixels of a canvas, from the darkest to the lightest, as 0 to 1. */
  const tones = (page, selector) =>
    page.locator(selector).evaluate((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const tones = [];
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] > 0) tones.push((data[at] + data[at + 1] + data[at + 2]) / 765);
      }
      tones.sort((a, b) => a - b);
      return { lightest: tones.at(-1), middle: tones[tones.length >> 1] };
    });

  for (const [paper, width] of [["A4", 718], ["Letter", 739]]) {
    test(`a dark page is light on ${paper}, and nothing is behind its edge @chromium`, async ({ page }) => {
      await openAt(page, `theme=dark&${views.explore}`);
      expect((await tones(page, "[data-lane=hidden] canvas")).middle).toBeLessThan(0.4);
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      await page.setViewportSize({ width, height: 1000 });
      await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
      await expect.poll(async () => (await tones(page, "[data-lane=hidden] canvas")).lightest).toBeGreaterThan(0.95);
      const ink = await look(page, "[data-lane=norm] .LaneNumbers text, .Lane h2", ["color"]);
      expect(ink.color).toBe("rgb(27, 39, 51)");
      expect((await look(page, ".Code pre", ["background-color"]))["background-color"]).toBe("rgb(241, 244, 247)");
      for (const [name, address] of Object.entries(views)) {
        await openAt(page, `theme=dark&${address}`);
        const out = await page.evaluate(() => {
          const shown = [...document.querySelectorAll("body *")].filter((element) => element.checkVisibility());
          return {
            wide: shown.filter((element) => element.getBoundingClientRect().right > innerWidth + 1).map((element) => element.outerHTML.slice(0, 80)),
            stuck: shown.filter((element) => ["fixed", "sticky"].includes(getComputedStyle(element).position)).map((element) => element.className),
            scrolling: shown.filter((element) => {
              const style = getComputedStyle(element);
              const cuts = (value, more) => ["auto", "scroll", "hidden"].includes(value) && more > 1;
              return (
                !element.closest("select, input, bdi, .LaneNumbers") &&
                (cuts(style.overflowX, element.scrollWidth - element.clientWidth) ||
                  cuts(style.overflowY, element.scrollHeight - element.clientHeight))
              );
            }).map((element) => element.outerHTML.slice(0, 80)),
          };
        });
        expect(out, name).toEqual({ wide: [], stuck: [], scrolling: [] });
        await expectHidden(page.locator(".Transport"));
        await expect(page.locator(".Setup")).toHaveCount(name.startsWith("question") || name.startsWith("lesson") ? 0 : 1);
      }
      await page.emulateMedia({ media: "screen", colorScheme: "dark" });
      await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    });
  }

  test("the events of printing alone make the page light, and dark again", async ({ page }) => {
    await openAt(page, "theme=dark");
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });

  test("a lesson prints its text, its question and the answer @chromium", async ({ page }) => {
    await openAt(page, views.question);
    await page.locator(".offers button").first().click();
    await page.emulateMedia({ media: "print" });
    for (const part of [".say", ".ask", ".verdict", ".Tokens", "[data-lane=hidden] canvas"]) {
      await expect(page.locator(part).first()).toBeVisible();
    }
    for (const part of [".contents", ".turn", ".again", ".Unasked"]) {
      await expectHidden(page.locator(part).first());
    }
    const [text, score] = [await page.locator(".Lesson .page").boundingBox(), await page.locator(".Score").boundingBox()];
    expect(text.y).toBeLessThan(score.y);
  });
});

// In Chromium only, for the same reason.
plain("a course page prints every figure in it, light and whole @chromium", async ({ page, baseURL }) => {
  const course = `<!doctype html><title>Course</title><body style="margin: 0 auto; max-width: 690px">
    <iframe src="${baseURL}#theme=dark" style="width: 100%; height: 960px; border: 0"></iframe>
    <iframe src="${baseURL}#theme=dark&only=norm" style="width: 100%; height: 200px; border: 0"></iframe>
    <script src="${baseURL}unrolled-element.js"></script><div style="height: 3000px"></div>
    <unrolled-rnn theme="dark" only="heat-map" text="a b c"></unrolled-rnn>`;
  const host = await serve({ "/": { html: course } });
  await page.goto(host.url);
  await expect(page.frameLocator("iframe").nth(1).locator("[data-lane=norm]")).toBeVisible();
  // An element that was never near the window makes its frame for the paper.
  await expect(page.locator("unrolled-rnn iframe")).toHaveCount(0);
  await page.emulateMedia({ media: "print" });
  await expect(page.frameLocator("unrolled-rnn iframe").locator("[data-lane=hidden-error]")).toBeVisible();
  const frames = page.frames().slice(1);
  expect(frames).toHaveLength(3);
  for (const frame of frames) {
    await frame.evaluate(() => {
      // What is on the canvas when the paper is drawn, after everything that printing sets off.
      addEventListener("beforeprint", () => {
        const canvas = [...document.querySelectorAll(".Score canvas")].find((one) => one.checkVisibility());
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        globalThis.printed = { theme: document.documentElement.dataset.theme, drawn: data.some((byte) => byte > 0) };
      });
    });
  }
  await page.pdf();
  for (const frame of frames) {
    expect(await frame.evaluate(() => globalThis.printed)).toEqual({ theme: "light", drawn: true });
    const cut = await frame.locator(".Score").evaluate((score) => {
      const ends = [...score.querySelectorAll("canvas, .Answer, .label")].filter((one) => one.checkVisibility());
      return ends.filter((one) => {
        const { right, bottom } = one.getBoundingClientRect();
        return right > innerWidth + 1 || bottom > innerHeight + 1;
      }).map((one) => one.outerHTML.slice(0, 80));
    });
    expect(cut).toEqual([]);
  }
  await host.close();
});

test.describe("tokens of any kind", () => {
  const marks = "\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309";
  const kinds = {
    "piled high": `z${marks.repeat(3)} a${marks.repeat(3)}lgo was not`,
    long: `${"a".repeat(200)} the ${"한".repeat(120)} end`,
    "right to left": "שלום עולם مرحبا بالعالم",
    wide: "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦 ﷽﷽﷽ 🏳️‍🌈🏳️‍🌈🏳️‍🌈 x",
  };
  for (const [at, [kind, text]] of Object.entries(kinds).entries()) {
    for (const [width, height] of [[1280, 800], [390, 844]]) {
      test(`${kind}, ${width} wide, stay in their boxes`, onceAfter(at), async ({ page }) => {
        await page.setViewportSize({ width, height });
        const written = encodeURIComponent(text);
        for (const address of [
          `text=${written}&focus=weight.w1x.1.1`,
          `text=${written}&task=next-token&focus=h.1.1&at=output`,
          `text=a+b&${text.split(" ").map((label) => `label=${encodeURIComponent(label)}`).join("&")}`,
          `text=${written}&view=chain`,
          `text=${written}&view=laboratory`,
        ]) {
          await openAt(page, address);
          await page.locator("details").evaluateAll((all) => all.forEach((one) => (one.open = true)));
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(wide).toBeLessThanOrEqual(width);
          const tokens = text.split(" ").filter((token) => !/^[a-z]{1,3}$/u.test(token));
          const loose = await page.evaluate((tokens) => {
            const found = [];
            const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
              const node = walk.currentNode;
              const parent = node.parentElement;
              if (!tokens.some((token) => node.data.includes(token))) continue;
              if (parent.closest("option, script, pre") || !parent.checkVisibility()) continue;
              // The nearest box that lets nothing out, and whether it is a line or a sentence.
              let box = parent;
              const open = ({ overflowY, contain }) => overflowY === "visible" && !contain.includes("paint");
              while (box && open(getComputedStyle(box))) box = box.parentElement;
              const line = box?.matches("bdi, h2, h3, p, li, th, td, button, output, figcaption, summary");
              const range = document.createRange();
              range.selectNode(node);
              const [text, edge] = [range.getBoundingClientRect(), box?.getBoundingClientRect()];
              const beside = getComputedStyle(box ?? parent).textOverflow === "clip" && text.right > (edge?.right ?? 0) + 2;
              if (!line || beside) found.push([parent.outerHTML.slice(0, 60), node.data.slice(0, 40), beside]);
            }
            return found;
          }, tokens);
          expect(loose, address).toEqual([]);
        }
      });
    }
  }
});

test.describe("text made larger, or set wider", () => {
  const spacing = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }`;
  const larger = ":root { font-size: 200%; }";
  for (const [how, css] of Object.entries({ larger, spacing })) {
    for (const [width, height] of [[1280, 800], [390, 844]]) {
      test(`${how}, ${width} wide: nothing is cut @chromium`, async ({ page }) => {
        await page.setViewportSize({ width, height });
        for (const [name, address] of Object.entries(views)) {
          await openAt(page, address);
          await page.evaluate((css) => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets = [sheet];
          }, css);
          await settled(page);
          if (how === "larger") {
            expect((await look(page, ".Header button.export", ["font-size"]))["font-size"]).toBe("28px");
          }
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(wide, name).toBeLessThanOrEqual(width);
          const cut = await page.evaluate(() =>
            [...document.querySelectorAll("body *")]
              .filter((element) => element.checkVisibility() && element.childNodes.length > 0)
              .filter((element) => !element.closest("select, svg, math"))
              .filter((element) => {
                const style = getComputedStyle(element);
                const cuts = (value) => value === "hidden" || value === "clip";
                // Firefox measures no box of what is in a line.
                if (style.display === "inline") return false;
                return (
                  (cuts(style.overflowX) && element.scrollWidth > element.clientWidth + 2) ||
                  (cuts(style.overflowY) && element.scrollHeight > element.clientHeight + 4)
                );
              })
              .map((element) => element.outerHTML.slice(0, 120)),
          );
          expect(cut, name).toEqual([]);
        }
      });
    }
  }
});
