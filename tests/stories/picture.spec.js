// The picture of the page in the README, taken anew when asked for: `PICTURE=1`.
import { expectMoment, openAtRest, press, test } from "./fixture.js";

test.use({ deviceScaleFactor: 2 });

test("the picture of the README @chromium", async ({ page }) => {
  await openAtRest(page);
  await press(page, "Go to start");
  for (let step = 0; step < 12; step++) await press(page, "Step forward");
  await expectMoment(page, "backward:5");
  // The motion that follows the last step has come to its end.
  await page.clock.runFor(1000);
  await page.mouse.move(640, 720);
  await page.evaluate(() => document.activeElement?.blur());
  // From the top, wherever the panel has been.
  await page.evaluate(() => {
    for (const one of [document.scrollingElement, ...document.querySelectorAll("main, main *")]) one.scrollTop = 0;
  });
  const path = process.env.PICTURE ? "docs/unrolled.png" : test.info().outputPath("unrolled.png");
  await page.screenshot({ path });
});
