// Runs named steps and prints one JSON line for each. A step that fails does not stop the others, but the exit status is 1.
// Settings come from the environment: EXCHANGE_URL, ACCOUNT (address), KEY (of the account or of its agent), SYMBOL, NETWORK (mainnet | testnet).
import { WebSocket } from "ws";

// Node 20 has no global WebSocket.
globalThis.WebSocket ??= WebSocket;

function setting(name, otherwise) {
  const value = process.env[name] ?? otherwise;
  if (value === undefined) {
    console.error(`The environment variable ${name} is missing.`);
    process.exit(2);
  }

  return value;
}

const url = setting("EXCHANGE_URL").replace(/\/$/, "");

export const settings = {
  url,
  wsUrl: `${url.replace(/^http/, "ws")}/ws`,
  account: setting("ACCOUNT"),
  key: setting("KEY"),
  symbol: setting("SYMBOL", "ETH"),
  isTestnet: setting("NETWORK", "mainnet") === "testnet",
};

const stepTimeoutMs = 20_000;
let failures = 0;

export function check(condition, what) {
  if (!condition) {
    throw new Error(what);
  }
}

export function within(promise, what, ms = stepTimeoutMs) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing after ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export async function step(name, run) {
  try {
    const detail = await within(run(), name);
    console.log(JSON.stringify({ step: name, ok: true, detail: detail === undefined ? "" : String(detail) }));
  } catch (error) {
    failures++;
    console.log(JSON.stringify({ step: name, ok: false, detail: String(error?.message ?? error).slice(0, 2_000) }));
  }
}

// Waits until what is looked at is so; a stream or a record may come a moment later than the answer.
export async function until(look, what, ms = 10_000) {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen) {
      return seen;
    }

    check(Date.now() < end, `${what}: not so after ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function finish() {
  process.exit(failures === 0 ? 0 : 1);
}
