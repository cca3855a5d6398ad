/** Round values between two numbers, about `wanted` of them. */
export function ticks(low: number, high: number, wanted: number): number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const raw = span / wanted;
  const power = Math.pow(10, Math.floor(Math.log10(raw)));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= raw) ?? 10 * power;
  const values: number[] = [];
  for (let v = Math.ceil(low / step) * step; v <= high + step * 1e-9; v += step) values.push(Math.abs(v) < step * 1e-9 ? 0 : v);
  return values;
}

/** Times for an axis: first days of months when the span is long, else days, else hours. */
export function timeTicks(from: number, to: number, wanted: number): { t: number; text: string }[] {
  const dayMs = 86400000;
  const days = (to - from) / dayMs;
  if (days < 3) {
    const step = Math.max(1, Math.ceil((days * 24) / wanted)) * 3600000;
    return range(Math.ceil(from / step) * step, to, step).map((t) => ({ t, text: new Date(t).toISOString().slice(5, 16).replace("T", " ") }));
  }
  if (days < 75) {
    const step = Math.ceil(days / wanted) * dayMs;
    return range(Math.ceil(from / dayMs) * dayMs, to, step).map((t) => ({ t, text: new Date(t).toISOString().slice(5, 10) }));
  }
  const months = Math.ceil(days / 30.4 / wanted);
  const step = [1, 2, 3, 6, 12, 24, 36, 60, 120].find((m) => m >= months) ?? 240;
  const out: { t: number; text: string }[] = [];
  const first = new Date(from);
  for (let m = first.getUTCFullYear() * 12; ; m += step) {
    const t = Date.UTC(Math.floor(m / 12), m % 12, 1);
    if (t > to) return out;
    if (t >= from) out.push({ t, text: new Date(t).toISOString().slice(0, step % 12 === 0 ? 4 : 7) });
  }
}

function range(from: number, to: number, step: number): number[] {
  const values: number[] = [];
  for (let v = from; v <= to; v += step) values.push(v);
  return values;
}
