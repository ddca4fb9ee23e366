// Tells a learning platform (SCORM 1.2) which screen of the lesson is open, and when it is done.
(() => {
  "use strict";

  /** The platform's API is in one of the windows around, or in that which opened them. */
  const find = (start) => {
    for (let here = start, more = 20; here && more > 0; here = here.parent, more -= 1) {
      try {
        if (here.API) return here.API;
      } catch {
        return null;
      }
      if (here === here.parent) return null;
    }
    return null;
  };

  const api = find(window) ?? find(window.opener);
  const app = document.querySelector("#app");
  api?.LMSInitialize("");
  const place = api?.LMSGetValue("cmi.core.lesson_location");
  const known = /^\d+\.\d+$/u.test(place ?? "");
  app.src = `app/index.html#view=lesson${known ? `&screen=${place}` : ""}`;
  const done = () => /^(completed|passed)$/u.test(api.LMSGetValue("cmi.core.lesson_status"));
  if (api && !done()) api.LMSSetValue("cmi.core.lesson_status", "incomplete");

  addEventListener("message", ({ source, data }) => {
    if (!api || source !== app.contentWindow || data?.unrolled !== 1 || data.event !== "screen") return;
    api.LMSSetValue("cmi.core.lesson_location", `${data.chapter}.${data.screen}`);
    if (data.last && !done()) api.LMSSetValue("cmi.core.lesson_status", "completed");
    api.LMSCommit("");
  });
  let open = true;
  addEventListener("pagehide", () => {
    if (open) api?.LMSFinish("");
    open = false;
  });
})();
