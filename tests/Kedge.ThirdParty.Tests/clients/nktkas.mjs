// What a bot does, through @nktkas/hyperliquid: strict about shapes, signs with viem. The same orders go over REST and over the WebSocket.
import { randomBytes } from "node:crypto";
import { ExchangeClient, HttpTransport, InfoClient, SubscriptionClient, WebSocketTransport } from "@nktkas/hyperliquid";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { check, finish, settings, step, until } from "./steps.mjs";

const { url, wsUrl, account: user, key, symbol, isTestnet } = settings;
const wallet = privateKeyToAccount(key);
const http = new HttpTransport({ apiUrl: url, isTestnet });
const socket = new WebSocketTransport({ url: wsUrl, isTestnet });
const info = new InfoClient({ transport: http });
const streams = new SubscriptionClient({ transport: socket });

let asset = -1;
let sizeDecimals = 0;
const price = (value) => String(Number(value.toPrecision(5)));
const cloid = () => `0x${randomBytes(16).toString("hex")}`;
const mid = async () => Number((await info.allMids())[symbol]);
const size = async () => (Math.ceil((50 / (await mid())) * 10 ** sizeDecimals) / 10 ** sizeDecimals).toFixed(sizeDecimals);

// The library throws for a refused order; a status that is no error is the order.
const statusOf = (answer) => answer.response.data.statuses[0];

const heard = { orderUpdates: [], userFills: [], userEvents: [], fundings: 0, mids: 0, bbo: 0, book: 0, candles: 0, context: 0, state: 0, web: 0 };

await step("connect", async () => {
  await socket.ready();
});

await step("load markets", async () => {
  const meta = await info.meta();
  asset = meta.universe.findIndex((a) => a.name === symbol);
  check(asset >= 0, `${symbol} is not in meta`);
  sizeDecimals = meta.universe[asset].szDecimals;
  const [again, contexts] = await info.metaAndAssetCtxs();
  check(again.universe.length === contexts.length, "one context a symbol");
  await info.spotMeta();
  await info.perpDexs();
  return `${meta.universe.length} symbols`;
});

await step("prices", async () => {
  check((await mid()) > 0, "a mid above zero");
  const book = await info.l2Book({ coin: symbol });
  check(book.levels[0].length > 0 && book.levels[1].length > 0, "both sides of the book");
  check(Number(book.levels[0][0].px) < Number(book.levels[1][0].px), "the book does not cross");
});

await step("candles", async () => {
  const bars = await info.candleSnapshot({ coin: symbol, interval: "1m", startTime: Date.now() - 3_600_000 });
  check(bars.length > 0, "candles of the last hour");
  check(bars.every((b) => b.s === symbol && Number(b.h) >= Number(b.l)), "candles of the symbol");
  return `${bars.length} candles`;
});

await step("market streams", async () => {
  await streams.allMids(() => heard.mids++);
  await streams.bbo({ coin: symbol }, () => heard.bbo++);
  await streams.l2Book({ coin: symbol }, () => heard.book++);
  await streams.candle({ coin: symbol, interval: "1m" }, () => heard.candles++);
  await streams.trades({ coin: symbol }, () => {});
  await streams.activeAssetCtx({ coin: symbol }, () => heard.context++);
  await until(() => heard.mids > 0 && heard.bbo > 0 && heard.book > 0 && heard.context > 0, "mids, quote, book and context");
});

await step("user streams", async () => {
  await streams.orderUpdates({ user }, (updates) => heard.orderUpdates.push(...updates));
  await streams.userFills({ user }, (message) => heard.userFills.push(message));
  await streams.userEvents({ user }, (message) => heard.userEvents.push(message));
  await streams.userFundings({ user }, () => heard.fundings++);
  await streams.userNonFundingLedgerUpdates({ user }, () => {});
  await streams.clearinghouseState({ user }, () => heard.state++);
  await streams.webData2({ user }, () => heard.web++);
  await until(() => heard.userFills.some((m) => m.isSnapshot === true), "a snapshot of fills");
  await until(() => heard.state > 0 && heard.web > 0, "the state of the account");
});

const heardOrder = (oid, status) =>
  until(() => heard.orderUpdates.some((u) => u.order.oid === oid && u.status === status), `order ${oid} ${status} on the stream`);

const live = async (oid) => (await info.openOrders({ user })).some((o) => o.oid === oid);

