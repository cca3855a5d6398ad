// What a bot does, through ccxt: the broadest traffic at start, its own msgpack, Keccak and curve. BUILDER=refused says that the exchange refuses to
// approve a builder; ccxt then goes on without one.
import ccxt from "ccxt";
import { check, finish, settings, step, until } from "./steps.mjs";

const { url, wsUrl, account, key, symbol, isTestnet } = settings;
const market = `${symbol}/USDC:USDC`;
const exchange = new ccxt.pro.hyperliquid({ walletAddress: account, privateKey: key, enableRateLimit: false });
exchange.options.sandboxMode = isTestnet;
exchange.urls.api = { public: url, private: url, ws: { public: wsUrl } };

let last = 0;
let amount = 0;
let resting;
const at = (factor) => exchange.priceToPrecision(market, last * factor);
const heardOrders = [];
const heardTrades = [];
let isListening = true;

async function listen(next, into) {
  while (isListening) {
    try {
      into.push(...(await next()));
    } catch (error) {
      if (isListening) {
        into.push({ error: String(error) });
        return;
      }
    }
  }
}

await step("connect", async () => {
  // Without this ccxt refuses ws:// addresses.
  await exchange.loadHttpProxyAgent();
});

await step("load markets", async () => {
  await exchange.loadMarkets();
  check(exchange.markets[market]?.swap, `${market} is a market`);
  return `${exchange.symbols.length} symbols`;
});

await step("prices", async () => {
  const ticker = await exchange.fetchTicker(market);
  last = ticker.last ?? ticker.close ?? (ticker.info.midPx && Number(ticker.info.midPx));
  check(last > 0, "a price above zero");
  const book = await exchange.fetchOrderBook(market);
  check(book.bids[0][0] < book.asks[0][0], "the book does not cross");
  amount = Number(exchange.amountToPrecision(market, 50 / last));
});

await step("candles", async () => {
  const bars = await exchange.fetchOHLCV(market, "1m", Date.now() - 3_600_000);
  check(bars.length > 0 && bars.every((b) => b[2] >= b[3]), "candles of the last hour");
  return `${bars.length} candles`;
});

await step("balance", async () => {
  const balance = await exchange.fetchBalance();
  check(balance.USDC.total > 0, "funds");
  return balance.USDC.total;
});

await step("market streams", async () => {
  const book = await exchange.watchOrderBook(market);
  check(book.bids.length > 0, "a book");
  check((await exchange.watchOHLCV(market, "1m")).length > 0, "a candle");
  check(Number((await exchange.watchTicker(market)).info !== undefined), "a ticker");
});

await step("user streams", async () => {
  listen(() => exchange.watchOrders(market), heardOrders);
  listen(() => exchange.watchMyTrades(market), heardTrades);
  await until(() => Object.values(exchange.clients).some((c) => Object.keys(c.subscriptions).length >= 5), "both subscribed");
});

await step("leverage", async () => {
  await exchange.setMarginMode("cross", market, { leverage: 5 });
  await exchange.setLeverage(5, market);
});

await step("place limit", async () => {
  resting = await exchange.createOrder(market, "limit", "buy", amount, at(0.9));
  check(resting.id, "it has an id");
  const open = await exchange.fetchOpenOrders(market);
  check(open.some((o) => o.id === resting.id), "it is among the open orders");
  check((await exchange.fetchOrder(resting.id, market)).status === "open", "it is open");
  await until(() => heardOrders.some((o) => o.id === resting.id), "it is on the stream");
  return resting.id;
});

await step("modify", async () => {
  const edited = await exchange.editOrder(resting.id, market, "limit", "buy", amount, at(0.88));
  const open = await exchange.fetchOpenOrders(market);
  check(!open.some((o) => o.id === resting.id), "the old order is gone");
  resting = open.find((o) => o.id === edited.id) ?? open[0];
  check(resting && Number(resting.price) === Number(at(0.88)), "the new one has the new price");
});

await step("cancel", async () => {
  await exchange.cancelOrder(resting.id, market);
  check((await exchange.fetchOpenOrders(market)).length === 0, "nothing is open");
  await until(() => heardOrders.some((o) => o.id === resting.id && o.status === "canceled"), "its end is on the stream");
});

await step("fill", async () => {
  const order = await exchange.createOrder(market, "market", "buy", amount, last);
  const fill = await until(async () => (await exchange.fetchMyTrades(market)).find((t) => t.order === order.id), "the fill");
  check(fill.fee.cost > 0, "it paid a fee");
  await until(() => heardTrades.some((t) => t.order === order.id), "it is on the stream");
  return `${fill.amount} at ${fill.price}`;
});

await step("positions", async () => {
  const [position] = await exchange.fetchPositions([market]);
  check(position?.side === "long" && position.contracts === amount, "the position is long");
  check(position.leverage === 5, "it has the leverage that was set");
});

await step("place trigger", async () => {
  const stop = await exchange.createOrder(market, "market", "sell", amount, at(0.8), { stopLossPrice: at(0.8), reduceOnly: true });
  const open = await exchange.fetchOpenOrders(market);
  check(open.length === 1 && Number(open[0].triggerPrice) === Number(at(0.8)), "it waits for its trigger");
  await exchange.cancelOrder(open[0].id, market);
  return stop.id;
});

await step("refusal", async () => {
  const smallest = exchange.markets[market].precision.amount;
  const words = await exchange.createOrder(market, "limit", "buy", smallest, at(0.9)).then(() => "taken", (error) => String(error));
  check(/minimum value of \$10/.test(words), `too small an order is refused with the venue's words, not: ${words}`);
});

await step("close", async () => {
  await exchange.createOrder(market, "market", "sell", amount, last, { reduceOnly: true });
  const positions = await exchange.fetchPositions([market]);
  check(positions.every((p) => p.contracts === 0), "the position is gone");
});

await step("history", async () => {
  check((await exchange.fetchMyTrades(market, Date.now() - 3_600_000)).length >= 2, "the fills by time");
  await exchange.fetchOrders(market);
  await exchange.fetchFundingRateHistory(market, Date.now() - 86_400_000);
  await exchange.fetchFundingHistory(market, Date.now() - 86_400_000);
});

await step("streams without a fault", async () => {
  const faults = [...heardOrders, ...heardTrades].filter((e) => e.error);
  check(faults.length === 0, faults[0]?.error);
});

await step("builder", async () => {
  // What the exchange answered to approveBuilderFee decides whether orders bear a builder.
  const expected = process.env.BUILDER !== "refused";
  check(Boolean(exchange.options.approvedBuilderFee) === expected, `a builder is ${expected ? "" : "not "}approved`);
});

isListening = false;
await exchange.close().catch(() => {});
finish();
