// A scene (course.plot.scene) drawn on a Canvas 2D; keys and pointer go back to the kernel.
// The kernel sends `frame` messages: the panels and the float32 arrays that changed, nothing else.

const SMALL = 12, LARGE = 13, HEAD = 24, ROW = 18, FOOT = 36, GAP = 12, NARROW = 600; // pixels

// ---- numbers, ticks and texts, as a French reader writes them

function french(x, digits) {
  const text = Math.abs(x).toFixed(digits).replace(".", ",");
  return (x < 0 && /[1-9]/.test(text) ? "\u2212" : "") + text;
}

function ticks({ limits: [low, high], ticks: given }, room) {
  const rough = (high - low) / Math.max(2, room), power = 10 ** Math.floor(Math.log10(rough));
  const first = (step) => Math.ceil(low / step - 1e-9), count = (step) => Math.floor(high / step + 1e-9) - first(step) + 1;
  const steps = [10, 5, 2, 1, 0.5, 0.2, 0.1].map((m) => m * power), wanted = steps.findLastIndex((s) => s >= rough * 0.999);
  const step = steps.slice(wanted).find((s) => count(s) > 1); // one tick alone gives no scale
  const values = given ?? Array.from({ length: count(step) }, (_, i) => (first(step) + i) * step);
  const exact = (d) => values.every((v) => Math.abs(v - +v.toFixed(d)) < 1e-6 * (high - low));
  const digits = [0, 1, 2, 3, 4].find(exact) ?? 5;
  return values.map((at) => ({ at, text: french(at, digits) }));
}

// « I_{Na} »: what the braces hold is a subscript. Returns the width; `end` aligns on the right; `halo` surrounds the letters.
function rich(c, pen, text, x, y, { size = SMALL, weight = 400, colour = pen.muted, end = 0, draw = true, halo = "" } = {}) {
  if (end) x -= end * rich(c, pen, text, x, y, { size, weight, draw: false });
  let dx = 0; [c.fillStyle, c.strokeStyle, c.lineWidth, c.lineJoin] = [colour, halo || colour, 4, "round"]; c.setLineDash([]);
  text.split(/_\{(.*?)\}/).forEach((part, i) => {
    c.font = `${weight} ${i % 2 ? size * 0.76 : size}px ${pen.font}`;
    for (const ink of draw ? ["strokeText", "fillText"] : []) if (halo || ink === "fillText") c[ink](part, x + dx, y + (i % 2 ? size * 0.26 : 0));
    dx += c.measureText(part).width;
  });
  return dx;
}

const measure = (c, pen, text, style) => rich(c, pen, text, 0, 0, { ...style, draw: false });

// ---- the items of a panel, one function each; `p` maps data to pixels, `get` finds an array

function trace(c, points, close = false) {
  c.beginPath(); points.forEach(([x, y], i) => (i ? c.lineTo(x, y) : c.moveTo(x, y)));
  if (close) c.closePath();
}

function inked(c, pen, item) {
  c.strokeStyle = c.fillStyle = pen.colour(item);
  c.lineWidth = item.width ?? 1.2;
  c.setLineDash(pen.dashes[item.dash] ?? []);
}

const shapes = {
  square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  triangle: [[0, -1.15], [1.1, 0.8], [-1.1, 0.8]],
  diamond: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
  plus: [[-0.22, -1.2], [0.22, -1.2], [0.22, -0.22], [1.2, -0.22], [1.2, 0.22], [0.22, 0.22], [0.22, 1.2], [-0.22, 1.2], [-0.22, 0.22], [-1.2, 0.22], [-1.2, -0.22], [-0.22, -0.22]],
  cross: [[-1, -0.6], [-0.6, -1], [0, -0.4], [0.6, -1], [1, -0.6], [0.4, 0], [1, 0.6], [0.6, 1], [0, 0.4], [-0.6, 1], [-1, 0.6], [-0.4, 0]],
};