for (const [name, transport] of [["rest", http], ["socket", socket]]) {
  const exchange = new ExchangeClient({ transport, wallet, isTestnet });
  let resting = 0;
  let modified = 0;

  await step(`${name}: leverage`, async () => {
    await exchange.updateLeverage({ asset, isCross: true, leverage: 5 });
  });

  await step(`${name}: place limit`, async () => {
    const c = cloid();
    const order = { a: asset, b: true, p: price((await mid()) * 0.9), s: await size(), r: false, t: { limit: { tif: "Gtc" } }, c };
    const status = statusOf(await exchange.order({ orders: [order], grouping: "na" }));
    resting = status.resting.oid;
    check(status.resting.cloid === c, "our id comes back");
    check(await live(resting), "it is among the open orders");
    const found = await info.orderStatus({ user, oid: c });
    check(found.status === "order" && found.order.order.oid === resting && found.order.status === "open", "it is found by our id");
    await heardOrder(resting, "open");
    return resting;
  });

  await step(`${name}: modify`, async () => {
    const order = { a: asset, b: true, p: price((await mid()) * 0.88), s: await size(), r: false, t: { limit: { tif: "Gtc" } } };
    await exchange.modify({ oid: resting, order });
    await heardOrder(resting, "canceled");
    const open = await until(async () => (await info.frontendOpenOrders({ user })).find((o) => o.coin === symbol && o.limitPx !== undefined && !o.isTrigger), "the new order");
    modified = open.oid;
    check(modified !== resting, "it has a new id");
    check(Number(open.limitPx) === Number(order.p), "it has the new price");
  });

  await step(`${name}: cancel`, async () => {
    await exchange.cancel({ cancels: [{ a: asset, o: modified }] });
    await heardOrder(modified, "canceled");
    check(!(await live(modified)), "it is no longer among the open orders");
  });

  await step(`${name}: cancel by client id`, async () => {
    const c = cloid();
    const order = { a: asset, b: true, p: price((await mid()) * 0.9), s: await size(), r: false, t: { limit: { tif: "Alo" } }, c };
    const oid = statusOf(await exchange.order({ orders: [order], grouping: "na" })).resting.oid;
    await exchange.cancelByCloid({ cancels: [{ asset, cloid: c }] });
    check(!(await live(oid)), "it is no longer among the open orders");
  });

  await step(`${name}: fill`, async () => {
    const order = { a: asset, b: true, p: price((await mid()) * 1.05), s: await size(), r: false, t: { limit: { tif: "Ioc" } } };
    const filled = statusOf(await exchange.order({ orders: [order], grouping: "na" })).filled;
    check(Number(filled.totalSz) === Number(order.s), "it is filled whole");
    const fill = await until(async () => (await info.userFills({ user })).find((f) => f.oid === filled.oid), "the fill");
    check(fill.crossed && Number(fill.fee) > 0, "it took and paid a fee");
    await until(() => heard.userFills.some((m) => m.isSnapshot !== true && m.fills.some((f) => f.oid === filled.oid)), "the fill on the stream");
    await until(() => heard.userEvents.some((m) => m.fills?.some((f) => f.oid === filled.oid)), "the fill among the user's events");
    return `${filled.totalSz} at ${filled.avgPx}`;
  });

  await step(`${name}: positions`, async () => {
    const state = await info.clearinghouseState({ user });
    const position = state.assetPositions.find((p) => p.position.coin === symbol)?.position;
    check(Number(position?.szi) > 0, "the position is long");
    check(position.leverage.value === 5, "it has the leverage that was set");
    check(Number(state.marginSummary.totalMarginUsed) > 0, "it binds margin");
  });

  await step(`${name}: place trigger`, async () => {
    const now = await mid();
    const position = (await info.clearinghouseState({ user })).assetPositions.find((p) => p.position.coin === symbol).position;
    const order = { a: asset, b: false, p: price(now * 0.7), s: position.szi, r: true, t: { trigger: { isMarket: true, triggerPx: price(now * 0.8), tpsl: "sl" } } };
    await exchange.order({ orders: [order], grouping: "na" });
    const waiting = (await info.frontendOpenOrders({ user })).find((o) => o.isTrigger);
    check(waiting?.orderType === "Stop Market" && waiting.reduceOnly, "it waits as a stop");
    await exchange.cancel({ cancels: [{ a: asset, o: waiting.oid }] });
  });

  await step(`${name}: refusal`, async () => {
    const order = { a: asset, b: true, p: price((await mid()) * 0.9), s: (10 ** -sizeDecimals).toFixed(sizeDecimals), r: false, t: { limit: { tif: "Gtc" } } };
    const words = await exchange.order({ orders: [order], grouping: "na" }).then(() => "taken", (error) => String(error.message));
    check(/minimum value of \$10/.test(words), `too small an order is refused with the venue's words, not: ${words}`);
  });

  await step(`${name}: close`, async () => {
    const position = (await info.clearinghouseState({ user })).assetPositions.find((p) => p.position.coin === symbol).position;
    const order = { a: asset, b: false, p: price((await mid()) * 0.95), s: position.szi, r: true, t: { limit: { tif: "Ioc" } } };
    await exchange.order({ orders: [order], grouping: "na" });
    const after = await info.clearinghouseState({ user });
    check(!after.assetPositions.some((p) => p.position.coin === symbol && Number(p.position.szi) !== 0), "the position is gone");
  });

  await step(`${name}: dead man's switch`, async () => {
    await exchange.scheduleCancel({ time: Date.now() + 60_000 });
    await exchange.scheduleCancel({});
  });
}

