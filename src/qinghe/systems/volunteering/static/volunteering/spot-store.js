// What the door keeps on the device. "qinghe-kept": codes of the next hours and the roster's numbers,
// thrown away at sign-out. "qinghe-unsent": scans that the server has not answered yet.
(() => {
  "use strict";

  function opened(name, shelf, key) {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open(name, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(shelf, { keyPath: key });
      asked.onsuccess = () => {
        asked.result.onversionchange = () => asked.result.close();
        resolve(asked.result);
      };
      asked.onerror = () => reject(asked.error);
    });
  }

  async function on(name, shelf, key, mode, act) {
    const store = await opened(name, shelf, key);
    try {
      return await new Promise((resolve, reject) => {
        const work = store.transaction(shelf, mode, { durability: "strict" });
        const asked = act(work.objectStore(shelf));
        work.oncomplete = () => resolve(asked.result);
        work.onabort = work.onerror = () => reject(work.error);
      });
    } finally {
      store.close();
    }
  }

  const kept = (mode, act) => on("qinghe-kept", "sessions", "session", mode, act);
  const unsent = (mode, act) => on("qinghe-unsent", "scans", "nonce", mode, act);

  window.qingheStore = {
    keep: (given) => kept("readwrite", (shelf) => shelf.put(given)),
    kept: (session) => kept("readonly", (shelf) => shelf.get(session)),
    forget: () => kept("readwrite", (shelf) => shelf.clear()),
    queue: (scan) => unsent("readwrite", (shelf) => shelf.put(scan)),
    queued: () => unsent("readonly", (shelf) => shelf.getAll()),
    answered: (nonce) => unsent("readwrite", (shelf) => shelf.delete(nonce)),
  };
})();
