import { el, section } from "../dom";
import { shown, type Rows, type Selection } from "./data";

const rowsAtFirst = 15;
const settingsAtFirst = 24;

/** The best rows as a list. */
export function best(rows: Rows, selection: Selection): HTMLElement {
  const seen = rows.data.holdout.length > 0;
  const head = ["row", rows.data.objective, ...rows.data.fields.map((f) => f.name), "dsr", ...(seen ? ["not seen", "pnl there"] : [])];
  const body = el("tbody");
  const more = el("button", { type: "button" });
  const list = rows.data.best;
  const fill = (count: number) => {
    body.replaceChildren(...list.slice(0, count).map((row) => {
      const name = el("button", { type: "button", class: "link" }, rows.name(row));
      name.addEventListener("click", () => selection.set(row));
      const h = rows.holdout.get(row);
      return el("tr", { "data-row": String(row) }, el("th", { scope: "row" }, name), el("td", {}, shown(rows.data.score[row])),
        ...rows.data.fields.map((f) => el("td", {}, shown(f.values[row]))), el("td", {}, deflated(rows, row)),
        ...(seen ? [el("td", {}, shown(h?.score)), el("td", {}, shown(h?.pnl))] : []));
    }));
    more.hidden = count >= list.length;
    more.textContent = `Show the best ${list.length}`;
    mark();
  };
  const mark = () => body.querySelectorAll("tr").forEach((tr) => tr.classList.toggle("chosen", Number(tr.getAttribute("data-row")) === selection.row));
  more.addEventListener("click", () => fill(list.length));
  selection.onChange(mark);
  fill(rowsAtFirst);
  return section("best", "Best rows",
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Best rows" },
      el("table", {}, el("thead", {}, el("tr", {}, ...head.map((h) => el("th", { scope: "col" }, h)))), body)),
    el("p", { class: "muted" }, `dsr, the deflated Sharpe ratio: how likely it is that a row's Sharpe ratio is above ${shown(rows.data.expectedSharpe)}, which the best of ${shown(rows.data.trials)} configurations without any skill is expected to show.`),
    more);
}

const deflated = (rows: Rows, row: number) => {
  const value = rows.deflated.get(row);
  return value === null || value === undefined ? "\u2013" : value.toFixed(3);
};

/** The chosen row in full. */
export function detail(rows: Rows, selection: Selection): HTMLElement {
  const box = el("div", { "aria-live": "polite" });
  let all = false;
  const show = () => {
    const row = selection.row;
    if (row < 0) { box.replaceChildren(el("p", { class: "muted" }, "Choose a row anywhere on this page.")); return; }
    const h = rows.holdout.get(row);
    const card = (name: string, value: string) => el("div", { class: "card" }, el("dt", {}, name), el("dd", {}, value));
    const closed = rows.axes.filter((a) => !rows.open(a, row));
    const open = rows.axes.filter((a) => rows.open(a, row));
    const command = `kedge sweep materialise ${rows.data.file} --id ${rows.name(row)} --output ${rows.name(row)}.yaml`;
    const copy = el("button", { type: "button" }, "Copy");
    copy.addEventListener("click", () => { void navigator.clipboard?.writeText(command).then(() => { copy.textContent = "Copied"; }); });
    const shownSettings = all ? open : open.slice(0, settingsAtFirst);
    const more = el("button", { type: "button" }, `Show all ${open.length} settings`);
    more.addEventListener("click", () => { all = true; show(); });
    more.hidden = shownSettings.length === open.length;
    box.replaceChildren(
      el("p", {}, el("strong", { id: "chosen" }, rows.name(row)), ` is better than ${Math.round(1000 * rows.rank[row]) / 10} % of the rows on this page.`),
      el("dl", { class: "cards" }, card(rows.data.objective, shown(rows.data.score[row])), ...rows.data.fields.map((f) => card(f.name, shown(f.values[row]))),
        card("dsr", deflated(rows, row)), ...(h ? [card(`${rows.data.objective}, not seen`, shown(h.score)), card("trades, not seen", shown(h.trades)), card("sharpe, not seen", shown(h.sharpe))] : [])),
      el("p", { class: "command" }, el("code", {}, command), " ", copy),
      el("ul", { class: "settings", "aria-label": "Settings, most important first" }, ...shownSettings.map((a) => el("li", {}, el("span", {}, rows.data.axes[a].path), " ", el("strong", {}, rows.label(a, row))))),
      more,
      closed.length === 0 ? el("span") : el("p", { class: "muted" }, `${closed.length} more have no meaning here, because what switches them is off.`));
  };
  selection.onChange(show);
  show();
  return section("detail", "Chosen row", box);
}
