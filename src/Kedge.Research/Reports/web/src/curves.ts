import { ticks, timeTicks } from "./axis";
import { el, section, svg } from "./dom";
import type { PageData } from "./data";
import { minute, money, signedPercent, whole } from "./format";

interface Line { values: number[]; name: string; css: string; area?: boolean }

/** Equity and underwater curves against buy-and-hold, with one crosshair over both. */
export function curves(data: PageData): HTMLElement {
  const { t, equity, under, hold, holdUnder } = data.curve;
  const box = el("div", { class: "curves" });
  const status = el("p", { class: "status", "aria-live": "off" });
  const legend = el("p", { class: "legend" },
    el("span", { class: "key strategy" }, "strategy"),
    hold.length ? el("span", { class: "key hold" }, `buy and hold, ${data.metrics.holdSymbols} symbols, equal weight`) : null);
  const withHold = (a: number[], b: number[], area: boolean): Line[] => [
    ...(b.length ? [{ values: b, name: "buy and hold", css: "hold" }] : []),
    { values: a, name: "strategy", css: "strategy", area },
  ];
  const show = (i: number) => {
    status.textContent = i < 0 ? "Point at a curve to read it." :
      `${minute(t[i])} \u00b7 equity ${money(equity[i])} (${signedPercent(under[i])} from its peak)` +
      (hold.length ? ` \u00b7 buy and hold ${money(hold[i])} (${signedPercent(holdUnder[i])})` : "");
  };
  const draw = () => {
    const width = Math.max(box.clientWidth, 280);
    const top = plot(t, withHold(equity, hold, false), width, width < 600 ? 240 : 320, whole, "Equity, quote currency", data.run.initialBalance);
    const below = plot(t, withHold(under, holdUnder, true), width, 150, (v) => signedPercent(v, 0), "Distance below the peak", 0);
    const figures = [top, below];
    const point = (event: PointerEvent) => {
      const rect = box.getBoundingClientRect();
      const i = top.nearest(event.clientX - rect.left);
      figures.forEach((f) => f.cursor(i));
      show(i);
    };
    box.replaceChildren(...figures.map((f) => f.node));
    box.onpointermove = point;
    box.onpointerdown = point;
    box.onpointerleave = () => { figures.forEach((f) => f.cursor(-1)); show(-1); };
  };
  show(-1);
  new ResizeObserver(draw).observe(box);
  return section("curve", "Equity and drawdown", legend, box, status);
}

function plot(t: number[], lines: Line[], width: number, height: number, text: (v: number) => string, title: string, base: number) {
  const left = 62, right = 8, top = 28, bottom = 22;
  let low = base, high = base;
  for (const line of lines) for (const v of line.values) { low = Math.min(low, v); high = Math.max(high, v); }
  if (high - low < 1e-9) { low -= Math.abs(low) * 0.01 + 0.01; high += base === 0 ? 0 : Math.abs(high) * 0.01 + 0.01; }
  const pad = base === 0 ? 0 : (high - low) * 0.04;
  low -= pad; high += pad;
  const from = t[0] ?? 0, to = Math.max(t[t.length - 1] ?? 1, from + 1);
  const x = (time: number) => left + ((time - from) / (to - from)) * (width - left - right);
  const y = (v: number) => top + ((high - v) / (high - low)) * (height - top - bottom);
  const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": title });
  root.append(svg("text", { x: 0, y: 14, class: "title" }, title));
  for (const v of ticks(low, high, height > 200 ? 5 : 4)) {
    root.append(svg("line", { x1: left, x2: width - right, y1: y(v), y2: y(v), class: v === base ? "grid base" : "grid" }));
    root.append(svg("text", { x: left - 6, y: y(v) + 4, class: "tick end" }, text(v)));
  }
  for (const tick of timeTicks(from, to, Math.max(2, Math.floor(width / 110)))) {
    const anchor = x(tick.t) > width - 34 ? " end" : " middle";
    root.append(svg("text", { x: Math.min(x(tick.t), width - 2), y: height - 5, class: "tick" + anchor }, tick.text));
  }
  for (const line of lines) {
    const points = line.values.map((v, i) => `${x(t[i]).toFixed(1)},${y(v).toFixed(1)}`).join("L");
    if (!points) continue;
    if (line.area) root.append(svg("path", { d: `M${x(from)},${y(base)}L${points}L${x(to)},${y(base)}Z`, class: `area ${line.css}` }));
    root.append(svg("path", { d: "M" + points, class: `curve ${line.css}` }));
  }
  const cursor = svg("line", { y1: top, y2: height - bottom, x1: -9, x2: -9, class: "cursor" });
  const dots = lines.map((line) => svg("circle", { r: 3, cx: -9, cy: -9, class: `dot ${line.css}` }));
  root.append(cursor, ...dots);
  return {
    node: root,
    nearest(px: number): number {
      if (t.length === 0) return -1;
      const time = from + ((px - left) / (width - left - right)) * (to - from);
      let lo = 0, hi = t.length - 1;
      while (lo < hi) { const mid = (lo + hi) >> 1; if (t[mid] < time) lo = mid + 1; else hi = mid; }
      return lo > 0 && time - t[lo - 1] < t[lo] - time ? lo - 1 : lo;
    },
    cursor(i: number) {
      const cx = i < 0 ? -9 : x(t[i]);
      cursor.setAttribute("x1", String(cx));
      cursor.setAttribute("x2", String(cx));
      dots.forEach((dot, d) => {
        dot.setAttribute("cx", String(cx));
        dot.setAttribute("cy", String(i < 0 ? -9 : y(lines[d].values[i])));
      });
    },
  };
}
