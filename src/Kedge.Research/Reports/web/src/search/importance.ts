import { el, section } from "../dom";
import { percent } from "../format";
import type { Rows } from "./data";

const atFirst = 15;

/** Which axes the objective follows, each alone. */
export function importance(rows: Rows, pick: (axis: number) => void): HTMLElement {
  const body = el("tbody");
  const more = el("button", { type: "button" });
  const fill = (count: number) => {
    body.replaceChildren(...rows.axes.slice(0, count).map((axis) => {
      const a = rows.data.axes[axis];
      const name = el("button", { type: "button", class: "link" }, a.path);
      name.addEventListener("click", () => pick(axis));
      const bar = el("td", { class: "bar" }, percent(a.importance, 1));
      bar.style.setProperty("--share", `${Math.min(100, Math.round((1000 * a.importance) / Math.max(rows.data.axes[rows.axes[0]].importance, 1e-9)) / 10)}%`);
      return el("tr", {}, el("th", { scope: "row" }, name), bar, el("td", { class: "text" }, best(rows, axis)));
    }));
    more.hidden = count >= rows.axes.length;
    more.textContent = `Show all ${rows.axes.length} axes`;
  };
  more.addEventListener("click", () => fill(rows.axes.length));
  fill(atFirst);
  return section("importance", "Which parameters matter",
    el("p", { class: "muted" }, "Share of the variation of the objective's rank that an axis explains alone, less what chance would explain; of rows in which its switch is on. " +
      "A model-based search looks more at what seemed good, so this is about what it has seen, not about the whole space. Choose an axis to put it on the map."),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Parameter importance" },
      el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "axis"), el("th", { scope: "col" }, "explains"), el("th", { scope: "col", class: "text" }, "median rank by value"))), body)),
    more);
}

/** Values of an axis with the median rank of their rows, best first. */
function best(rows: Rows, axis: number): string {
  const labels = rows.data.axes[axis].labels;
  const ranks: number[][] = labels.map(() => []);
  for (let row = 0; row < rows.count; row++) if (rows.open(axis, row)) ranks[rows.places[axis][row]].push(rows.rank[row]);
  return ranks.map((r, i) => ({ label: labels[i], n: r.length, median: r.sort((a, b) => a - b)[r.length >> 1] }))
    .filter((v) => v.n > 0).sort((a, b) => b.median - a.median).slice(0, 4)
    .map((v) => `${v.label} ${Math.round(100 * v.median)}`).join(" \u00b7 ");
}
