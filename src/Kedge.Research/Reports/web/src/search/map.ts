import { el, section } from "../dom";
import { shown, type Rows, type Selection } from "./data";

const mostCells = 24;

/** Two axes against each other. */
export class PairMap {
  readonly node: HTMLElement;
  private readonly across: HTMLSelectElement;
  private readonly down: HTMLSelectElement;
  private readonly box = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Heat map of two axes" });

  constructor(private readonly rows: Rows, private readonly selection: Selection) {
    const choose = (id: string, at: number) => {
      const select = el("select", { id }) as HTMLSelectElement;
      rows.axes.forEach((axis) => select.append(el("option", { value: String(axis) }, rows.data.axes[axis].path)));
      select.selectedIndex = Math.min(at, rows.axes.length - 1);
      select.addEventListener("change", () => this.draw());
      return select;
    };
    this.across = choose("across", 0);
    this.down = choose("down", 1);
    this.node = section("map", "Pairs of parameters",
      el("p", { class: "choices" }, el("label", { for: "down" }, "down "), this.down, el("label", { for: "across" }, " across "), this.across),
      this.box,
      el("p", { class: "muted" }, "Median rank of the rows of a cell, 100 the best of all rows, and how many rows it has. Choose a cell to see its best row. Rows in which one of the two has no meaning are left out."));
    this.draw();
  }

  /** Puts an axis across; the one that was there goes down. */
  show(axis: number) {
    if (this.across.value !== String(axis)) {
      this.down.value = this.across.value;
      this.across.value = String(axis);
      this.draw();
    }
    this.node.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  private draw() {
    const { rows } = this;
    const a = Number(this.across.value), d = Number(this.down.value);
    const bins = (axis: number) => binned(rows.data.axes[axis].labels);
    const columns = bins(a), lines = bins(d);
    const cells: number[][] = Array.from({ length: columns.names.length * lines.names.length }, () => []);
    for (let row = 0; row < rows.count; row++) {
      if (rows.open(a, row) && rows.open(d, row)) cells[lines.of(rows.places[d][row]) * columns.names.length + columns.of(rows.places[a][row])].push(row);
    }
    const body = lines.names.map((name, y) => el("tr", {}, el("th", { scope: "row" }, name), ...columns.names.map((column, x) => {
      const inside = cells[y * columns.names.length + x].sort((p, q) => rows.rank[q] - rows.rank[p]);
      if (inside.length === 0) return el("td", { class: "none" }, "");
      const median = rows.rank[inside[inside.length >> 1]];
      const best = inside[0];
      const button = el("button", { type: "button", title: `${rows.data.axes[d].path} ${name}, ${rows.data.axes[a].path} ${column}: ${inside.length} rows, best ${shown(rows.score[best])}` },
        el("strong", {}, String(Math.round(100 * median))), el("small", {}, ` ${inside.length}`));
      button.addEventListener("click", () => this.selection.set(best));
      const cell = el("td", {}, button);
      cell.style.setProperty("--heat", `${Math.round(6 + 64 * median)}%`);
      return cell;
    })));
    this.box.replaceChildren(el("table", { class: "map" },
      el("thead", {}, el("tr", {}, el("th", {}, ""), ...columns.names.map((n) => el("th", { scope: "col" }, n)))),
      el("tbody", {}, ...body)));
  }
}

/** Values of an axis as columns: one each, or neighbours together when there are too many. */
function binned(labels: string[]): { names: string[]; of: (place: number) => number } {
  const size = Math.ceil(labels.length / mostCells);
  if (size === 1) return { names: labels, of: (place) => place };
  const names: string[] = [];
  for (let i = 0; i < labels.length; i += size) names.push(`${labels[i]}\u2013${labels[Math.min(i + size, labels.length) - 1]}`);
  return { names, of: (place) => Math.floor(place / size) };
}
