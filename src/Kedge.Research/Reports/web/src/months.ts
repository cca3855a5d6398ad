import { el, section } from "./dom";
import type { PageData } from "./data";
import { signedPercent } from "./format";

const names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Return of every month as a heat map, one row a year. */
export function months(data: PageData): HTMLElement {
  const years = [...new Set(data.months.map((m) => m[0]))];
  const largest = Math.max(...data.months.map((m) => Math.abs(m[2])), 1e-9);
  const rows = years.map((year) => {
    const own = data.months.filter((m) => m[0] === year);
    const total = own.reduce((product, m) => product * (1 + m[2]), 1) - 1;
    return el("tr", {}, el("th", { scope: "row" }, String(year)),
      ...names.map((_, i) => heat(own.find((m) => m[1] === i + 1)?.[2], largest)),
      heat(total, Infinity));
  });
  return section("months", "Monthly returns",
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Monthly returns" },
      el("table", { class: "heat" },
        el("caption", {}, "Change of equity by month in percent; the first and the last month may be incomplete."),
        el("thead", {}, el("tr", {}, ...["Year", ...names, "Year total"].map((n) => el("th", { scope: "col" }, n)))),
        el("tbody", {}, ...rows))));
}

function heat(value: number | undefined, largest: number): HTMLElement {
  if (value === undefined) return el("td", { class: "empty" }, "");
  const share = Math.round((Math.abs(value) / largest) * 60);
  const cell = el("td", { class: share > 0 ? (value >= 0 ? "gain" : "loss") : "" }, signedPercent(value, 1).replace("\u00a0%", ""));
  cell.style.setProperty("--heat", `${Math.max(share, 6)}%`);
  return cell;
}
