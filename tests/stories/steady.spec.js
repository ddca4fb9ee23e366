// What others do to the page, and what pointing does not do to it.
import { expect, expectMoment, onceAfter, open, openAt, press, ready, settled, test } from "./fixture.js";

/** Wraps every text as translators do, in one of several ways. */
const translate = (page, way) =>
  page.evaluate((way) => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walk.nextNode()) if (walk.currentNode.data.trim()) texts.push(walk.currentNode);
    for (const text of texts) {
      const [outer, inner] = ["font", "font"].map((tag) =>
        document.createElement(way === "span" ? "span" : tag),
      );
      outer.append(inner);
      if (way === "moved") {
        text.parentNode.insertBefore(outer, text);
        inner.append(text);
      } else {
        inner.textContent = `¡${text.data}!`;
        text.replaceWith(outer);
      }
    }
    document.documentElement.className = "translated-ltr";
  }, way);

/** What other programs do to a page: join texts, cut them, take nodes away, empty whole parts. */
const meddle = {
  "joins texts": () => document.body.normalize(),
  "cuts texts and joins them": () => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walk.nextNode()) if (walk.currentNode.data.length > 3) texts.push(walk.currentNode);
    for (const text of texts) text.splitText(2);
    document.body.normalize();
  },
  "takes every fifth text away": () => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walk.nextNode()) texts.push(walk.currentNode);
    texts.filter((_, at) => at % 5 === 0).forEach((text) => text.remove());
  },
  "takes elements away": () => {
    for (const it of document.querySelectorAll("svg text, .Explanation p, .Lane summary")) it.remove();
  },
  "empties the page": () => {
    for (const it of document.querySelectorAll("main, header")) it.replaceChildren();
  },
  "writes into texts and doubles elements": () => {
    for (const it of document.querySelectorAll("button, p, li")) {
      it.append(document.createElement("i"));
      it.after(it.cloneNode(true));
    }
  },
};

for (const [at, [what, how]] of Object.entries(meddle).entries()) {
  test(`what ${what} breaks nothing and makes no number wrong`, onceAfter(at % 3), async ({ page }) => {
    await openAt(page, "#text=my+own+few+words");
    const seen = () => page.locator("main").evaluate((main) => main.textContent);
    const places = ["backward:2", "backward:3", "backward:4", "backward-output"];
    const right = [];
    for (const place of places) {
      await page.keyboard.press("ArrowLeft");
      await expectMoment(page, place);
      right.push(await seen());
    }
    for (const place of places.toReversed().slice(1)) {
      await page.evaluate(how);
      await page.keyboard.press("ArrowRight");
      await expectMoment(page, place);
      // The step is still in motion.
      await expect.poll(seen).toBe(right[places.indexOf(place)]);
    }
    for (const key of ["2", "3", "4", "1"]) {
      await page.evaluate(how);
      await page.keyboard.press(key);
    }
    await page.evaluate(how);
    await press(page, "More hidden units");
    await expect(page.getByRole("textbox", { name: "Sequence" })).toHaveValue("my own few words");
    await expect(page.locator(".Tokens bdi")).toHaveText(["my", "own", "few", "words"]);
  });
}

for (const [at, address] of ["", "#text=my+own+few+words", "#screen=2.1"].entries()) {
  test(`a program that was there first and changes each text at once breaks nothing: ${address || "the first visit"}`, onceAfter(at), async ({ page }) => {
    await page.addInitScript(() => {
      new MutationObserver((records) => {
        for (const { addedNodes } of records) {
          for (const node of addedNodes) {
            if (node.nodeName === "FONT" || node.parentNode?.nodeName === "FONT") continue;
            const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
            const texts = node.nodeType === Node.TEXT_NODE ? [node] : [];
            while (walk.nextNode()) texts.push(walk.currentNode);
            for (const text of texts) {
              if (!text.parentNode || !text.data.trim() || text.parentNode.nodeName === "SCRIPT") continue;
              const font = document.createElement("font");
              text.replaceWith(font);
              font.append(text.data.toUpperCase());
            }
          }
        }
      }).observe(document, { childList: true, subtree: true });
    });
    await openAt(page, address);
    await expect(page.locator(".Header h1")).toHaveText(/unrolled/iu);
    for (const key of ["2", "1", "ArrowLeft", "ArrowLeft", "3", "1"]) {
      await page.keyboard.press(key);
      await settled(page);
    }
    await expect(page.locator("main")).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
    if (address.startsWith("#text")) {
      await expect(page.getByRole("textbox", { name: /sequence/iu })).toHaveValue("my own few words");
    }
  });
}

for (const [at, way] of ["font", "moved", "span"].entries()) {
  test(`a translator that wraps texts (${way}) breaks nothing and loses nothing`, onceAfter(at), async ({ page }) => {
    await open(page);
    expect(await page.locator("html").getAttribute("translate")).toBe("no");
    await page.getByRole("textbox", { name: "Sequence" }).fill("my own few words");
    await translate(page, way);
    await press(page, "Go to start");
    await expectMoment(page, "forward:1");
    for (const moment of ["forward:2", "forward:3"]) {
      await translate(page, way);
      await page.keyboard.press("ArrowRight");
      await expectMoment(page, moment);
    }
    await translate(page, way);
    const column = (await page.locator(".Tokens li").first().boundingBox()).width;
    await page.locator("[data-lane=hidden] .tiles").hover({ position: { x: column / 2, y: 30 } });
    await expect(page.locator(".Readout")).toBeVisible();
    for (const key of ["2", "3", "4", "1"]) {
      await translate(page, way);
      await page.keyboard.press(key);
    }
    await translate(page, way);
    await press(page, "More hidden units");
    await translate(page, way);
    await page.locator(".Lane summary").first().click();
    await expect(page.locator(".LaneTable td").first()).toBeVisible();
    await translate(page, way);
    await press(page, "Update");
    await translate(page, way);
    await press(page, "Undo");
    await expect(page.getByRole("textbox", { name: "Sequence" })).toHaveValue("my own few words");
    // Nothing of theirs is left, and nothing is there twice.
    await expect(page.locator("#unrolled font")).toHaveCount(0);
    await expect(page.locator(".Tokens bdi")).toHaveText(["my", "own", "few", "words"]);
    await expect(page.locator(".Header h1")).toHaveText("Unrolled");
    await expect(page.locator(".stepper output")).toHaveText("5");
    expect(await page.locator("#unrolled").innerText()).not.toContain("¡");
  });
}

