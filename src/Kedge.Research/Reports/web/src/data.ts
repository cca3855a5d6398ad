/** The data block of the page, as TearSheetData.cs writes it. Non-finite numbers come as strings. */
export type Num = number | "Infinity" | "-Infinity" | "NaN";

export interface CurveMetrics {
  final: Num; ret: Num; cagr: Num; sharpe: Num; sortino: Num; calmar: Num;
  volatility: Num; drawdown: Num; drawdownUsd: Num;
}

export interface Group {
  key: string; trades: number; winRate: Num; pnl: Num; gross: Num; avg: Num; factor: Num;
}

export interface Fill {
  t: number; id: number; action: number; side: number; price: number; size: number; reason: string;
  net?: number; entry?: number; opened?: number;
}

/** Candles as PackedCandles.cs writes them: `start` in ms, `bars` base64. */
export interface SymbolCandles {
  symbol: string; merged: boolean;
  start: number; count: number; decimals: number; bars: string;
  fills: Fill[];
}

/** Unpacked candles: open times in seconds, and prices. */
export interface Columns { t: number[]; o: number[]; h: number[]; l: number[]; c: number[] }

export interface PageData {
  run: {
    version: string; configId: string; dataHash: string; stateHash: string; command: string;
    interval: string; intervalMs: number; exitInterval: string | null; entryInterval: string | null;
    fromMs: number; toMs: number; days: number; symbols: number; initialBalance: number;
    slippageBps: number; takerFeeBps: number; funding: boolean;
  };
  metrics: {
    market: CurveMetrics; realised: CurveMetrics; hold: CurveMetrics | null; holdSymbols: number;
    trades: number; fills: number; totalPnl: Num; pnl: Num; pnlGross: Num; winRate: Num; winRateGross: Num;
    factor: Num; factorGross: Num; avg: Num; avgGross: Num; avgWin: Num; avgWinGross: Num;
    avgLoss: Num; avgLossGross: Num; fees: Num; funding: Num; slippage: Num; turnover: Num;
    timeInMarket: Num; avgExposure: Num; maxExposure: Num; maxMarginUse: Num; avgPositions: Num; maxPositions: number;
  };
  curve: { t: number[]; equity: number[]; under: number[]; hold: number[]; holdUnder: number[] };
  months: [number, number, number][];
  dailyReturns: number[];
  tradeReturns: number[];
  symbols: Group[]; sides: Group[]; confidences: Group[]; reasons: Group[];
  drawdowns: { start: number; trough: number; end: number; depth: number; usd: number; lengthMs: number }[];
  funnel: {
    evaluations: number; long: number; short: number; modes: number[];
    gates: [string, number][]; stops: [string, number][]; opened: number; added: number;
  };
  notes: string[];
  candles: SymbolCandles[];
}

export const Open = 1;
export const Add = 2;
export const Reduce = 3;
export const Close = 4;
