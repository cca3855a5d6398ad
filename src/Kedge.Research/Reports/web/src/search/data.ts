/** What SearchPageData.cs writes. */
export interface PageData {
  file: string;
  objective: string;
  rows: number;
  shown: number;
  trials: number;
  expectedSharpe: number;
  axes: Axis[];
  id: number[];
  score: Num[];
  fields: { name: string; values: Num[] }[];
  best: number[];
  deflated: (number | null)[];
  holdout: Holdout[];
}

export type Num = number | "Infinity" | "-Infinity" | "NaN";

export interface Axis {
  path: string;
  labels: string[];
  /** Place of each row's value, one or two bytes a row, base64. */
  places: string;
  wide: boolean;
  /** The axis that switches this one, and its place that opens it. */
  gate: { axis: number; place: number } | null;
  importance: number;
}

export interface Holdout { row: number; score: Num; pnl: Num; trades: number; sharpe: Num; drawdown: Num }

/** Rows of a search with what all charts need of them. */
export class Rows {
  readonly count: number;
  readonly places: (Uint8Array | Uint16Array)[];
  /** Scores as numbers; what is none or not finite lies beyond the ends. */
  readonly score: Float64Array;
  /** Share of rows that are no better, 0 to 1. */
  readonly rank: Float64Array;
  /** Row numbers, best first. */
  readonly order: number[];
  /** Axes, most important first. */
  readonly axes: number[];
  readonly deflated = new Map<number, number | null>();
  readonly holdout = new Map<number, Holdout>();

  constructor(readonly data: PageData) {
    this.count = data.id.length;
    this.places = data.axes.map((a) => unpack(a));
    this.score = Float64Array.from(data.score, (s) => (s === "NaN" ? -Infinity : Number(s)));
    this.order = [...this.score.keys()].sort((a, b) => (this.score[a] === this.score[b] ? data.id[a] - data.id[b] : this.score[b] > this.score[a] ? 1 : -1));
    this.rank = new Float64Array(this.count);
    // Rows of one score share the rank of the first: a search may find the same thing many times.
    this.order.forEach((row, i) => {
      const above = this.order[i - 1];
      this.rank[row] = i > 0 && this.score[above] === this.score[row] ? this.rank[above] : 1 - i / Math.max(1, this.count - 1);
    });
    this.axes = data.axes.map((_, i) => i).sort((a, b) => data.axes[b].importance - data.axes[a].importance || a - b);
    data.best.forEach((row, i) => this.deflated.set(row, data.deflated[i]));
    data.holdout.forEach((h) => this.holdout.set(h.row, h));
  }

  /** Whether an axis has a meaning in a row: its switch is on. */
  open(axis: number, row: number): boolean {
    const gate = this.data.axes[axis].gate;
    return gate === null || this.places[gate.axis][row] === gate.place;
  }

  label(axis: number, row: number): string {
    return this.data.axes[axis].labels[this.places[axis][row]];
  }

  name(row: number): string {
    return `sweep_${String(this.data.id[row]).padStart(4, "0")}`;
  }
}

function unpack(axis: Axis): Uint8Array | Uint16Array {
  const bytes = Uint8Array.from(atob(axis.places), (c) => c.charCodeAt(0));
  return axis.wide ? Uint16Array.from({ length: bytes.length / 2 }, (_, i) => bytes[2 * i] + 256 * bytes[2 * i + 1]) : bytes;
}

/** The row all charts point at, and who wants to know. */
export class Selection {
  row = -1;
  private readonly listeners: (() => void)[] = [];
  onChange(listener: () => void) { this.listeners.push(listener); }
  set(row: number) { this.row = row; this.listeners.forEach((l) => l()); }
}

const short = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 5 });
const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A number as people read it. */
export function shown(value: Num | null | undefined): string {
  if (value === null || value === undefined || value === "NaN" || (typeof value === "number" && Number.isNaN(value))) return "\u2013";
  if (value === "Infinity" || value === Infinity) return "\u221e";
  if (value === "-Infinity" || value === -Infinity) return "\u2212\u221e";
  return (Math.abs(value as number) >= 10000 ? grouped : short).format(value as number).replace("-", "\u2212");
}
