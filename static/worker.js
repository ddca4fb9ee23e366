// Keeps one whole version of the page, so that it opens without a network.
//
// What is kept is what was built: a file whose hash is another, such as the sign-in page of a
// network that answers in a server's place, is neither kept nor given out. All files of a version
// are there before it is used, and it stays in use until no page of it is open: two versions never
// meet in one page.
const files = new Map(Object.entries({{files}}));
const kept = `unrolled ${registration.scope} `;
const name = `${kept}{{version}}`;

const types = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  css: "text/css",
  wasm: "application/wasm",
  svg: "image/svg+xml",
  json: "application/json",
};

/** The file as it was built, whatever a server says of its type; nothing if it is something else. */
async function whole(file, response) {
  if (!response?.ok) return null;
  const bytes = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));
  if (`sha384-${btoa(String.fromCharCode(...digest))}` !== files.get(file)) return null;
  const headers = new Headers(response.headers);
  const type = types[file.split(".").pop()];
  if (type) headers.set("content-type", type);
  return new Response(bytes, { headers });
}

/**
 * Fetches all files and keeps all of them or none. What the browser has got for the page already is not
 * sent again, unless it is something else.
 */
async function install() {
  const got = async (file, cache) => whole(file, await fetch(file, { cache }));
  const fetched = async (file) => {
    const response = (await got(file, "default").catch(() => null)) ?? (await got(file, "reload"));
    if (!response) throw new Error(`${file} is not what was built`);
    return [file, response];
  };
  const fresh = await Promise.all([...files.keys()].map(fetched));
  try {
    const cache = await caches.open(name);
    await Promise.all(fresh.map(([file, response]) => cache.put(file, response)));
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  // A worker before this one that has kept nothing is waited for by nobody.
  if ((await versions()).length === 1) await skipWaiting();
}

/** The names of the versions that are kept for this folder. */
async function versions() {
  return (await caches.keys()).filter((other) => other.startsWith(kept));
}

/** Forgets the versions before this one. */
async function forget() {
  for (const other of await versions()) {
    if (other !== name) await caches.delete(other);
  }
}

/** The kept file; if it is gone or spoilt, what the network has. */
async function answer(file, request) {
  const found = await caches.match(file, { cacheName: name }).catch(() => null);
  return (await whole(file, found).catch(() => null)) ?? fetch(request);
}

/** The file of this version that a request asks for, if it is one that may be answered from it. */
function asked({ method, url, mode, cache, integrity }) {
  const { origin, pathname, search } = new URL(url);
  const path = origin + pathname;
  if (method !== "GET" || !path.startsWith(registration.scope)) return null;
  // Behind the page's name a `?` is the learner's address; behind another's it asks the server.
  if (search && mode !== "navigate") return null;
  const file = `./${path.slice(registration.scope.length) || "index.html"}`;
  const hash = files.get(file);
  // A page of another version, or one that has already got something wrong, asks for its own.
  const another = cache === "reload" || (integrity && integrity !== hash);
  return hash && !another ? file : null;
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(forget()));
addEventListener("fetch", (event) => {
  const file = asked(event.request);
  if (file) event.respondWith(answer(file, event.request));
});
