// Keeps the pages of the door and what they are made of on the device, so that they open without a
// network. Nothing about a person is in them; codes and numbers are kept by the page itself.
"use strict";

const SHELF = "qinghe-spot-1"; // another number throws away what an older script kept
const PATIENCE = 4000;
const OURS = /^\/volunteering\/spot\/\d+\/(screen\/)?$/;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("qinghe-spot-") && name !== SHELF).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

const isKept = (url) =>
  url.origin === self.location.origin && (OURS.test(url.pathname) || url.pathname.startsWith("/static/"));

self.addEventListener("message", (event) => {
  const keep = async () => {
    const shelf = await caches.open(SHELF);
    const fetched = event.data.keep.filter((address) => isKept(new URL(address)));
    await Promise.all(fetched.map((address) => fromNetwork(new Request(address), shelf).catch(() => null)));
    event.ports[0]?.postMessage("kept");
  };
  event.waitUntil(keep());
});

async function fromNetwork(request, shelf) {
  const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  if (answer.ok && !answer.redirected) await shelf.put(request.url, answer.clone());
  return answer;
}

async function answerTo(request) {
  const shelf = await caches.open(SHELF);
  try {
    return await fromNetwork(request, shelf);
  } catch (fault) {
    const kept = await shelf.match(request.url);
    if (kept) return kept;
    throw fault;
  }
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method === "GET" && isKept(url)) event.respondWith(answerTo(event.request));
});
