// A course page as teachers make them: a book of mdBook with a frame and an element in it.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { expectHidden, serve } from "./fixture.js";

const page_of_the_book = `# Why gradients fade

The network below reads seven words. Press play, and watch the error on its way back: each step
multiplies it by the same matrix.

<script src="unrolled/unrolled-element.js"></script>
<unrolled-rnn at="backward.2" hide="header setup explanation weights tables"></unrolled-rnn>

Now the same with a larger matrix:

<iframe src="unrolled/index.html#only=norm&cells=6&radius=1.4&at=backward.1" title="The error explodes"
        width="100%" height="330"></iframe>
`;

test("a real book of mdBook embeds the page both ways", async ({ page }) => {
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  const book = mkdtempSync(join(tmpdir(), "unrolled-book-"));
  mkdirSync(join(book, "src"));
  writeFileSync(join(book, "book.toml"), '[book]\ntitle = "Recurrent networks"\n');
  writeFileSync(join(book, "src/SUMMARY.md"), "# Summary\n\n- [Why gradients fade](fade.md)\n");
  writeFileSync(join(book, "src/fade.md"), page_of_the_book);
  cpSync("dist", join(book, "src/unrolled"), { recursive: true });
  execFileSync("mdbook", ["build", book], { stdio: "pipe" });
  const host = await serve({ "/": join(book, "book") });
  await page.goto(`${host.url}/fade.html`);
  const element = page.frameLocator("unrolled-rnn iframe");
  const frame = page.frameLocator("iframe[title='The error explodes']");
  await expect(element.locator(".Tokens bdi").first()).toHaveText("the");
  await expectHidden(element.locator(".Setup"));
  await expect(frame.locator("[data-lane=norm]")).toBeVisible();
  await expectHidden(frame.locator("[data-lane=error]"));
  // Neither is scrolled inside of the page.
  const overflow = () =>
    Promise.all(
      page.frames().slice(1).map((inner) =>
        inner.evaluate(() => {
          const { scrollHeight, clientHeight } = document.documentElement;
          return scrollHeight - clientHeight;
        }),
      ),
    );
  await expect.poll(async () => Math.max(...(await overflow()))).toBeLessThanOrEqual(1);
  expect(complaints).toEqual([]);
  if (process.env.PICTURE) {
    await page.screenshot({ path: "docs/book.png", fullPage: true });
  }
  await host.close();
});

const page_of_myst = `# Why gradients fade

\`\`\`{raw} html
<script src="unrolled/unrolled-element.js"></script>
<unrolled-rnn cell="lstm" text="a b c" at="backward.2" hide="header"></unrolled-rnn>
\`\`\`

\`\`\`{raw} html
<iframe src="unrolled/index.html#only=norm&cells=6&radius=1.4&at=backward.1" title="The error explodes"
        width="100%" height="330"></iframe>
\`\`\`
`;

test("so does a real one of Sphinx with MyST", async ({ page }) => {
  test.skip(!process.env.NOTEBOOKS, "there is no Sphinx in NOTEBOOKS");
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  const book = mkdtempSync(join(tmpdir(), "unrolled-myst-"));
  mkdirSync(join(book, "extra"));
  cpSync("dist", join(book, "extra/unrolled"), { recursive: true });
  writeFileSync(join(book, "conf.py"), 'extensions = ["myst_parser"]\nhtml_extra_path = ["extra"]\nexclude_patterns = ["extra"]\n');
  writeFileSync(join(book, "index.md"), page_of_myst);
  execFileSync(process.env.NOTEBOOKS, ["-m", "sphinx", "-q", "-W", book, join(book, "made")], { stdio: "pipe" });
  const host = await serve({ "/": join(book, "made") });
  await page.goto(host.url);
  await expect(page.frameLocator("unrolled-rnn iframe").locator(".Tokens bdi")).toHaveText(["a", "b", "c"]);
  await expect(page.frameLocator("iframe[title='The error explodes']").locator("[data-lane=norm]")).toBeVisible();
  expect(complaints).toEqual([]);
  await host.close();
});