for (const [place, [device, viewport]] of [
  ["a desk", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
].entries()) {
  test.describe(`on ${device}`, () => {
    test.use({ viewport });
    for (const [at, address] of ["", "#task=next-token&cells=12", "#text=a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p"].entries()) {
      test(`a label covers nothing that it tells, and is never cut off ${address}`, onceAfter(place + at), async ({ page }) => {
        await page.goto(address);
        await ready(page);
        const wrong = [];
        let tried = 0;
        for (const tiles of await page.locator(".Score .tiles").all()) {
          // Near the top of the window, and near the transport.
          for (const block of ["start", "end"]) {
            await tiles.evaluate((it, block) => it.scrollIntoView({ block }), block);
            for (const scrolled of [0, 1]) {
              await page.locator(".Score").evaluate((it, share) => (it.scrollLeft = share * it.scrollWidth), scrolled);
              const box = await tiles.boundingBox();
              // The middle of the first column, of one between, and of the last.
              const tokens = await page.locator(".Tokens li:not(.output)").all();
              for (const at of [0, tokens.length >> 1, tokens.length - 1]) {
                const token = await tokens[at].boundingBox();
                const across = (token.x + token.width / 2 - box.x) / box.width;
                for (const down of [0.1, 0.5, 0.78]) {
                  const [x, y] = [box.x + box.width * across, box.y + box.height * down];
                  const inside = await page.evaluate(
                    ([x, y]) => document.elementFromPoint(x, y)?.closest(".tiles") != null,
                    [x, y],
                  );
                  if (!inside) continue;
                  await page.mouse.move(x, y);
                  const found = await page.evaluate(async ([x, y]) => {
                    for (let frames = 0; frames < 5; frames += 1) await new Promise(requestAnimationFrame);
                    const box = (selector) => document.querySelector(selector)?.getBoundingClientRect();
                    const [label, lit] = [box(".Readout"), box(".Pointing .lit")];
                    if (!lit || label.width === 0) return null;
                    const [score, bar] = [box(".Score"), box(".Transport")];
                    const cut =
                      label.left < Math.max(score.left, 0) - 0.5 ||
                      label.right > Math.min(score.right, innerWidth) + 0.5 ||
                      label.top < Math.max(score.top, 0) - 0.5 ||
                      label.bottom > Math.min(score.bottom, bar.top) + 0.5;
                    const wide = Math.min(label.right, lit.right) - Math.max(label.left, lit.left);
                    const high = Math.min(label.bottom, lit.bottom) - Math.max(label.top, lit.top);
                    const moved = lit.left > x + 2 || lit.right < x - 2 || lit.top > y + 2 || lit.bottom < y - 2;
                    return { cut, moved, covers: wide > 0.5 && high > 0.5 };
                  }, [x, y]);
                  if (!found) continue;
                  tried += 1;
                  if (found.cut || found.moved || found.covers) wrong.push({ block, across, down, ...found });
                }
              }
            }
          }
        }
        expect(wrong).toEqual([]);
        expect(tried).toBeGreaterThan(8);
      });
    }
  });
}

/** Every kind of number that can be pointed at, in the view that is open. */
const pictures = ".tiles";

for (const [device, viewport] of [
  ["a desk", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
]) {
  for (const [at, address] of ["", "#view=chain", "#view=laboratory", "#task=next-token", "#view=lesson&screen=5.3"].entries()) {
    test.describe(`on ${device}`, () => {
      test.use({ viewport });
      test(`what is pointed at does not move by it, near the end of the page ${address}`, onceAfter(at % 4), async ({ page }) => {
        await page.goto(address);
        await ready(page);
        await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        const moved = [];
        let tried = 0;
        for (const cells of await page.locator(pictures).all()) {
          if (!(await cells.isVisible())) continue;
          // As near to the end as it can be seen.
          await cells.evaluate((it) => it.scrollIntoView({ block: "nearest" }));
          const box = await cells.boundingBox();
          for (const [across, down] of [[0.05, 0.2], [0.4, 0.5], [0.8, 0.8]]) {
            const [x, y] = [box.x + box.width * across, box.y + box.height * down];
            const inside = await page.evaluate(
              ([x, y]) => document.elementFromPoint(x, y)?.closest(".tiles") != null,
              [x, y],
            );
            if (!inside) continue;
            tried += 1;
            const before = await cells.boundingBox();
            await page.mouse.move(x, y);
            await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
            const after = await cells.boundingBox();
            const far = Math.hypot(after.x - before.x, after.y - before.y);
            if (far > 0.5) moved.push([await cells.evaluate((it) => it.closest("[data-lane], [data-parameter]")?.outerHTML.slice(0, 60)), far]);
          }
        }
        expect(moved).toEqual([]);
        expect(tried).toBeGreaterThan(0);
      });
    });
  }
}
