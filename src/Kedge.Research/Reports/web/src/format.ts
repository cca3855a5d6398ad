import type { Num } from "./data";

const two = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const none = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const minus = (text: string) => text.replace("-", "\u2212");

function special(value: Num): string | null {
  if (value === "Infinity") return "\u221e";
  if (value === "-Infinity") return "\u2212\u221e";
  return value === "NaN" ? "\u2013" : null;
}

export const money = (value: Num) => special(value) ?? minus(two.format(value as number));
export const ratio = money;
export const count = (value: number) => none.format(value);
export const whole = (value: number) => minus(none.format(value));
export const percent = (value: Num, digits = 2) =>
  special(value) ?? minus((100 * (value as number)).toFixed(digits)) + "\u00a0%";
const plus = (value: Num, text: string) => (typeof value === "number" && value > 0 && /[1-9]/.test(text) ? "+" : "") + text;
export const signed = (value: Num) => plus(value, money(value));
export const signedPercent = (value: Num, digits = 2) => plus(value, percent(value, digits));
export const tone = (value: Num) => (typeof value !== "number" || value === 0 ? "" : value > 0 ? "good" : "bad");

export const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
export const minute = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace("T", " ");

/** Decimals that show a price to about six significant figures. */
export function priceDigits(price: number): number {
  if (!(price > 0)) return 2;
  return Math.min(10, Math.max(0, 5 - Math.floor(Math.log10(price))));
}
export const price = (value: number, digits = priceDigits(value)) => value.toFixed(digits);
