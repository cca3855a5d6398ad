import {
  CandlestickSeries, createChart, createSeriesMarkers, LineStyle,
  type IChartApi, type ISeriesApi, type SeriesMarker, type Time, type UTCTimestamp,
} from "lightweight-charts";
import { el, section } from "./dom";
import { Add, Close, Open, Reduce, type Columns, type Fill, type PageData, type SymbolCandles } from "./data";
import { minute, price, priceDigits, signed, tone } from "./format";
import { colour, onTheme } from "./theme";
import { unpack } from "./unpack";

const pixelsPerBar = 4.5;
const labelBars = 320;
const rowsAtOnce = 25;
const actionNames = ["", "opened", "added", "partly closed", "closed"];

/** Candles of one traded symbol at a time, with every fill on them, and its exits as a list that leads to them. */
export function candles(data: PageData): HTMLElement {
  if (data.candles.length === 0) return section("candles", "Trades on the candles", el("p", { class: "muted" }, "Nothing was traded."));
  const select = el("select", { id: "symbol" }) as HTMLSelectElement;
  data.candles.forEach((s, i) => select.append(el("option", { value: String(i) }, `${s.symbol} (${s.fills.filter((f) => f.action > Add).length} exits)`)));
  const chartBox = el("div", { class: "chart" });
  const status = el("p", { class: "status" });
  const note = el("p", { class: "muted" });
  const list = el("div", { class: "trades" });
  const view = new CandleView(chartBox, status, data.run.intervalMs / 1000);
  const show = () => {
    const symbol = data.candles[Number(select.value)];
    note.textContent = symbol.merged ? "There were too many candles for one page: quiet stretches are merged into longer ones, candles near fills are whole." : "";
    view.show(symbol);
    list.replaceChildren(...tradeList(symbol, (f) => { view.goTo(f); chartBox.scrollIntoView({ block: "center", behavior: "smooth" }); }));
  };
  select.addEventListener("change", show);
  // The chart has its size only after it is on the page.
  requestAnimationFrame(() => requestAnimationFrame(show));
  const key = (css: string, mark: string, text: string) => el("span", {}, el("span", { class: css, "aria-hidden": "true" }, mark), " " + text);
  return section("candles", "Trades on the candles",
    el("p", {}, el("label", { for: "symbol" }, "Symbol "), select),
    el("p", { class: "legend marks" },
      key("long", "\u25b2", "long entry"), key("short", "\u25bc", "short entry"), key("long", "\u25cf", "add"),
      key("partial", "\u25a0", "partial exit"), key("win", "\u25a0", "exit with net profit"), key("lost", "\u25a0", "exit with net loss")),
    chartBox, status, note, list);
}

function tradeList(symbol: SymbolCandles, go: (fill: Fill) => void): HTMLElement[] {
  const exits = symbol.fills.filter((f) => f.action === Reduce || f.action === Close);
  const body = el("tbody");
  const more = el("button", { type: "button" });
  let shown = 0;
  const add = () => {
    for (const f of exits.slice(shown, shown + rowsAtOnce)) {
      const button = el("button", { type: "button", class: "link" }, minute(f.t));
      button.addEventListener("click", () => go(f));
      body.append(el("tr", {}, el("th", { scope: "row" }, button), el("td", {}, f.side > 0 ? "long" : "short"),
        el("td", { class: tone(f.net ?? 0) }, signed(f.net ?? 0)), el("td", { class: "text" }, f.reason),
        el("td", {}, minute(f.opened ?? f.t)), el("td", {}, price(f.entry ?? f.price)), el("td", {}, price(f.price))));
    }
    shown += rowsAtOnce;
    more.hidden = shown >= exits.length;
    more.textContent = `Show more (${Math.max(exits.length - shown, 0)} left)`;
  };
  more.addEventListener("click", add);
  add();
  const caption = `Exits of ${symbol.symbol}; choose a time to see it on the candles`;
  return [el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el("table", {}, el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ...["Exit", "side", "net", "reason", "entry", "entry price", "exit price"].map((h) =>
        el("th", { scope: "col", class: h === "reason" ? "text" : "" }, h)))), body)), more];
}

class CandleView {
  private readonly chart: IChartApi;
  private readonly series: ISeriesApi<"Candlestick">;
  private readonly markers;
  private current: (Columns & { fills: Fill[] }) | null = null;
  private labels = false;

