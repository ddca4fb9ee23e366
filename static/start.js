// Starts the page. The published build puts the names and hashes of its files in here.
const said = {
  en: {
    lang: "en",
    wasm: "Unrolled needs WebAssembly, which this browser does not support. Please open it in a current version of Chrome, Edge, Firefox or Safari.",
    slow: "The page is taking a long time to load. It is still trying. Check the connection, or open it again.",
    download: "The page could not be loaded completely. Check the connection and open it again.",
    forgotten: "The copy that this browser kept of it has been deleted.",
    broken: "Something broke, and the page has stopped. Your experiment is kept in the address: open it again to go on.",
    again: "Open again",
    loading: "Loaded so far",
  },
  ko: {
    lang: "ko",
    wasm: "Unrolled에는 WebAssembly가 필요하지만 이 브라우저는 지원하지 않습니다. 최신 버전의 Chrome, Edge, Firefox, Safari에서 열어 주세요.",
    slow: "페이지를 불러오는 데 오래 걸리고 있습니다. 계속 시도하는 중입니다. 인터넷 연결을 확인하거나 다시 열어 보세요.",
    download: "페이지를 모두 불러오지 못했습니다. 인터넷 연결을 확인하고 다시 열어 보세요.",
    forgotten: "브라우저에 저장된 사본은 지웠습니다.",
    broken: "문제가 생겨 페이지가 멈췄습니다. 실험은 주소에 남아 있으므로 다시 열면 이어집니다.",
    again: "다시 열기",
    loading: "불러온 양",
  },
};

/** What is said here, in the language that the program will find too. */
const words = (() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("unrolled.language");
  } catch {
    // Where nothing is kept, nothing was chosen.
  }
  const asked = [/[#&?]lang=([\w-]+)/u.exec(location.href)?.[1], chosen, ...navigator.languages];
  const code = asked.map((code) => code?.split("-")[0]).find((code) => code && Object.hasOwn(said, code));
  return said[code ?? "en"];
})();

/** Says why the page does not start, or has stopped, in place of what was said before. */
function fail(why) {
  for (const before of document.querySelectorAll(".Waiting, .Failure")) before.remove();
  const box = document.createElement("div");
  box.className = "Failure";
  box.role = "alert";
  box.lang = words.lang;
  const text = document.createElement("p");
  text.textContent = words[why];
  const again = document.createElement("button");
  again.textContent = words.again;
  again.addEventListener("click", () => location.reload());
  box.append(text, again);
  document.body.append(box);
  return text;
}

/** Why the program, which has arrived as it was built, does not run. */
function reason(error) {
  return error instanceof WebAssembly.CompileError ? "wasm" : "broken";
}

/** After a panic nothing of the page can be relied on. */
function judge(error) {
  if (globalThis.WebAssembly && error instanceof WebAssembly.RuntimeError) fail("broken");
}
addEventListener("error", ({ error }) => judge(error));
addEventListener("unhandledrejection", ({ reason }) => judge(reason));

/** What `again.js` looks for. The single file ends its part here: what follows loads the others. */
globalThis.unrolledStarted = true;

const parts = {{parts}};

/** The language of the page, where the program does not bring it along. */
const language = parts[words.lang] ? [parts[words.lang]] : [];

/** How long the parts may take before a bar says how far they are, in milliseconds. */
const moment = 500;

/** How much of the parts has come, out of all their bytes. */
const bar = document.createElement("progress");
bar.max = [parts.wasm, parts.js, ...parts.styles, ...language].reduce((sum, { size }) => sum + size, 0);
bar.setAttribute("aria-label", words.loading);
setTimeout(() => document.querySelector(".Waiting")?.append(bar), moment);

/** How long nothing may arrive before that is said, in milliseconds. */
const patience = 5000;

/** The result of `work`; when there is none after `time`, says that it takes long. */
async function watched(work, time = patience) {
  const timer = setTimeout(() => document.querySelector(".Failure") ?? fail("slow"), time);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

/** The bytes of a file, however slowly they come, as long as they do. */
async function arrive(file, options) {
  const response = await watched(fetch(file, options));
  if (!response.ok) throw new Error(`${file}: ${response.status} ${response.statusText}`);
  const reader = response.body.getReader();
  const pieces = [];
  for (;;) {
    const { done, value } = await watched(reader.read());
    if (done) return new Blob(pieces).arrayBuffer();
    pieces.push(value);
    bar.value += value.length;
  }
}

/** The bytes of a file, which are those that were built. */
async function receive({ file, integrity }, options) {
  const bytes = await arrive(file, options);
  // Over a connection that is not secure, only the browser itself computes hashes.
  if (!globalThis.crypto?.subtle) return arrive(file, { ...options, integrity, cache: "force-cache" });
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));
  if (`sha384-${btoa(String.fromCharCode(...hash))}` === integrity) return bytes;
  throw new Error(`${file} is not what was built`);
}

