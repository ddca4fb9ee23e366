// Tells a learning platform (SCORM 1.2) which screen of the lesson is open, and when it is done.
//
// Whatever the platform does, the lesson opens: an API may be missing, late, refuse or throw.
(() => {
  "use strict";

  /** How many screens each chapter has. */
  const screens = {{screens}};
  const first = "1.1";

  /** How often an API is looked for before the lesson opens, and when it opens without one, in ms. */
  const pause = 250;
  const patience = 2000;
  /** Until when a late API is looked for, less and less often. */
  const end = 60_000;

  const STATUS = "cmi.core.lesson_status";
  const LOCATION = "cmi.core.lesson_location";
  const EXIT = "cmi.core.exit";
  const TIME = "cmi.core.session_time";

  const app = document.querySelector("#app");

  // ---- The platform ----

  /** The API is in one of the windows around, or around that which opened them. */
  function find() {
    let here = window;
    for (let more = 20; here && more > 0; more -= 1) {
      try {
        if (here.API) return here.API;
      } catch {
        // A window of another host has none for us, but one further out may.
      }
      here = here.parent === here ? here.opener : here.parent;
    }
    return null;
  }

  let api = null;
  let open = true;
  /** What is to be told, and what the platform has taken. */
  const wanted = new Map();
  const told = new Map();
  let writes = true;
  let credit = true;

  /** What a call of the API gives; nothing where it throws. */
  function ask(platform, name, ...rest) {
    try {
      return String(platform[name](...rest) ?? "");
    } catch {
      return "";
    }
  }

  const get = (element) => ask(api, "LMSGetValue", element);

  /** Tells what has changed; what the platform does not take is told again the next time. */
  function tell() {
    if (!api || !open || !writes) return;
    wanted.set(EXIT, done() ? "" : "suspend");
    wanted.set(TIME, span(spent()));
    for (const [element, value] of wanted) {
      const fixed = element === STATUS && (!credit || over(told));
      if (fixed || told.get(element) === value) continue;
      if (ask(api, "LMSSetValue", element, value) === "true") told.set(element, value);
    }
    ask(api, "LMSCommit", "");
  }

  const over = (values) => /^(completed|passed)$/u.test(values.get(STATUS));

  /** Whether the lesson is over, by now or since an earlier visit. */
  const done = () => over(told) || over(wanted);

  /** Whether a platform lets us speak, or has let what is around us already. */
  function agrees(platform) {
    if (ask(platform, "LMSInitialize", "") === "true") return true;
    const begun = ask(platform, "LMSGetLastError") === "101";
    return begun && ask(platform, "LMSGetValue", STATUS) !== "";
  }

  /** Begins to speak with the platform, if it is there and agrees. */
  function connect() {
    const found = find();
    if (!found || !agrees(found)) return false;
    api = found;
    const mode = get("cmi.core.lesson_mode");
    writes = mode !== "browse" && mode !== "review";
    credit = get("cmi.core.credit") !== "no-credit";
    for (const element of [STATUS, LOCATION]) told.set(element, get(element));
    return true;
  }

  // ---- Time ----

  let before = 0;
  let since = document.hidden ? null : performance.now();

  /** How long the lesson has been seen, in milliseconds. */
  const spent = () => before + (since === null ? 0 : performance.now() - since);

  function watch() {
    before = spent();
    since = document.hidden ? null : performance.now();
  }

  /** A time as the standard's CMITimespan, HHHH:MM:SS.SS. */
  function span(milliseconds) {
    const hundredths = Math.min(Math.floor(milliseconds / 10), 9999 * 360_000 + 359_999);
    const two = (number) => String(Math.floor(number)).padStart(2, "0");
    const seconds = `${two((hundredths / 100) % 60)}.${two(hundredths % 100)}`;
    return `${two(hundredths / 360_000).padStart(4, "0")}:${two((hundredths / 6000) % 60)}:${seconds}`;
  }

  // ---- The lesson ----

  /** The screen that the platform has kept, if it still is one; else the first. */
  function place() {
    const [, chapter, screen] = /^(\d+)\.(\d+)$/u.exec(told.get(LOCATION) ?? "") ?? [];
    const exists = Number(screen) >= 1 && Number(screen) <= (screens[chapter - 1] ?? 0);
    return exists ? `${Number(chapter)}.${Number(screen)}` : first;
  }

  /** Opens the lesson at a screen; without a platform, where this device has left it. */
  function show(screen) {
    // Another address of the same page would not open it anew, another frame does.
    const next = app.cloneNode();
    next.src = `app/index.html#view=lesson${screen ? `&screen=${screen}` : ""}`;
    document.querySelector("#app").replaceWith(next);
  }

  /** The screen at which the learner is, and whether it is another than at first. */
  let here = null;
  let moved = false;

  addEventListener("message", ({ source, data }) => {
    if (source !== document.querySelector("#app").contentWindow || data?.unrolled !== 1) return;
    if (data.event === "answer") moved = true;
    if (data.event !== "screen") return;
    const screen = `${data.chapter}.${data.screen}`.slice(0, 255);
    moved ||= here !== null && here !== screen;
    here = screen;
    wanted.set(LOCATION, screen);
    if (data.last) wanted.set(STATUS, "completed");
    tell();
  });

  addEventListener("visibilitychange", () => {
    watch();
    if (document.hidden) tell();
  });

  addEventListener("pagehide", ({ persisted }) => {
    tell();
    // A page that may come back is not over.
    if (persisted || !api || !open) return;
    open = false;
    ask(api, "LMSFinish", "");
  });

  // ---- From the start ----

  const began = performance.now();
  let shown = false;

  function look() {
    const late = performance.now() - began;
    if (connect()) {
      // Who is at work already is not taken away from it.
      if (!shown || (!moved && here !== place())) {
        wanted.clear();
        here = null;
        show(place());
      }
      if (!wanted.has(STATUS) && told.get(STATUS) !== "failed") wanted.set(STATUS, "incomplete");
      return tell();
    }
    if (!shown && late >= patience) {
      shown = true;
      show(null);
    }
    if (late < end) setTimeout(look, shown ? late / 2 : pause);
  }
  look();
})();
