import { el, section, table, type Cell } from "./dom";
import type { CurveMetrics, Group, Num, PageData } from "./data";
import { count, day, money, percent, ratio, signed, signedPercent, tone } from "./format";

/** The figures people look for first. */
export function figures(data: PageData): HTMLElement {
  const m = data.metrics;
  const card = (name: string, value: string, note: string, css = "") =>
    el("div", { class: "card" }, el("dt", {}, name), el("dd", { class: css }, value), el("dd", { class: "note" }, note));
  return section("figures", "At a glance",
    el("dl", { class: "cards" },
      card("Return", signedPercent(m.market.ret), `${signed(m.totalPnl)} net`, tone(m.market.ret)),
      card("Buy and hold", m.hold ? signedPercent(m.hold.ret) : "\u2013", `${count(m.holdSymbols)} symbols`, m.hold ? tone(m.hold.ret) : ""),
      card("Sharpe", ratio(m.market.sharpe), "daily, 365 days"),
      card("Sortino", ratio(m.market.sortino), "daily, 365 days"),
      card("Max drawdown", percent(m.market.drawdown), "marked to market"),
      card("Profit factor", ratio(m.factor), `${ratio(m.factorGross)} before fees`),
      card("Win rate", percent(m.winRate, 1), `${count(m.trades)} exits`),
      card("Fees", money(m.fees), data.run.funding ? `funding ${signed(m.funding)}` : "funding not charged")));
}

export function metrics(data: PageData): HTMLElement {
  const m = data.metrics;
  const row = (name: string, text: (c: CurveMetrics) => string) =>
    [name, text(m.market), text(m.realised), m.hold ? text(m.hold) : "\u2013"];
  const pair = (name: string, net: string, gross: string) => [name, net, gross];
  return section("metrics", "Metrics",
    el("div", { class: "pair" },
      table("Risk and return", ["", "to market", "realised", "buy and hold"], [
        row("Return", (c) => signedPercent(c.ret)),
        row("CAGR", (c) => signedPercent(c.cagr)),
        row("Sharpe", (c) => ratio(c.sharpe)),
        row("Sortino", (c) => ratio(c.sortino)),
        row("Calmar", (c) => ratio(c.calmar)),
        row("Volatility", (c) => percent(c.volatility)),
        row("Max drawdown", (c) => percent(c.drawdown)),
        row("Max drawdown, money", (c) => money(c.drawdownUsd)),
        row("Final", (c) => money(c.final)),
      ]),
      table("Trades: net of fees, and before fees", ["", "net", "gross"], [
        pair("Profit of trades", signed(m.pnl), signed(m.pnlGross)),
        pair("Win rate", percent(m.winRate, 1), percent(m.winRateGross, 1)),
        pair("Profit factor", ratio(m.factor), ratio(m.factorGross)),
        pair("Average trade", signed(m.avg), signed(m.avgGross)),
        pair("Average win", money(m.avgWin), money(m.avgWinGross)),
        pair("Average loss", money(m.avgLoss), money(m.avgLossGross)),
      ]),
      table("Costs", ["", "amount"], [
        ["Fees", money(m.fees)],
        ["Funding", data.run.funding ? signed(m.funding) : "not charged"],
        ["Slippage (estimate)", money(m.slippage)],
        ["Fills", count(m.fills)],
        ["Turnover of equity", ratio(m.turnover) + "\u00d7"],
      ]),
      table("Exposure, weighted by time", ["", "value"], [
        ["Time in market", percent(m.timeInMarket, 1)],
        ["Average notional \u00f7 equity", ratio(m.avgExposure) + "\u00d7"],
        ["Highest notional \u00f7 equity", ratio(m.maxExposure) + "\u00d7"],
        ["Highest margin \u00f7 equity", percent(m.maxMarginUse, 1)],
        ["Average positions", ratio(m.avgPositions)],
        ["Most positions", count(m.maxPositions)],
      ])));
}

export function groups(data: PageData): HTMLElement {
  return section("groups", "Where it came from",
    el("div", { class: "pair" },
      wide(group("By exit reason", "Reason", data.reasons)),
      group("By symbol", "Symbol", data.symbols),
      stack(group("By side", "Side", data.sides), group("By confidence", "Tier", data.confidences))));
}

const stack = (...elements: HTMLElement[]) => el("div", { class: "stack" }, ...elements);

function wide(element: HTMLElement): HTMLElement {
  element.classList.add("wide");
  return element;
}

function group(caption: string, key: string, rows: Group[]): HTMLElement {
  if (rows.length === 0) return el("p", { class: "muted" }, `${caption}: no trades.`);
  const cell = (value: Num, text: string): Cell => ({ text, tone: tone(value) });
  return table(`${caption}, net of fees`, [key, "trades", "win rate", "net", "gross", "average", "factor"],
    rows.map((g) => [g.key, count(g.trades), percent(g.winRate, 1), cell(g.pnl, signed(g.pnl)), signed(g.gross), signed(g.avg), ratio(g.factor)]));
}

export function drawdowns(data: PageData): HTMLElement {
  const rows = data.drawdowns.map((d) => [day(d.start), day(d.trough), d.end ? day(d.end) : "not yet",
    percent(d.depth), money(d.usd), `${(d.lengthMs / 86400000).toFixed(1)} d`]);
  return section("drawdowns", "Worst drawdowns", rows.length
    ? table("The five deepest, marked to market", ["From", "deepest", "recovered", "depth", "money", "length"], rows)
    : el("p", { class: "muted" }, "Equity never fell below an earlier peak."));
}

/** Says why entries did not happen. */
export function funnel(data: PageData): HTMLElement {
  const f = data.funnel;
  const signals = f.long + f.short;
  const line = (label: string, n: number, whole: number): (string | Cell)[] => {
    const share = whole > 0 ? n / whole : 0;
    return [label, count(n), { text: percent(share, 1), bar: share }];
  };
  const modes = ["standard trend", "pullback", "slow drift"].map((name, i) => line(`Mode ${i + 1}: ${name}`, f.modes[i], signals));
  return section("funnel", "Why entries did not happen",
    el("ol", { class: "flow" },
      step(count(f.evaluations), "evaluations"),
      step(count(signals), `raw signals (${count(f.long)} long, ${count(f.short)} short)`),
      step(count(f.opened), "positions opened"),
      step(count(f.added), "adds made")),
    el("div", { class: "pair" },
      table("Evaluations blocked by each gate (several can block one)", ["Gate", "blocked", "of evaluations"],
        f.gates.map(([label, n]) => line(label, n, f.evaluations))),
      stack(table("What first stopped a raw signal", ["Stopped by", "signals", "of raw signals"],
        f.stops.filter(([, n]) => n > 0).map(([label, n]) => line(label, n, signals))),
      table("Raw signals by entry mode", ["Mode", "signals", "of raw signals"], modes))));
}

const step = (n: string, label: string) => el("li", {}, el("strong", {}, n), " ", label);
