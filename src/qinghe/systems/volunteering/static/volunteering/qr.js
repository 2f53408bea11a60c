// Draws a text as a QR code (ISO/IEC 18004): bytes, level M, versions 1 to 9, mask 0. The codes of
// hours to come are drawn on a device without a network, so the server cannot draw them.
// A test compares every module with what segno makes of the same text.
(() => {
  "use strict";

  // By version: bytes of data a block, number of such blocks, of longer ones, bytes of correction.
  const BLOCKS = [
    [16, 1, 0, 10], [28, 1, 0, 16], [44, 1, 0, 26], [32, 2, 0, 18], [43, 2, 0, 24],
    [27, 4, 0, 16], [31, 4, 0, 18], [38, 2, 2, 22], [36, 3, 2, 22],
  ];
  const CENTRES = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46]];
  const EXP = new Uint8Array(512);
  const LOG = new Uint8Array(256);
  for (let power = 0, value = 1; power < 255; power += 1) {
    EXP[power] = value;
    EXP[power + 255] = value;
    LOG[value] = power;
    value = value & 128 ? (value << 1) ^ 285 : value << 1;
  }
  const times = (a, b) => (a && b ? EXP[LOG[a] + LOG[b]] : 0);

  function correction(data, length) {
    let generator = [1];
    for (let power = 0; power < length; power += 1) {
      const next = [...generator, 0];
      generator.forEach((one, place) => (next[place + 1] ^= times(one, EXP[power])));
      generator = next;
    }
    const rest = [...data, ...new Array(length).fill(0)];
    for (let place = 0; place < data.length; place += 1) {
      const lead = rest[place];
      if (lead) generator.forEach((one, by) => (rest[place + by] ^= times(one, lead)));
    }
    return rest.slice(data.length);
  }

  function bytesOf(text, version) {
    const [size, short, long, length] = BLOCKS[version - 1];
    const most = size * short + (size + 1) * long;
    const said = new TextEncoder().encode(text);
    const bits = [];
    const push = (value, count) => {
      for (let place = count - 1; place >= 0; place -= 1) bits.push((value >> place) & 1);
    };
    push(4, 4);
    push(said.length, 8);
    said.forEach((byte) => push(byte, 8));
    push(0, Math.min(4, most * 8 - bits.length));
    while (bits.length % 8) bits.push(0);
    const data = [];
    for (let place = 0; place < bits.length; place += 8) data.push(parseInt(bits.slice(place, place + 8).join(""), 2));
    for (let pad = 236; data.length < most; pad ^= 236 ^ 17) data.push(pad);
    const blocks = [];
    for (let block = 0, at = 0; block < short + long; block += 1) {
      const end = at + size + (block >= short ? 1 : 0);
      blocks.push(data.slice(at, end));
      at = end;
    }
    const proofs = blocks.map((block) => correction(block, length));
    const mixed = [];
    for (let place = 0; place <= size; place += 1) blocks.forEach((block) => place < block.length && mixed.push(block[place]));
    for (let place = 0; place < length; place += 1) proofs.forEach((proof) => mixed.push(proof[place]));
    return mixed;
  }

  function remainder(value, divisor, degree) {
    let rest = value << degree;
    for (let bit = 31; bit >= degree; bit -= 1) if ((rest >>> bit) & 1) rest ^= divisor << (bit - degree);
    return (value << degree) | rest;
  }

  function frameOf(version) {
    const size = 17 + 4 * version;
    const grid = Array.from({ length: size }, () => new Array(size).fill(null));
    const finder = (top, left) => {
      for (let y = -1; y <= 7; y += 1)
        for (let x = -1; x <= 7; x += 1) {
          if (grid[top + y] === undefined || grid[top + y][left + x] === undefined) continue;
          const ring = Math.max(Math.abs(y - 3), Math.abs(x - 3));
          grid[top + y][left + x] = ring === 2 || ring === 4 ? 0 : 1;
        }
    };
    finder(0, 0);
    finder(0, size - 7);
    finder(size - 7, 0);
    for (let place = 8; place < size - 8; place += 1) grid[6][place] = grid[place][6] = place % 2 ? 0 : 1;
    const centres = CENTRES[version - 1];
    for (const top of centres)
      for (const left of centres) {
        if (grid[top][left] !== null && top !== 6 && left !== 6) continue;
        if ((top === 6 && (left === 6 || left === size - 7)) || (left === 6 && top === size - 7)) continue;
        for (let y = -2; y <= 2; y += 1)
          for (let x = -2; x <= 2; x += 1) grid[top + y][left + x] = Math.max(Math.abs(y), Math.abs(x)) === 1 ? 0 : 1;
      }
    const format = remainder(0, 1335, 10) ^ 21522; // level M is 00, mask 0 is 000
    for (let bit = 0; bit < 15; bit += 1) {
      const dark = (format >> bit) & 1;
      const near = bit < 6 ? bit : bit < 8 ? bit + 1 : size - 15 + bit;
      grid[near][8] = dark;
      const across = bit < 8 ? size - 1 - bit : bit === 8 ? 7 : 14 - bit;
      grid[8][across] = dark;
    }
    grid[size - 8][8] = 1;
    if (version >= 7) {
      const told = remainder(version, 7973, 12);
      for (let bit = 0; bit < 18; bit += 1) {
        const [far, close] = [size - 11 + (bit % 3), Math.floor(bit / 3)];
        grid[far][close] = grid[close][far] = (told >> bit) & 1;
      }
    }
    return grid;
  }

  function matrix(text) {
    const length = new TextEncoder().encode(text).length;
    const version = BLOCKS.findIndex(([size, short, long]) => size * short + (size + 1) * long >= length + 2) + 1;
    if (!version) throw new Error("too long for a code");
    const grid = frameOf(version);
    const bytes = bytesOf(text, version);
    const size = grid.length;
    let bit = 0;
    let up = true;
    for (let right = size - 1; right > 0; right -= 2) {
      if (right === 6) right -= 1;
      for (let step = 0; step < size; step += 1) {
        const y = up ? size - 1 - step : step;
        for (const x of [right, right - 1]) {
          if (grid[y][x] !== null) continue;
          const said = bit < bytes.length * 8 ? (bytes[bit >> 3] >> (7 - (bit & 7))) & 1 : 0;
          grid[y][x] = said ^ ((x + y) % 2 ? 0 : 1);
          bit += 1;
        }
      }
      up = !up;
    }
    return grid;
  }

  const SVG = "http://www.w3.org/2000/svg";

  function draw(holder, text) {
    const grid = matrix(text);
    const size = grid.length + 8;
    const path = grid
      .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : "")))
      .join("");
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
    svg.setAttribute("shape-rendering", "crispEdges");
    svg.setAttribute("aria-hidden", "true");
    const dark = document.createElementNS(SVG, "path");
    dark.setAttribute("d", path);
    svg.append(dark);
    holder.replaceChildren(svg);
  }

  window.qingheQr = { matrix, draw };
})();