function marker(c, pen, item, x, y) {
  const r = item.size / 2, shape = shapes[item.marker], colour = pen.colour(item);
  if (shape) trace(c, shape.map(([u, v]) => [x + u * r, y + v * r]), true);
  else { c.beginPath(); c.arc(x, y, r, 0, 7); }
  c.setLineDash([]);
  [c.lineWidth, c.strokeStyle, c.fillStyle] = item.filled ? [1.5, pen.ground, colour] : [1.8, colour, pen.ground];
  if (item.filled) { c.stroke(); c.fill(); } else { c.fill(); c.stroke(); }
}

const items = {
  line(c, p, pen, item, get) {
    const x = get(item.x), y = get(item.y), n = x.length;
    inked(c, pen, item);
    c.beginPath();
    for (let i = 0, down = false; i < n; i++) { // NaN lifts the pen
      const seen = isFinite(y[i]);
      if (seen) down ? c.lineTo(p.x(x[i]), p.y(y[i])) : c.moveTo(p.x(x[i]), p.y(y[i]));
      down = seen;
    }
    c.stroke();
    if (item.under === null || !n) return;
    c.lineTo(p.x(x[n - 1]), p.y(item.under)); c.lineTo(p.x(x[0]), p.y(item.under));
    c.globalAlpha = 0.13; c.fill(); c.globalAlpha = 1;
  },
  points(c, p, pen, item, get) {
    const y = get(item.y);
    get(item.x).forEach((x, i) => marker(c, pen, item, p.x(x), p.y(y[i])));
  },
  arrows(c, p, pen, item, get) {
    const [xs, ys, dx, dy] = [item.x, item.y, item.dx, item.dy].map(get);
    inked(c, pen, item);
    xs.forEach((x, i) => {
      const [ax, ay, bx, by] = [p.x(x), p.y(ys[i]), p.x(x + dx[i]), p.y(ys[i] + dy[i])];
      const length = Math.hypot(bx - ax, by - ay), head = Math.min(8, 0.45 * length);
      if (length < 1) return; // on the spot: no direction to show
      const u = (head * (bx - ax)) / length, v = (head * (by - ay)) / length;
      trace(c, [[ax, ay], [bx - u, by - v]]); c.stroke();
      trace(c, [[bx, by], [bx - u - v / 2, by - v + u / 2], [bx - u + v / 2, by - v - u / 2]], true); c.fill();
    });
  },
  image(c, p, pen, item, get) {
    const [rows, columns] = item.shape, [low, high] = item.limits, last = pen.ramp.length - 1;
    const bitmap = new OffscreenCanvas(columns, rows), b = bitmap.getContext("2d"), pixels = b.createImageData(columns, rows);
    get(item.values).forEach((v, i) => { // the first row is at the bottom
      const place = Math.round(last * Math.min(1, Math.max(0, (v - low) / (high - low))));
      pixels.data.set([...(pen.ramp[place] ?? [0, 0, 0]), isFinite(v) ? 255 : 0], 4 * ((rows - 1 - Math.floor(i / columns)) * columns + (i % columns)));
    });
    b.putImageData(pixels, 0, 0); c.imageSmoothingEnabled = false;
    c.drawImage(bitmap, p.x(item.x[0]), p.y(item.y[1]), p.x(item.x[1]) - p.x(item.x[0]), p.y(item.y[0]) - p.y(item.y[1]));
  },
  raster(c, p, pen, item, get) {
    const y = get(item.y);
    inked(c, pen, item);
    get(item.x).forEach((x, i) => { trace(c, [[p.x(x), p.y(y[i] - 0.4)], [p.x(x), p.y(y[i] + 0.4)]]); c.stroke(); });
  },
  mark(c, p, pen, item) {
    const x = item.x === null ? null : p.x(item.x), y = item.y === null ? null : p.y(item.y);
    inked(c, pen, item);
    trace(c, x === null || y === null ? [[x ?? p.left, y ?? p.top], [x ?? p.right, y ?? p.bottom]] : []);
    c.stroke();
    if (item.text) rich(c, pen, item.text, x === null ? p.right - 4 : x + 5, y === null ? p.top + 12 : y - 5, { colour: pen.colour(item), end: +(x === null), halo: x !== null && y !== null ? pen.ground : "" });
  },
};

