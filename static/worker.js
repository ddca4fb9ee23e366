// Keeps one whole version of the page, so that it opens without a network.
//
// All files of a version are fetched before it is used, and it stays in use until no page of it is
// open: two versions never meet in one page.
const files = {{files}};
const kept = `unrolled ${registration.scope} `;
const name = `${kept}{{version}}`;

addEventListener("install", (event) => {
  const fresh = files.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(fresh)));
});

addEventListener("activate", (event) => {
  const forget = async () => {
    for (const other of await caches.keys()) {
      if (other.startsWith(kept) && other !== name) await caches.delete(other);
    }
  };
  event.waitUntil(forget());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const inside = url.href.startsWith(registration.scope);
  if (request.method !== "GET" || !inside) return;
  const path = url.href.slice(registration.scope.length).split(/[?#]/u)[0] || "index.html";
  if (!files.includes(`./${path}`)) return;
  const answer = async () => {
    const cache = await caches.open(name);
    return (await cache.match(`./${path}`)) ?? fetch(request);
  };
  event.respondWith(answer());
});
