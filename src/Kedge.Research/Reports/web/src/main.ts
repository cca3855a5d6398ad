import { candles } from "./candles";
import { curves } from "./curves";
import type { PageData } from "./data";
import { el, section } from "./dom";
import { minute } from "./format";
import { distributions } from "./histogram";
import { months } from "./months";
import { drawdowns, figures, funnel, groups, metrics } from "./tables";
import { themeButton } from "./theme";

const data = JSON.parse(document.getElementById("data")!.textContent!) as PageData;
const run = data.run;
const finer = (run.exitInterval ? `, exits on ${run.exitInterval}` : "") + (run.entryInterval ? `, entries on ${run.entryInterval}` : "");

const header = el("header", {},
  el("div", {}, el("h1", {}, `Kedge replay, ${run.interval}`),
    el("p", {}, `${minute(run.fromMs)} to ${minute(run.toMs)} UTC \u00b7 ${run.days.toFixed(1)} days \u00b7 ${run.symbols} symbols${finer} \u00b7 ` +
      `fee ${run.takerFeeBps} bp, slippage ${run.slippageBps} bp`)),
  themeButton());

const notes = data.notes.length === 0 ? null
  : section("notes", "What to know", el("ul", {}, ...data.notes.map((n) => el("li", {}, n))));

const line = (name: string, value: string) => [el("dt", {}, name), el("dd", {}, el("code", {}, value))];
const reproduce = section("reproduce", "Reproduce",
  el("dl", { class: "facts" }, ...line("Version", run.version), ...line("Config id", run.configId), ...line("Data hash", run.dataHash),
    ...line("State hash", run.stateHash), ...line("Command", run.command)));

document.getElementById("page")!.append(header, el("main", {},
  figures(data), curves(data), months(data), candles(data), groups(data), funnel(data), metrics(data),
  drawdowns(data), distributions(data), ...(notes ? [notes] : []), reproduce));