// ---- layout: columns of stacked panels, one left margin a column

function layout(c, pen, scene, width, height) {
  const columns = width < NARROW ? [scene.columns.flat()] : scene.columns, boxes = [];
  const total = scene.widths.reduce((a, b) => a + b);
  let x = 0;
  columns.forEach((names, i) => {
    const room = columns.length > 1 ? (width * scene.widths[i]) / total : width, panels = names.map((name) => scene.panels[name]);
    const heads = panels.map((panel) => heading(c, pen, panel, room - 24)), foot = (panel) => (panel.x.shown ? FOOT : GAP);
    const fixed = panels.reduce((sum, panel, k) => sum + heads[k].height + foot(panel), 0);
    const unit = (height - fixed) / panels.reduce((sum, panel) => sum + panel.height, 0);
    const labels = panels.map((panel) => ticks(panel.y, (unit * panel.height) / 32));
    const margin = 10 + Math.max(36, ...labels.flat().map((tick) => measure(c, pen, tick.text)));
    let y = 0;
    panels.forEach((panel, k) => {
      const [x0, x1] = panel.x.limits, [y0, y1] = panel.y.limits, tall = unit * panel.height;
      const left = x + margin, right = x + room - (i < columns.length - 1 ? 24 : 10), top = y + heads[k].height, bottom = top + tall;
      boxes.push({
        panel, left, right, top, bottom, base: y + 14, start: x + 2, head: heads[k], labels: labels[k],
        x: (v) => left + ((v - x0) / (x1 - x0)) * (right - left), y: (v) => bottom - ((v - y0) / (y1 - y0)) * tall,
        dataX: (v) => x0 + ((v - left) / (right - left)) * (x1 - x0), dataY: (v) => y0 + ((bottom - v) / tall) * (y1 - y0),
      });
      y = bottom + foot(panel);
    });
    x += room;
  });
  return boxes;
}

function heading(c, pen, panel, room) { // the legend stands on the title's line, or on lines of its own
  const legend = panel.items.filter((item) => item.label), widths = legend.map((item) => 46 + measure(c, pen, item.label));
  const title = panel.title ? measure(c, pen, panel.title, { size: LARGE, weight: 600 }) + 8 : 0;
  const wide = widths.reduce((a, b) => a + b, -12), second = legend.length > 0 && title + measure(c, pen, panel.y.title) + 16 + wide > room;
  let rows = +second, at = 0;
  for (const w of second ? widths : []) { if (at && at + w - 12 > room) { rows += 1; at = 0; } at += w; }
  return { legend, widths, wide, second, title, room, height: HEAD + rows * ROW };
}

// ---- one picture