await step("history", async () => {
  const fills = await info.userFillsByTime({ user, startTime: Date.now() - 3_600_000 });
  check(fills.length >= 4, "the fills by time");
  check(new Set(fills.map((f) => f.tid)).size === fills.length, "each with an id of its own");
  await info.historicalOrders({ user });
  await info.userFunding({ user, startTime: Date.now() - 3_600_000 });
  await info.fundingHistory({ coin: symbol, startTime: Date.now() - 86_400_000 });
  await info.userRateLimit({ user });
  await info.userFees({ user });
});

await step("resubscribe after a lost connection", async () => {
  const before = heard.userFills.length;
  const mids = heard.mids;
  // As a network does it: without a word. The library connects anew and subscribes to everything again.
  socket.socket._socket.terminate();
  await until(() => heard.userFills.slice(before).some((m) => m.isSnapshot === true), "a snapshot of fills once more");
  await until(() => heard.mids > mids, "mids once more");
});

await step("info over the socket", async () => {
  const over = new InfoClient({ transport: socket });
  check(Number((await over.allMids())[symbol]) > 0, "mids");
  await over.clearinghouseState({ user });
});

// Only the account's own key may do these; an agent may not.
if (wallet.address.toLowerCase() === user.toLowerCase()) {
  const owner = new ExchangeClient({ transport: http, wallet, isTestnet });

  await step("approve agent", async () => {
    const agent = privateKeyToAccount(generatePrivateKey());
    await owner.approveAgent({ agentAddress: agent.address, agentName: "helper" });
    const agents = await info.extraAgents({ user });
    check(agents.some((a) => a.address.toLowerCase() === agent.address.toLowerCase()), "it is among the agents");
    const acting = new ExchangeClient({ transport: http, wallet: agent, isTestnet });
    const order = { a: asset, b: true, p: price((await mid()) * 0.9), s: await size(), r: false, t: { limit: { tif: "Gtc" } } };
    const oid = statusOf(await acting.order({ orders: [order], grouping: "na" })).resting.oid;
    check(await live(oid), "its order is the account's");
    await acting.cancel({ cancels: [{ a: asset, o: oid }] });
  });

  await step("sub-account", async () => {
    const answer = await owner.createSubAccount({ name: "second" });
    const sub = answer.response.data;
    await owner.subAccountTransfer({ subAccountUser: sub, isDeposit: true, usd: 1_000_000_000 });
    const order = { a: asset, b: true, p: price((await mid()) * 0.9), s: await size(), r: false, t: { limit: { tif: "Gtc" } } };
    const placed = await owner.order({ orders: [order], grouping: "na" }, { vaultAddress: sub });
    const oid = statusOf(placed).resting.oid;
    check((await info.openOrders({ user: sub })).some((o) => o.oid === oid), "the order is the sub-account's");
    check(!(await live(oid)), "and not the account's");
    await owner.cancel({ cancels: [{ a: asset, o: oid }] }, { vaultAddress: sub });
    check(Number((await info.clearinghouseState({ user: sub })).withdrawable) === 1_000, "it has what was transferred");
  });
}

await socket.close().catch(() => {});
finish();
