import { ticks } from "./axis";
import { el, section, svg } from "./dom";
import type { PageData } from "./data";
import { percent } from "./format";

/** Distribution of daily returns and of trade returns. */
export function distributions(data: PageData): HTMLElement {
  return section("distribution", "Return distribution",
    el("div", { class: "pair" },
      histogram("Daily returns of equity", data.dailyReturns),
      histogram("Net return of trades, unlevered", data.tradeReturns)));
}

function histogram(title: string, values: number[]): HTMLElement {
  const box = el("figure", {}, el("figcaption", {}, title));
  if (values.length === 0) {
    box.append(el("p", { class: "muted" }, "None."));
    return box;
  }
  const sorted = [...values].sort((a, b) => a - b);
  const quantile = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const holder = el("div");
  box.append(holder, el("p", { class: "muted" },
    `${values.length} values \u00b7 mean ${percent(mean)} \u00b7 median ${percent(quantile(0.5))} \u00b7 ` +
    `5 % below ${percent(quantile(0.05))} \u00b7 5 % above ${percent(quantile(0.95))}`));
  new ResizeObserver(() => holder.replaceChildren(draw(sorted, Math.max(holder.clientWidth, 240), title))).observe(holder);
  return box;
}

function draw(sorted: number[], width: number, title: string): SVGElement {
  const height = 180, left = 36, bottom = 20, top = 8;
  const reach = Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]), 1e-6);
  const half = Math.max(6, Math.min(20, Math.ceil(Math.sqrt(sorted.length))));
  const step = reach / half;
  const bins = new Array<number>(half * 2).fill(0);
  for (const v of sorted) bins[Math.min(half * 2 - 1, Math.max(0, Math.floor(v / step) + half))]++;
  const most = Math.max(...bins);
  const x = (v: number) => left + ((v + reach) / (2 * reach)) * (width - left - 4);
  const y = (n: number) => top + (1 - n / most) * (height - top - bottom);
  const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": title });
  for (const n of ticks(0, most, 3)) {
    if (n !== Math.floor(n)) continue;
    root.append(svg("line", { x1: left, x2: width, y1: y(n), y2: y(n), class: "grid" }), svg("text", { x: left - 5, y: y(n) + 4, class: "tick end" }, String(n)));
  }
  bins.forEach((n, i) => {
    if (n === 0) return;
    const from = (i - half) * step;
    const bar = svg("rect", { x: x(from) + 0.5, y: y(n), width: Math.max(1, x(from + step) - x(from) - 1), height: y(0) - y(n), class: i < half ? "fall" : "rise" });
    bar.append(svg("title", {}, `${percent(from)} to ${percent(from + step)}: ${n}`));
    root.append(bar);
  });
  for (const v of ticks(-reach, reach, width < 420 ? 4 : 6)) root.append(svg("text", { x: x(v), y: height - 5, class: "tick middle" }, percent(v, step < 0.001 ? 2 : 1)));
  return root;
}