function picture(c, pen, scene, boxes, get) {
  const line = (...ends) => { trace(c, ends.map(([x, y]) => [Math.round(x) + 0.5, Math.round(y) + 0.5])); c.stroke(); };
  for (const box of boxes) {
    const { panel, head, left, right, top, bottom, base, start } = box;
    rich(c, pen, panel.title, start, base, { size: LARGE, weight: 600, colour: pen.ink });
    rich(c, pen, panel.y.title, start + head.title, base);
    let at = head.second ? start : right - head.wide, row = base + (head.second ? ROW : 0);
    head.legend.forEach((item, i) => {
      if (head.second && at > start && at + head.widths[i] - 12 > start + head.room) { at = start; row += ROW; }
      inked(c, pen, { width: 2, ...item });
      item.marker ? marker(c, pen, item, at + 14, row - 4) : line([at, row - 4.5], [at + 28, row - 4.5]);
      rich(c, pen, item.label, at + 34, row, { colour: pen.ink });
      at += head.widths[i];
    });
    inked(c, { ...pen, colour: () => pen.grid }, { width: 1 });
    for (const tick of box.labels) line([left, box.y(tick.at)], [right, box.y(tick.at)]);
    const across = ticks(panel.x, (right - left) / 76);
    for (const tick of across) line([box.x(tick.at), top], [box.x(tick.at), bottom]);
    inked(c, { ...pen, colour: () => pen.muted }, { width: 1 });
    line([left, bottom], [right, bottom]);
    for (const tick of box.labels) rich(c, pen, tick.text, left - 6, box.y(tick.at) + 4, { end: 1 });
    if (panel.x.shown) {
      for (const tick of across) rich(c, pen, tick.text, box.x(tick.at), bottom + 15, { end: 0.5 });
      rich(c, pen, `${panel.x.title} \u2192`, right, bottom + 31, { end: 1 });
    }
    c.save(); c.beginPath(); c.rect(left - 1, top - 5, right - left + 6, bottom - top + 10); c.clip();
    c.lineJoin = "round";
    if (panel.follows && scene.cursor !== null) {
      inked(c, { ...pen, colour: () => pen.ink }, { width: 1.2 });
      line([box.x(scene.cursor), top - 4], [box.x(scene.cursor), bottom + 5]);
    }
    for (const item of panel.items) items[item.kind](c, box, pen, item, get);
    c.restore();
    if (panel.follows && panel.x.shown && scene.cursor !== null) {
      const wide = measure(c, pen, scene.note) + 14, last = right - measure(c, pen, `${panel.x.title} \u2192`) - 8 - wide;
      const x = Math.min(last, Math.max(left, box.x(scene.cursor) - wide / 2)); // under the ticks, beside the axis's title
      c.fillStyle = pen.ink; c.beginPath(); c.roundRect(x, bottom + 19, wide, 16, 8); c.fill();
      rich(c, pen, scene.note, x + 7, bottom + 31, { colour: pen.ground });
    }
  }
}

// ---- the widget; `initialize` has no need of a view: « able » is said by a canvas out of sight, too

