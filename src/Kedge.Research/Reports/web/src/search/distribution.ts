import { ticks } from "../axis";
import { el, section, svg } from "../dom";
import { shown, type Rows, type Selection } from "./data";

/** How the objective is spread over all rows, and how the best one came about. */
export function distribution(rows: Rows, selection: Selection): HTMLElement {
  const finite = rows.order.filter((r) => Number.isFinite(rows.score[r]));
  if (finite.length === 0) return section("distribution", "Distribution", el("p", { class: "muted" }, "No row has a score: fewer trades than were asked for, or none at all."));
  const values = finite.map((r) => rows.score[r]).reverse();
  const quantile = (q: number) => values[Math.min(values.length - 1, Math.floor(q * values.length))];
  const left = el("div"), right = el("div");
  const draw = () => {
    left.replaceChildren(histogram(values, Math.max(left.clientWidth, 240), rows.data.objective));
    right.replaceChildren(progress(rows, finite, selection, Math.max(right.clientWidth, 240)));
  };
  new ResizeObserver(draw).observe(left);
  selection.onChange(draw);
  return section("distribution", "Distribution of the objective",
    el("div", { class: "pair" },
      el("figure", {}, el("figcaption", {}, `${rows.data.objective} of ${finite.length} rows; the outer 1 % on either side are in the outer bars`), left,
        el("p", { class: "muted" }, `median ${shown(quantile(0.5))} \u00b7 a tenth above ${shown(quantile(0.9))} \u00b7 a hundredth above ${shown(quantile(0.99))} \u00b7 best ${shown(values[values.length - 1])}`)),
      el("figure", {}, el("figcaption", {}, "Each row in the order of the search, by its rank, and the best so far; click a row to see it"), right)));
}

function histogram(sorted: number[], width: number, name: string): SVGElement {
  const height = 220, left = 44, bottom = 20, top = 8;
  const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
  let low = at(0.01), high = at(0.99);
  if (!(high > low)) { low -= Math.abs(low) * 0.01 + 1e-9; high += Math.abs(high) * 0.01 + 1e-9; }
  const count = Math.max(8, Math.min(48, Math.ceil(Math.sqrt(sorted.length))));
  const step = (high - low) / count;
  const bins = new Array<number>(count).fill(0);
  for (const v of sorted) bins[Math.min(count - 1, Math.max(0, Math.floor((v - low) / step)))]++;
  const most = Math.max(...bins);
  const x = (v: number) => left + ((v - low) / (high - low)) * (width - left - 8);
  const y = (n: number) => top + (1 - n / most) * (height - top - bottom);
  const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": `Distribution of ${name}` });
  for (const n of ticks(0, most, 4)) {
    if (n === Math.floor(n)) root.append(svg("line", { x1: left, x2: width, y1: y(n), y2: y(n), class: "grid" }), svg("text", { x: left - 5, y: y(n) + 4, class: "tick end" }, String(n)));
  }
  bins.forEach((n, i) => {
    if (n === 0) return;
    const from = low + i * step;
    const bar = svg("rect", { x: x(from) + 0.5, y: y(n), width: Math.max(1, x(from + step) - x(from) - 1), height: y(0) - y(n), class: from + step / 2 < 0 ? "fall" : "rise" });
    bar.append(svg("title", {}, `${shown(from)} to ${shown(from + step)}: ${n} rows`));
    root.append(bar);
  });
  for (const v of ticks(low, high, width < 420 ? 3 : 5)) root.append(svg("text", { x: Math.min(Math.max(x(v), left + 14), width - 24), y: height - 5, class: "tick middle" }, shown(v)));
  return root;
}

/** Rank against place in the search: the heavy tail of profits would press everything else flat. */
function progress(rows: Rows, finite: number[], selection: Selection, width: number): HTMLElement {
  const height = 220, left = 52, bottom = 20, top = 8;
  const last = Math.max(1, ...rows.data.id);
  const x = (id: number) => left + (id / last) * (width - left - 8);
  const y = (rank: number) => top + (1 - rank) * (height - top - bottom);
  const ratio = window.devicePixelRatio || 1;
  const canvas = el("canvas", { width: String(Math.round(width * ratio)), height: String(Math.round(height * ratio)), role: "img", "aria-label": "Rank of each row in the order of the search" }) as HTMLCanvasElement;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const g = canvas.getContext("2d")!;
  g.scale(ratio, ratio);
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  g.fillStyle = colour("muted");
  g.font = "12px system-ui, sans-serif";
  g.textAlign = "end";
  for (const [rank, text] of [[1, "best"], [0.5, "median"], [0, "worst"]] as const) g.fillText(text, left - 5, y(rank) + 4);
  g.textAlign = "center";
  for (const v of ticks(0, last, width < 420 ? 3 : 5)) g.fillText(shown(v), Math.min(x(v), width - 18), height - 5);
  g.fillStyle = colour("accent");
  g.globalAlpha = Math.min(0.8, Math.max(0.12, 600 / rows.count));
  for (const row of finite) g.fillRect(x(rows.data.id[row]) - 1, y(rows.rank[row]) - 1, 2.4, 2.4);
  g.globalAlpha = 1;
  g.strokeStyle = colour("hold");
  g.lineWidth = 1.6;
  g.beginPath();
  let best = -Infinity;
  for (const row of [...finite].sort((a, b) => rows.data.id[a] - rows.data.id[b])) {
    if (rows.rank[row] <= best) continue;
    if (best > -Infinity) g.lineTo(x(rows.data.id[row]), y(best));
    best = rows.rank[row];
    g.lineTo(x(rows.data.id[row]), y(best));
  }
  g.lineTo(x(last), y(best));
  g.stroke();
  if (selection.row >= 0) {
    g.fillStyle = colour("bad");
    g.beginPath();
    g.arc(x(rows.data.id[selection.row]), y(rows.rank[selection.row]), 5, 0, 2 * Math.PI);
    g.fill();
  }
  canvas.addEventListener("click", (event) => {
    const box = canvas.getBoundingClientRect();
    const px = event.clientX - box.left, py = event.clientY - box.top;
    let near = -1, distance = Infinity;
    for (const row of finite) {
      const d = (x(rows.data.id[row]) - px) ** 2 + (y(rows.rank[row]) - py) ** 2;
      if (d < distance) { distance = d; near = row; }
    }
    if (near >= 0) selection.set(near);
  });
  return canvas;
}