/** Lets elements load files, in this order, once all of them have come. */
async function attach(files, options, element) {
  const began = Date.now();
  await Promise.all(files.map((part) => receive(part, options)));
  const loaded = files.map(({ file, integrity }) => new Promise((resolve, reject) => {
    const added = Object.assign(element(file), { integrity, crossOrigin: "anonymous" });
    document.head.append(Object.assign(added, { onload: resolve, onerror: reject }));
  }));
  // Where the browser may keep nothing they come once more, as slowly as before.
  await watched(Promise.all(loaded), patience + 2 * (Date.now() - began));
}

const sheet = (href) => Object.assign(document.createElement("link"), { rel: "stylesheet", href });
const module = (src) => Object.assign(document.createElement("script"), { type: "module", src });

/** The program, which is compiled while the rest comes. If that fails, it is seen when the program is run. */
function compiling(bytes) {
  const compiled = WebAssembly.compile(bytes);
  compiled.catch(() => {});
  return { compiled };
}

/** Loads all parts; what results starts the page. */
async function load(cache) {
  const rest = new AbortController();
  const options = { cache, signal: rest.signal };
  bar.value = 0;
  try {
    const [program, texts] = await Promise.all([
      receive(parts.wasm, options).then(compiling),
      Promise.all(language.map((part) => receive(part, options))),
      attach([parts.js], options, module),
      attach(parts.styles, options, sheet),
    ]);
    for (const text of texts) asked.set(words.lang, Promise.resolve(new TextDecoder().decode(text)));
    const { default: init } = await import(parts.js.file);
    return async () => init({ module_or_path: await program.compiled });
  } catch (error) {
    rest.abort();
    throw error;
  }
}

/** What is on its way, or has come, of the parts that are sent only when they are asked for. */
const asked = new Map();

/** The text of such a part, by its name; one that did not come is asked for anew the next time. */
globalThis.unrolledPart = (name) => {
  const { file, integrity } = parts[name];
  const get = async (cache) => {
    const response = await fetch(file, { cache, integrity });
    if (!response.ok) throw new Error(`${file}: ${response.status} ${response.statusText}`);
    return response.text();
  };
  const forget = (error) => {
    asked.delete(name);
    throw error;
  };
  if (!asked.has(name)) asked.set(name, get("default").catch(() => get("reload")).catch(forget));
  return asked.get(name);
};

/** Forgets what is kept for visits without a network; says whether there was something. */
async function forget() {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (!registration) return false;
  await registration.unregister();
  for (const name of await caches.keys()) {
    if (name.startsWith(`unrolled ${registration.scope} `)) await caches.delete(name);
  }
  return true;
}

/** Says why the page cannot start. The next time it starts from nothing. */
async function giveUp(why, error) {
  console.warn(error);
  const text = fail(why);
  try {
    if (await forget()) text.append(" ", words.forgotten);
  } catch {
    // A sandbox keeps nothing.
  }
}

async function start() {
  if (!globalThis.WebAssembly) return fail("wasm");
  // The page will ask for it at once; whether it has come is its business.
  if (/[#&?](screen=|aside|view=lesson)/u.test(location.href)) globalThis.unrolledPart("lesson").catch(() => {});
  let run;
  try {
    // What the browser has kept may be wrong, so it is asked for once more, past that.
    run = await load("default").catch(() => load("reload"));
  } catch (error) {
    // The files may be gone, because the site has another version of the page by now.
    const { renew } = await import("./again.js").catch(() => ({}));
    return (await renew?.()) || giveUp("download", error);
  }
  try {
    await run();
  } catch (error) {
    return giveUp(reason(error), error);
  }
  // Offline from the next visit on; an embedded page only where its address asks for it.
  const wanted = window === window.parent || /[#&?]offline(=1|&|$)/u.test(location.href);
  try {
    if (wanted && isSecureContext) await navigator.serviceWorker?.register("./worker.js");
  } catch {
    // A sandbox has no workers, and the page needs none.
  }
}

start();