function render({ model, el }) {
  const { colours, dashes, ramp } = model.get("palette"), scene = { columns: [], panels: {} }, arrays = {};
  const make = (tag, properties, parent = el) => Object.assign(parent.appendChild(document.createElement(tag)), properties);
  let boxes = [], width = 0, number = 0, asked = false, quiet = 0, hand = null, outbox = [], busy = false, later = 0;

  function flush() { // what happens while the kernel works leaves in one message: each costs JupyterLab more than a picture
    if (!outbox.length || busy) return;
    const answered = () => { clearTimeout(late); busy = false; flush(); }, late = setTimeout(answered, 500);
    busy = true;
    model.send({ events: outbox.splice(0) }, { iopub: { status: (message) => message.content.execution_state === "idle" && answered() } });
  }
  const send = (event, more = {}) => { outbox.push({ event, ...more }); flush(); };
  el.classList.add("toile");
  const canvas = make("canvas", { tabIndex: 0, role: "application", ariaLabel: model.get("label") });
  const help = make("div", { className: "toile-aide", hidden: true });
  for (const [key, meaning] of model.get("touches")) { make("kbd", { textContent: key }, help); make("span", { textContent: meaning }, help); }
  const text = make("p", { ariaLive: "polite", ariaAtomic: "true", id: `toile-${Math.random()}` });
  canvas.setAttribute("aria-describedby", text.id);

  function paint() {
    const height = scene.height * (width < NARROW ? 1.6 : 1), ratio = devicePixelRatio, size = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== size[0] || canvas.height !== size[1]) { [canvas.width, canvas.height] = size; canvas.style.height = `${height}px`; }
    const c = canvas.getContext("2d"), css = getComputedStyle(el);
    const dark = +(css.color.match(/\d+/g).slice(0, 3).reduce((sum, v) => sum + +v, 0) > 380); // light text: dark ground
    const pen = { dashes, ramp, font: css.fontFamily, ground: css.backgroundColor, ink: colours.ink[dark], muted: colours.grey[dark], grid: colours.grid[dark], colour: (item) => colours[item.colour][dark] };
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, width, height);
    boxes = layout(c, pen, scene, width, height);
    picture(c, pen, scene, boxes, (slot) => arrays[slot]);
    canvas.dataset.picture = number;
  }

  function draw() {
    asked = false;
    const whole = scene.columns.length && scene.columns.flat().every((name) => scene.panels[name]); // not yet, in a second view
    if (width && whole) paint(); // nothing to paint on while the cell is out of sight
    outbox.push({ event: "drawn", number });
    clearTimeout(later); later = setTimeout(flush, 50); // it leaves with the next key, or soon
  }
  const soon = () => { asked ||= !!requestAnimationFrame(draw); };
  function heard(message, buffers) {
    if (message.help) help.hidden = !help.hidden;
    if (message.copy) (navigator.clipboard?.writeText(message.copy) ?? Promise.reject()).then(() => send("copied", { done: true }), () => send("copied", { done: false }));
    if (!message.frame) return;
    message.arrays.forEach((slot, i) => { arrays[slot] = new Float32Array(buffers[i].buffer.slice(buffers[i].byteOffset, buffers[i].byteOffset + buffers[i].byteLength)); });
    number = message.number; Object.assign(scene, message.frame, { panels: { ...scene.panels, ...message.frame.panels } });
    if (text.textContent !== message.text) { // a held key changes it thirty times a second: only the last is read aloud
      [text.textContent, text.ariaBusy] = [message.text, "true"];
      clearTimeout(quiet); quiet = setTimeout(() => { text.ariaBusy = "false"; }, 400);
    }
    soon();
  }

  function keydown(e) { // on window: before JupyterLab's own listener, which is on document
    if (!(el.closest(".course-explorer") ?? el).contains(e.target)) return;
    const other = e.ctrlKey || e.metaKey || e.altKey, escape = e.key === "Escape";
    e.target.setAttribute("data-lm-suppress-shortcuts", "true");
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "s") e.target.removeAttribute("data-lm-suppress-shortcuts"); // saving stays possible
    if ((e.target !== canvas && !escape) || other || e.key === "Tab" || /^F\d+$/.test(e.key)) return;
    e.preventDefault();
    e.stopPropagation();
    if (e.key === "?" || (escape && !help.hidden)) help.hidden = !help.hidden;
    else if (escape) { e.target.blur(); el.closest(".jp-Cell")?.focus(); }
    else send("key", { key: e.key, shift: e.shiftKey });
  }

  function pointer(e) {
    const { left, top } = canvas.getBoundingClientRect(), x = e.clientX - left, y = e.clientY - top;
    const box = hand ?? boxes.find((b) => x > b.left - 8 && x < b.right + 8 && y > b.top - 8 && y < b.bottom + 8);
    canvas.style.cursor = box?.panel.pen ? "crosshair" : box?.panel.follows ? "ew-resize" : "default";
    if (e.type === "pointerdown" && box) { hand = box; canvas.focus({ preventScroll: true }); canvas.setPointerCapture(e.pointerId); }
    if (!hand) return;
    send("pointer", { phase: e.type.slice(7), panel: hand.panel.name, x: hand.dataX(x), y: hand.dataY(y) });
    if (e.type === "pointerup" || e.type === "pointercancel") hand = null;
  }

  const size = new ResizeObserver(() => {
    send("size", { columns: Math.round((width = canvas.clientWidth) * devicePixelRatio) });
    soon(); // and, now that the page is built, a name for the sliders, which ipywidgets leaves without
    for (const row of el.closest(".course-explorer")?.querySelectorAll(".course-reglages > *") ?? [])
      for (const part of row.querySelectorAll(".noUi-handle, input")) part.ariaLabel = row.querySelector("label").textContent;
  });
  const theme = new MutationObserver(soon);
  model.on("msg:custom", heard);
  addEventListener("keydown", keydown, true);
  for (const name of ["down", "move", "up", "cancel"]) canvas.addEventListener(`pointer${name}`, pointer);
  size.observe(canvas);
  theme.observe(document.body, { attributeFilter: ["data-jp-theme-light", "data-jp-theme-name", "class"] });
  send("ready");
  return () => { size.disconnect(); theme.disconnect(); removeEventListener("keydown", keydown, true); model.off("msg:custom", heard); };
}

export default { render, initialize({ model }) { const able = () => { model.send({ events: [{ event: "able" }] }); }; able(); model.on("msg:custom", (message) => message.hello && able()); } };
