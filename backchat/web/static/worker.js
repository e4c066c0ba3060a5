/**
 * Keeps the page's emergency advice for when the server or the network is gone.
 *
 * The page and its style sheets are asked from the network first; the copy that the last visit left
 * here answers only after that has failed. Nothing else passes through, and no words are kept.
 */

const KEPT = "backchat-page";
const PAGE = "/chat";
const FILES = ["theme.css", "shell.css", "page.css", "icon.svg"].map(
  (name) => `/chat/static/${name}`,
);

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll([PAGE, ...FILES])));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const path = new URL(event.request.url).pathname.replace(/\/$/, "");
  const isPage = event.request.mode === "navigate" && path === PAGE;
  if (isPage || FILES.includes(path)) event.respondWith(answer(event.request, path));
});

/** @param {Request} request @param {string} path under which its copy is kept */
async function answer(request, path) {
  const kept = await caches.open(KEPT);
  try {
    const response = await fetch(request);
    if (response.ok) await kept.put(path, response.clone());
    return response;
  } catch {
    return (await kept.match(path)) ?? Response.error();
  }
}
