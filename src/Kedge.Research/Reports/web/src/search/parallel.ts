import { el, section } from "../dom";
import { colour, onTheme } from "../theme";
import type { Rows, Selection } from "./data";

const height = 360, top = 44, bottom = 24, side = 44;
const mostLines = 3000;

/** One line a row through its most important parameters to its rank. Drag along an axis to keep a part of it, click to choose a line. */
export function parallel(rows: Rows, selection: Selection): HTMLElement {
  const canvas = el("canvas", { role: "img", "aria-label": "Rows as lines through their most important parameters" }) as HTMLCanvasElement;
  const box = el("div", { class: "parallel" }, canvas);
  const clear = el("button", { type: "button" }, "Keep all again");
  const note = el("p", { class: "muted" });
  // Best rows and an even sample of the others; the best are drawn last.
  const step = Math.max(1, Math.ceil(rows.count / mostLines));
  const lines = rows.order.filter((_, i) => i < 500 || i % step === 0).reverse();
  const kept = new Map<number, [number, number]>();
  let axes: number[] = [];
  let width = 0;
  let drag: { axis: number; from: number; to: number } | null = null;

  const x = (i: number) => side + (i / Math.max(1, axes.length)) * (width - 2 * side);
  const y = (share: number) => top + (1 - share) * (height - top - bottom);
  // The last one stands for the rank.
  const share = (i: number, row: number) => {
    if (i === axes.length) return rows.rank[row];
    const count = rows.data.axes[axes[i]].labels.length;
    // Rows of one value would hide each other: they are spread a little, each always the same.
    const jitter = (((rows.data.id[row] * 2654435761) % 1000) / 1000 - 0.5) * 0.6;
    return Math.min(1, Math.max(0, (rows.places[axes[i]][row] + 0.5 + jitter) / count));
  };
  const isKept = (row: number) => [...kept].every(([i, [low, high]]) => { const s = share(i, row); return s >= low && s <= high; });

  const draw = () => {
    width = Math.max(box.clientWidth, 260);
    axes = rows.axes.slice(0, Math.max(2, Math.min(9, Math.floor(width / 110))));
    [...kept.keys()].filter((i) => i > axes.length).forEach((i) => kept.delete(i));
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const g = canvas.getContext("2d")!;
    g.scale(ratio, ratio);
    const inside = lines.filter(isKept);
    const stroke = (row: number) => {
      g.beginPath();
      for (let i = 0; i <= axes.length; i++) g.lineTo(x(i), y(share(i, row)));
      g.stroke();
    };
    g.lineWidth = 1;
    g.strokeStyle = colour("accent");
    for (const row of inside) { g.globalAlpha = 0.02 + 0.5 * Math.pow(rows.rank[row], 6); stroke(row); }
    g.globalAlpha = 1;
    if (selection.row >= 0) { g.strokeStyle = colour("bad"); g.lineWidth = 2.5; stroke(selection.row); }
    g.font = "12px system-ui, sans-serif";
    for (let i = 0; i <= axes.length; i++) {
      g.strokeStyle = colour("muted");
      g.lineWidth = 1;
      g.beginPath(); g.moveTo(x(i), y(0)); g.lineTo(x(i), y(1)); g.stroke();
      const range = drag?.axis === i ? [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)] : kept.get(i);
      if (range) { g.fillStyle = colour("hold"); g.globalAlpha = 0.35; g.fillRect(x(i) - 7, y(range[1]), 14, y(range[0]) - y(range[1])); g.globalAlpha = 1; }
      g.fillStyle = colour("text");
      g.textAlign = i === 0 ? "start" : i === axes.length ? "end" : "center";
      const at = i === 0 ? 2 : i === axes.length ? width - 2 : x(i);
      const name = i === axes.length ? rows.data.objective : rows.data.axes[axes[i]].path.split(".").pop()!;
      g.fillText(fit(g, name, (width - 2 * side) / axes.length + (i === 0 || i === axes.length ? 20 : -8)), at, i % 2 === 0 ? 14 : 30);
      g.fillStyle = colour("muted");
      const labels = i === axes.length ? ["worst", "best"] : rows.data.axes[axes[i]].labels;
      g.textAlign = i === axes.length ? "end" : "start";
      const each = Math.ceil(labels.length / 8);
      labels.forEach((label, place) => {
        if (place % each === 0) g.fillText(label, i === axes.length ? x(i) - 5 : x(i) + 5, y(i === axes.length ? place : (place + 0.5) / labels.length) + 4);
      });
    }
    clear.hidden = kept.size === 0;
    note.textContent = `${inside.length} of ${lines.length} lines. Drag along an axis to keep a part of it; click a line to see its row.`;
  };

  const point = (event: PointerEvent) => {
    const rect = canvas.getBoundingClientRect();
    const px = event.clientX - rect.left, py = event.clientY - rect.top;
    const axis = Math.round(((px - side) / (width - 2 * side)) * axes.length);
    return { px, py, axis: Math.abs(x(axis) - px) < 16 && axis >= 0 && axis <= axes.length ? axis : -1, share: Math.min(1, Math.max(0, 1 - (py - top) / (height - top - bottom))) };
  };
  canvas.addEventListener("pointerdown", (event) => {
    const p = point(event);
    if (p.axis >= 0) { drag = { axis: p.axis, from: p.share, to: p.share }; canvas.setPointerCapture(event.pointerId); }
  });
  canvas.addEventListener("pointermove", (event) => { if (drag) { drag.to = point(event).share; draw(); } });
  canvas.addEventListener("pointerup", (event) => {
    const done = drag;
    drag = null;
    if (done && Math.abs(done.to - done.from) > 0.02) {
      kept.set(done.axis, [Math.min(done.from, done.to), Math.max(done.from, done.to)]);
      draw();
      return;
    }
    const p = point(event);
    const i = Math.min(axes.length - 1, Math.max(0, Math.floor(((p.px - side) / (width - 2 * side)) * axes.length)));
    const part = (p.px - x(i)) / (x(i + 1) - x(i));
    let near = -1, distance = Infinity;
    for (const row of lines) {
      if (!isKept(row)) continue;
      const d = Math.abs(y(share(i, row) * (1 - part) + share(i + 1, row) * part) - p.py) - 4 * rows.rank[row];
      if (d < distance) { distance = d; near = row; }
    }
    if (near >= 0) selection.set(near);
  });
  canvas.addEventListener("pointercancel", () => { drag = null; draw(); });
  clear.addEventListener("click", () => { kept.clear(); draw(); });
  new ResizeObserver(draw).observe(box);
  selection.onChange(draw);
  onTheme(draw);
  return section("parallel", "Parallel coordinates", box, note, clear);
}

function fit(g: CanvasRenderingContext2D, text: string, width: number): string {
  let shorter = text;
  while (shorter.length > 4 && g.measureText(shorter).width > width * 1.45) shorter = shorter.slice(0, -2) + "\u2026";
  return shorter;
}
