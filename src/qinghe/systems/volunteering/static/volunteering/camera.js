// Reads QR codes off the camera: by the browser's own detector where it knows them, else (Safari,
// Firefox) by the decoder served beside it, which is fetched only then.
(() => {
  "use strict";

  const SIDE = 720; // pixels of the longer side that are looked at: a slow phone keeps up
  const PAUSE = 200;
  let watching = null;

  async function native() {
    if (!("BarcodeDetector" in window)) return false;
    return (await window.BarcodeDetector.getSupportedFormats().catch(() => [])).includes("qr_code");
  }

  function fetched(address) {
    return new Promise((resolve, reject) => {
      if (window.jsQR) return resolve();
      const script = document.createElement("script");
      Object.assign(script, { src: address, onload: resolve, onerror: () => reject(new Error("no decoder")) });
      document.head.append(script);
    });
  }

  function byDecoder() {
    const canvas = document.createElement("canvas");
    const ink = canvas.getContext("2d", { willReadFrequently: true });
    return (video) => {
      const scale = Math.min(1, SIDE / Math.max(video.videoWidth, video.videoHeight));
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      if (!canvas.width || !canvas.height) return [];
      ink.drawImage(video, 0, 0, canvas.width, canvas.height);
      const { data, width, height } = ink.getImageData(0, 0, canvas.width, canvas.height);
      const found = window.jsQR(data, width, height, { inversionAttempts: "dontInvert" });
      return found?.data ? [found.data] : [];
    };
  }

  // Returns what looks at a video and tells the texts of the codes in it.
  async function reader(decoder) {
    if (await native()) {
      const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
      return async (video) => (await detector.detect(video).catch(() => [])).map((one) => one.rawValue);
    }
    await fetched(decoder);
    return byDecoder();
  }

  // Looks until the video is hidden, and tells each text that is seen; throws where there is no camera.
  // Whoever asks while it looks already waits for the same end.
  function watch(asked) {
    watching ??= watched(asked).finally(() => (watching = null));
    return watching;
  }

  async function watched({ video, decoder, seen }) {
    const look = await reader(decoder);
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    try {
      Object.assign(video, { srcObject: stream, hidden: false });
      await video.play();
      while (!video.hidden) {
        for (const text of await look(video)) await seen(text);
        await new Promise((done) => setTimeout(done, PAUSE));
      }
    } finally {
      stream.getTracks().forEach((track) => track.stop());
      video.hidden = true;
    }
  }

  // What a page that goes on without a network has to keep beside itself.
  const needed = async (decoder) => ((await native()) ? [] : [new URL(decoder, location).href]);

  window.qingheCamera = { watch, needed, possible: Boolean(navigator.mediaDevices?.getUserMedia) };
})();
