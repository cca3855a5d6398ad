import { el, section } from "../dom";
import { themeButton } from "../theme";
import { Rows, Selection, shown, type PageData } from "./data";
import { best, detail } from "./detail";
import { distribution } from "./distribution";
import { holdout } from "./holdout";
import { importance } from "./importance";
import { PairMap } from "./map";
import { parallel } from "./parallel";

const data = JSON.parse(document.getElementById("data")!.textContent!) as PageData;
const rows = new Rows(data);
const selection = new Selection();
const theme = themeButton();

const header = el("header", {},
  el("div", {}, el("h1", {}, `Search for ${data.objective}`),
    el("p", {}, `${data.file} \u00b7 ${shown(data.trials)} configurations tried over ${data.axes.length} axes` +
      (data.shown < data.rows ? ` \u00b7 the best and an even sample of the others are on this page, ${shown(data.shown)} in all` : ""))),
  theme);

if (rows.count === 0 || data.axes.length === 0) {
  document.getElementById("page")!.append(header, el("main", {}, section("none", "Nothing to compare", el("p", {}, "The file has no row, or no axis with more than one value."))));
} else {
  const map = new PairMap(rows, selection);
  const chosen = detail(rows, selection);
  document.getElementById("page")!.append(header, el("main", {},
    best(rows, selection), chosen, holdout(rows, selection), distribution(rows, selection), importance(rows, (axis) => map.show(axis)), map.node, parallel(rows, selection)));
  selection.set(data.best[0] ?? rows.order[0]);
  // Colours of what is painted on a canvas.
  theme.addEventListener("click", () => selection.set(selection.row));
}
