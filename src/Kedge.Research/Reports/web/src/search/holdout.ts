import { ticks } from "../axis";
import { el, section, svg } from "../dom";
import { shown, type Rows, type Selection } from "./data";

/** The best rows on what was searched against what was not. */
export function holdout(rows: Rows, selection: Selection): HTMLElement {
  const name = rows.data.objective;
  const points = rows.data.holdout.filter((h) => Number.isFinite(rows.score[h.row]) && typeof h.score === "number");
  if (points.length === 0) {
    return section("holdout", "Searched against not seen",
      el("p", { class: "muted" }, "Nothing was kept out of this search. Search with --holdout 30% to see how the best rows do on what they were not chosen by."));
  }
  const box = el("div");
  const above = points.filter((h) => (h.score as number) > 0).length;
  const best = rows.data.best[0];
  const draw = () => box.replaceChildren(plot(rows, points, selection, Math.max(box.clientWidth, 260)));
  new ResizeObserver(draw).observe(box);
  selection.onChange(draw);
  return section("holdout", "Searched against not seen", box,
    el("p", { class: "muted" }, `The best ${points.length} rows: ${name} on the part that was searched (across) and on the end that was kept out (down). ${above} of them are above 0 on the end; ` +
      `the best row has ${shown(rows.holdout.get(best)?.score)} there after ${shown(rows.score[best])}. Whoever now chooses by the end has used it up.`));
}

function plot(rows: Rows, points: Rows["data"]["holdout"], selection: Selection, width: number): SVGElement {
  const height = 300, left = 64, right = 12, top = 10, bottom = 34;
  const reach = (values: number[]): [number, number] => {
    const low = Math.min(...values), high = Math.max(...values), pad = (high - low || Math.abs(high) || 1) * 0.06;
    return [low - pad, high + pad];
  };
  const [x0, x1] = reach(points.map((h) => rows.score[h.row]));
  const [y0, y1] = reach([...points.map((h) => h.score as number), 0]);
  const x = (v: number) => left + ((v - x0) / (x1 - x0)) * (width - left - right);
  const y = (v: number) => top + ((y1 - v) / (y1 - y0)) * (height - top - bottom);
  const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": "Searched against not seen" });
  for (const v of ticks(y0, y1, 5)) {
    root.append(svg("line", { x1: left, x2: width - right, y1: y(v), y2: y(v), class: v === 0 ? "grid base" : "grid" }), svg("text", { x: left - 6, y: y(v) + 4, class: "tick end" }, shown(v)));
  }
  for (const v of ticks(x0, x1, width < 420 ? 3 : 6)) root.append(svg("text", { x: Math.min(Math.max(x(v), left + 10), width - 30), y: height - 18, class: "tick middle" }, shown(v)));
  root.append(svg("text", { x: (left + width - right) / 2, y: height - 3, class: "tick middle" }, `${rows.data.objective}, searched`));
  for (const h of points) {
    const dot = svg("circle", { cx: x(rows.score[h.row]), cy: y(h.score as number), r: h.row === selection.row ? 8 : 5, class: h.row === selection.row ? "point chosen" : "point" },
      svg("title", {}, `${rows.name(h.row)}: ${shown(rows.score[h.row])} searched, ${shown(h.score)} not seen`));
    dot.addEventListener("click", () => selection.set(h.row));
    root.append(dot);
  }
  return root;
}