  constructor(private readonly box: HTMLElement, private readonly status: HTMLElement, private readonly interval: number) {
    this.chart = createChart(box, {
      autoSize: true,
      timeScale: { timeVisible: interval < 86400, secondsVisible: false, rightOffset: 4 },
      handleScroll: { vertTouchDrag: false },
      localization: { locale: "en-GB" },
    });
    this.series = this.chart.addSeries(CandlestickSeries, { borderVisible: false, priceLineVisible: false, lastValueVisible: false });
    this.markers = createSeriesMarkers(this.series, []);
    this.chart.subscribeCrosshairMove((p) => this.tell(p.time as number | undefined));
    this.chart.timeScale().subscribeVisibleLogicalRangeChange((r) => {
      const labels = r !== null && r.to - r.from < labelBars / 2;
      if (labels !== this.labels) { this.labels = labels; this.mark(); }
    });
    onTheme(() => this.paint());
    this.paint();
  }

  show(packed: SymbolCandles) {
    const symbol = { ...unpack(packed, this.interval * 1000), fills: packed.fills };
    this.current = symbol;
    const digits = priceDigits(symbol.c[symbol.c.length - 1]);
    this.series.applyOptions({ priceFormat: { type: "price", precision: digits, minMove: Math.pow(10, -digits) } });
    this.series.setData(symbol.t.map((t, i) => ({ time: t as UTCTimestamp, open: symbol.o[i], high: symbol.h[i], low: symbol.l[i], close: symbol.c[i] })));
    this.mark();
    this.chart.priceScale("right").applyOptions({ autoScale: true });
    const bars = Math.min(Math.max(40, Math.round(this.box.clientWidth / pixelsPerBar)), symbol.t.length);
    this.range(symbol.t.length - bars, symbol.t.length + 3);
    this.tell(undefined);
  }

  goTo(fill: Fill) {
    if (!this.current) return;
    const from = this.bar(fill.opened ?? fill.t);
    const to = this.bar(fill.t);
    const pad = Math.max(20, (to - from) * 0.6);
    this.chart.priceScale("right").applyOptions({ autoScale: true });
    this.range(from - pad, to + pad);
  }

  private range(from: number, to: number) {
    this.chart.timeScale().setVisibleLogicalRange({ from, to });
  }

  /** The candle a moment belongs to: the last that opened before it. */
  private bar(ms: number): number {
    const t = this.current!.t;
    let low = 0, high = t.length;
    while (low < high) { const mid = (low + high) >> 1; if (t[mid] * 1000 < ms) low = mid + 1; else high = mid; }
    return Math.max(low - 1, 0);
  }

  private mark() {
    if (!this.current) return;
    const marks: SeriesMarker<Time>[] = this.current.fills.map((f) => {
      const time = this.current!.t[this.bar(f.t)] as UTCTimestamp;
      const long = f.side > 0;
      const own = colour(long ? "long" : "short");
      if (f.action === Open) return { time, price: f.price, position: long ? "atPriceBottom" : "atPriceTop", shape: long ? "arrowUp" : "arrowDown", color: own, size: 1.4 };
      if (f.action === Add) return { time, price: f.price, position: long ? "atPriceBottom" : "atPriceTop", shape: "circle", color: own, size: 0.7 };
      const result = f.action === Reduce ? "partial" : (f.net ?? 0) > 0 ? "win" : "lost";
      return {
        time, price: f.price, position: long ? "atPriceTop" : "atPriceBottom", shape: "square", color: colour(result),
        size: f.action === Reduce ? 0.7 : 0.9, text: this.labels ? signed(f.net ?? 0) : undefined,
      };
    });
    this.markers.setMarkers(marks);
  }

  private tell(time: number | undefined) {
    const s = this.current;
    const i = s && time !== undefined ? s.t.indexOf(time) : -1;
    if (!s || i < 0) { this.status.textContent = "Point at a candle to read it and its fills."; return; }
    const digits = priceDigits(s.c[i]);
    const fills = s.fills.filter((f) => this.bar(f.t) === i).map((f) =>
      `${f.side > 0 ? "long" : "short"} ${actionNames[f.action]} at ${price(f.price, digits)}${f.net === undefined ? "" : ` (${signed(f.net)})`}: ${f.reason}`);
    this.status.textContent = [`${minute(time! * 1000)} open ${price(s.o[i], digits)} high ${price(s.h[i], digits)} low ${price(s.l[i], digits)} close ${price(s.c[i], digits)}`, ...fills].join(" \u00b7 ");
  }

  private paint() {
    this.chart.applyOptions({
      layout: { background: { color: colour("panel") }, textColor: colour("muted"), fontSize: 12 },
      grid: { vertLines: { visible: false }, horzLines: { color: colour("line"), style: LineStyle.Solid } },
      rightPriceScale: { borderColor: colour("line") },
      timeScale: { borderColor: colour("line") },
    });
    this.series.applyOptions({ upColor: colour("up"), downColor: colour("down"), wickUpColor: colour("up"), wickDownColor: colour("down") });
    this.mark();
  }
}
