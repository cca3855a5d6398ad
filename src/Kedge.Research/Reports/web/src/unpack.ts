import type { Columns, SymbolCandles } from "./data";

/** Reads what PackedCandles.cs wrote. */
export function unpack(symbol: SymbolCandles, intervalMs: number): Columns {
  const bytes = Uint8Array.from(atob(symbol.bars), (c) => c.charCodeAt(0));
  const scale = Math.pow(10, symbol.decimals);
  const columns: Columns = { t: [], o: [], h: [], l: [], c: [] };
  let at = 0;
  // Multiplication instead of shifts: whole numbers may be longer than 32 bits.
  const unsigned = () => {
    let value = 0;
    for (let place = 1; ; place *= 128) {
      const byte = bytes[at++];
      value += (byte % 128) * place;
      if (byte < 128) return value;
    }
  };
  const signed = () => {
    const value = unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  };
  let time = symbol.start;
  let close = 0;
  for (let i = 0; i < symbol.count; i++) {
    time += unsigned() * intervalMs;
    const open = close + signed();
    close = open + signed();
    const high = Math.max(open, close) + unsigned();
    const low = Math.min(open, close) - unsigned();
    columns.t.push(time / 1000);
    columns.o.push(open / scale);
    columns.h.push(high / scale);
    columns.l.push(low / scale);
    columns.c.push(close / scale);
  }
  return columns;
}
