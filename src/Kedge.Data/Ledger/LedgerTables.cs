namespace Kedge.Data.Ledger;

/// <summary>The tables of a ledger. Names of tables and columns are a public contract; docs/reference/ledger.md says what they hold.</summary>
internal static class LedgerTables
{
    /// <summary>Orders and what came of them.</summary>
    public const string Orders = """
        CREATE TABLE oms_transitions (
          from_status TEXT NOT NULL,
          to_status TEXT NOT NULL,
          is_late_fill INTEGER NOT NULL,
          PRIMARY KEY (from_status, to_status)
        ) WITHOUT ROWID;

        CREATE TABLE oms_intents (
          intent_id TEXT NOT NULL PRIMARY KEY,
          created_ts_ms INTEGER NOT NULL,
          sent_ts_ms INTEGER,
          symbol TEXT NOT NULL,
          action TEXT NOT NULL CHECK (action IN ('OPEN', 'ADD', 'REDUCE', 'CLOSE')),
          side TEXT NOT NULL CHECK (side IN ('BUY', 'SELL')),
          requested_size TEXT NOT NULL,
          requested_notional TEXT NOT NULL,
          entry_atr REAL,
          leverage REAL,
          decision_ts_ms INTEGER NOT NULL,
          strategy_version TEXT NOT NULL,
          strategy_sha1 TEXT GENERATED ALWAYS AS (config_id) VIRTUAL,
          reason TEXT NOT NULL,
          confidence TEXT NOT NULL,
          status TEXT NOT NULL CHECK (status IN ('NEW', 'SUBMITTING', 'SENT', 'UNKNOWN', 'PARTIAL', 'FILLED', 'CANCELLED', 'PARTIAL_CANCELLED',
            'EXPIRED', 'UNFILLED', 'PROVEN_ABSENT', 'REJECTED', 'WOULD', 'BLOCKED')),
          dedupe_key TEXT,
          client_order_id TEXT NOT NULL,
          exchange_order_id TEXT,
          last_error TEXT,
          meta_json TEXT NOT NULL,
          lane TEXT NOT NULL,
          strategy TEXT NOT NULL,
          config_id TEXT NOT NULL,
          sequence INTEGER NOT NULL CHECK (sequence > 0),
          owner TEXT NOT NULL CHECK (owner IN ('engine', 'operator')),
          reduce_only INTEGER NOT NULL CHECK (reduce_only IN (0, 1)),
          time_in_force TEXT NOT NULL CHECK (time_in_force IN ('GTC', 'IOC', 'ALO')),
          limit_price TEXT,
          expires_ts_ms INTEGER,
          submitting_ts_ms INTEGER,
          changed_ts_ms INTEGER NOT NULL,
          filled_size TEXT NOT NULL DEFAULT '0',
          filled_notional TEXT NOT NULL DEFAULT '0',
          CHECK (dedupe_key IS NULL OR status <> 'BLOCKED'),
          CHECK (sent_ts_ms IS NOT NULL OR status NOT IN ('SENT', 'UNKNOWN'))
        );
        CREATE UNIQUE INDEX oms_intents_sequence ON oms_intents (sequence);
        CREATE UNIQUE INDEX oms_intents_client_order_id ON oms_intents (client_order_id);
        CREATE UNIQUE INDEX oms_intents_dedupe_key ON oms_intents (dedupe_key) WHERE dedupe_key IS NOT NULL;
        CREATE UNIQUE INDEX oms_intents_exchange_order_id ON oms_intents (exchange_order_id) WHERE exchange_order_id IS NOT NULL;
        CREATE INDEX oms_intents_symbol ON oms_intents (symbol, status, sent_ts_ms);
        CREATE INDEX oms_intents_open ON oms_intents (sequence) WHERE status IN ('NEW', 'SUBMITTING', 'SENT', 'UNKNOWN', 'PARTIAL');

        CREATE TABLE oms_intent_history (
          id INTEGER PRIMARY KEY,
          intent_id TEXT NOT NULL REFERENCES oms_intents (intent_id),
          ts_ms INTEGER NOT NULL,
          from_status TEXT,
          to_status TEXT NOT NULL,
          sent_ts_ms INTEGER,
          exchange_order_id TEXT,
          last_error TEXT,
          evidence TEXT NOT NULL,
          is_late_fill INTEGER NOT NULL CHECK (is_late_fill IN (0, 1)),
          batch INTEGER NOT NULL
        );
        CREATE INDEX oms_intent_history_intent ON oms_intent_history (intent_id, id);

        CREATE TABLE oms_orders (
          id INTEGER PRIMARY KEY,
          intent_id TEXT NOT NULL REFERENCES oms_intents (intent_id),
          created_ts_ms INTEGER NOT NULL,
          symbol TEXT NOT NULL,
          side TEXT NOT NULL CHECK (side IN ('BUY', 'SELL')),
          order_type TEXT NOT NULL,
          requested_size TEXT NOT NULL,
          reduce_only INTEGER NOT NULL CHECK (reduce_only IN (0, 1)),
          client_order_id TEXT NOT NULL,
          exchange_order_id TEXT,
          status TEXT NOT NULL CHECK (status IN ('SENT', 'UNKNOWN')),
          raw_json TEXT NOT NULL,
          batch INTEGER NOT NULL
        );
        CREATE INDEX oms_orders_intent ON oms_orders (intent_id);
        CREATE INDEX oms_orders_symbol ON oms_orders (symbol, created_ts_ms);

        CREATE TABLE oms_fills (
          id INTEGER PRIMARY KEY,
          ts_ms INTEGER NOT NULL,
          symbol TEXT NOT NULL,
          intent_id TEXT REFERENCES oms_intents (intent_id),
          order_id INTEGER,
          action TEXT NOT NULL CHECK (action IN ('OPEN', 'ADD', 'REDUCE', 'CLOSE')),
          side TEXT NOT NULL CHECK (side IN ('BUY', 'SELL')),
          pos_type TEXT NOT NULL CHECK (pos_type IN ('LONG', 'SHORT', 'N/A')),
          price TEXT NOT NULL,
          size TEXT NOT NULL,
          notional TEXT NOT NULL,
          fee_usd TEXT NOT NULL,
          fee_token TEXT NOT NULL,
          fee_rate TEXT,
          pnl_usd TEXT NOT NULL,
          fill_hash TEXT NOT NULL,
          fill_tid INTEGER NOT NULL,
          matched_via TEXT,
          raw_json TEXT NOT NULL,
          account TEXT NOT NULL,
          exchange_order_id TEXT NOT NULL,
          fill_leg INTEGER NOT NULL,
          client_order_id TEXT,
          adjustment TEXT,
          strategy TEXT NOT NULL,
          batch INTEGER NOT NULL,
          batch_row INTEGER NOT NULL,
          CHECK ((intent_id IS NULL) <> (adjustment IS NULL))
        );
        CREATE UNIQUE INDEX oms_fills_key ON oms_fills (account, fill_tid, exchange_order_id, fill_leg);
        CREATE INDEX oms_fills_hash ON oms_fills (fill_hash, fill_tid);
        CREATE INDEX oms_fills_intent ON oms_fills (intent_id);
        CREATE INDEX oms_fills_symbol ON oms_fills (symbol, ts_ms);

        CREATE TABLE oms_open_orders (
          exchange_order_id TEXT NOT NULL PRIMARY KEY,
          first_seen_ts_ms INTEGER NOT NULL,
          last_seen_ts_ms INTEGER NOT NULL,
          symbol TEXT NOT NULL,
          side TEXT NOT NULL CHECK (side IN ('BUY', 'SELL')),
          price TEXT NOT NULL,
          orig_size TEXT NOT NULL,
          remaining_size TEXT NOT NULL,
          reduce_only INTEGER,
          client_order_id TEXT,
          intent_id TEXT,
          raw_json TEXT NOT NULL
        );
        CREATE INDEX oms_open_orders_symbol ON oms_open_orders (symbol, last_seen_ts_ms);

        CREATE TABLE oms_reconcile_events (
          id INTEGER PRIMARY KEY,
          ts_ms INTEGER NOT NULL,
          kind TEXT NOT NULL,
          symbol TEXT,
          intent_id TEXT,
          client_order_id TEXT,
          exchange_order_id TEXT,
          result TEXT NOT NULL,
          detail_json TEXT NOT NULL
        );
        CREATE INDEX oms_reconcile_events_ts ON oms_reconcile_events (ts_ms);
        """;

    /// <summary>Money, positions and the memory of the lane.</summary>
    public const string Account = """
        CREATE TABLE oms_fundings (
          id INTEGER PRIMARY KEY,
          ts_ms INTEGER NOT NULL,
          account TEXT NOT NULL,
          symbol TEXT NOT NULL,
          usd TEXT NOT NULL,
          size TEXT NOT NULL,
          rate TEXT NOT NULL,
          mark TEXT,
          balance TEXT NOT NULL,
          strategy TEXT NOT NULL,
          meta_json TEXT NOT NULL,
          batch INTEGER NOT NULL
        );
        CREATE UNIQUE INDEX oms_fundings_key ON oms_fundings (account, symbol, ts_ms);

        CREATE TABLE oms_transfers (
          id INTEGER PRIMARY KEY,
          ts_ms INTEGER NOT NULL,
          account TEXT NOT NULL,
          kind TEXT NOT NULL,
          usd TEXT,
          transfer_key TEXT NOT NULL,
          raw_json TEXT NOT NULL,
          batch INTEGER NOT NULL
        );
        CREATE UNIQUE INDEX oms_transfers_key ON oms_transfers (account, transfer_key);

        CREATE TABLE oms_adjustments (
          id INTEGER PRIMARY KEY,
          ts_ms INTEGER NOT NULL,
          account TEXT NOT NULL,
          kind TEXT NOT NULL,
          adjustment_key TEXT NOT NULL,
          symbol TEXT,
          size_change TEXT NOT NULL,
          cash_change TEXT NOT NULL,
          price TEXT,
          evidence TEXT NOT NULL CHECK (evidence <> ''),
          detail_json TEXT NOT NULL,
          batch INTEGER NOT NULL,
          batch_row INTEGER NOT NULL
        );
        CREATE UNIQUE INDEX oms_adjustments_key ON oms_adjustments (account, adjustment_key);

        CREATE TABLE trades (
          id INTEGER PRIMARY KEY,
          timestamp TEXT NOT NULL,
          symbol TEXT NOT NULL,
          type TEXT NOT NULL,
          action TEXT NOT NULL,
          price TEXT,
          size TEXT,
          notional TEXT,
          reason TEXT NOT NULL,
          confidence TEXT NOT NULL,
          pnl TEXT NOT NULL,
          fee_usd TEXT NOT NULL,
          fee_token TEXT,
          fee_rate TEXT,
          balance TEXT NOT NULL,
          entry_atr REAL,
          leverage REAL,
          margin_used TEXT,
          meta_json TEXT NOT NULL,
          fill_hash TEXT,
          fill_tid INTEGER,
          account TEXT NOT NULL,
          exchange_order_id TEXT,
          fill_leg INTEGER,
          ts_ms INTEGER NOT NULL,
          intent_id TEXT,
          strategy TEXT NOT NULL
        );
        CREATE UNIQUE INDEX trades_fill ON trades (account, fill_tid, exchange_order_id, fill_leg) WHERE fill_tid IS NOT NULL;
        CREATE INDEX trades_hash ON trades (fill_hash, fill_tid) WHERE fill_tid IS NOT NULL;
        CREATE INDEX trades_symbol ON trades (symbol, action, id);

        CREATE TABLE position_state (
          symbol TEXT NOT NULL PRIMARY KEY,
          open_trade_id INTEGER,
          trailing_sl REAL,
          last_funding_time INTEGER NOT NULL,
          adds_count INTEGER NOT NULL,
          tp1_taken INTEGER NOT NULL,
          last_add_time INTEGER NOT NULL,
          entry_adx_threshold REAL NOT NULL,
          updated_at TEXT NOT NULL,
          open_fill_tid INTEGER,
          open_exchange_order_id INTEGER,
          open_fill_leg INTEGER,
          updated_ts_ms INTEGER NOT NULL
        );

        CREATE TABLE account_snapshots (
          id INTEGER PRIMARY KEY,
          ts_ms INTEGER NOT NULL,
          account TEXT NOT NULL,
          equity TEXT NOT NULL,
          balance TEXT NOT NULL,
          unrealised TEXT NOT NULL,
          margin_used TEXT NOT NULL,
          notional TEXT NOT NULL,
          high_water_mark TEXT NOT NULL,
          day_start_ms INTEGER NOT NULL,
          day_start_equity TEXT NOT NULL,
          state_hash TEXT NOT NULL,
          bits BLOB NOT NULL
        );
        CREATE INDEX account_snapshots_ts ON account_snapshots (ts_ms);

        CREATE TABLE ledger_positions (
          symbol TEXT NOT NULL PRIMARY KEY,
          size TEXT NOT NULL
        );

        CREATE TABLE kill_latches (
          name TEXT NOT NULL PRIMARY KEY,
          mode TEXT NOT NULL CHECK (mode IN ('close_only', 'halt_all', 'hard')),
          since_ts_ms INTEGER NOT NULL,
          reason TEXT NOT NULL,
          lifts_ts_ms INTEGER
        );

        CREATE TABLE kill_history (
          id INTEGER PRIMARY KEY,
          ts_ms INTEGER NOT NULL,
          name TEXT NOT NULL,
          mode TEXT CHECK (mode IN ('close_only', 'halt_all', 'hard')),
          reason TEXT NOT NULL,
          changed_by TEXT NOT NULL,
          lifts_ts_ms INTEGER
        );

        CREATE TABLE ledger_head (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          lane TEXT NOT NULL,
          account TEXT NOT NULL,
          arithmetic TEXT NOT NULL CHECK (arithmetic IN ('decimal', 'double')),
          last_batch INTEGER NOT NULL,
          sequence INTEGER NOT NULL,
          journal_segment INTEGER,
          journal_sequence INTEGER,
          nonce_floor INTEGER NOT NULL,
          pnl_usd TEXT NOT NULL,
          fees_usd TEXT NOT NULL,
          funding_usd TEXT NOT NULL,
          transfers_usd TEXT NOT NULL,
          adjustments_usd TEXT NOT NULL
        );

        CREATE TABLE ledger_cursor (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          fills_ts_ms INTEGER NOT NULL,
          funding_ts_ms INTEGER NOT NULL,
          transfers_ts_ms INTEGER NOT NULL
        );

        CREATE TABLE ledger_cursor_fills (
          id INTEGER PRIMARY KEY,
          fill_tid INTEGER NOT NULL,
          exchange_order_id INTEGER NOT NULL
        );

        CREATE TABLE ledger_cursor_keys (
          id INTEGER PRIMARY KEY,
          key TEXT NOT NULL
        );

        CREATE TABLE ledger_state (
          key TEXT NOT NULL PRIMARY KEY,
          value BLOB NOT NULL
        );

        CREATE TABLE ledger_lease (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          lane TEXT NOT NULL,
          account TEXT NOT NULL,
          host TEXT NOT NULL,
          pid INTEGER NOT NULL,
          taken_ts_ms INTEGER NOT NULL,
          is_held INTEGER NOT NULL
        );
        """;

    /// <summary>What was seen and why.</summary>
    public const string Notes = """
        CREATE TABLE signals (
          id INTEGER PRIMARY KEY,
          timestamp TEXT NOT NULL,
          symbol TEXT NOT NULL,
          signal TEXT NOT NULL,
          confidence TEXT NOT NULL,
          price REAL NOT NULL,
          rsi REAL,
          ema_fast REAL,
          ema_slow REAL,
          meta_json TEXT NOT NULL
        );
        CREATE INDEX signals_symbol ON signals (symbol, id);

        CREATE TABLE audit_events (
          id INTEGER PRIMARY KEY,
          timestamp TEXT NOT NULL,
          symbol TEXT,
          event TEXT NOT NULL,
          level TEXT NOT NULL CHECK (level IN ('info', 'warn', 'error')),
          data_json TEXT NOT NULL
        );
        CREATE INDEX audit_events_timestamp ON audit_events (timestamp);
        CREATE INDEX audit_events_symbol ON audit_events (symbol, timestamp);

        CREATE TABLE ws_events (
          id INTEGER PRIMARY KEY,
          ts INTEGER NOT NULL,
          channel TEXT NOT NULL,
          data_json TEXT NOT NULL
        );
        CREATE INDEX ws_events_ts ON ws_events (ts);

        CREATE TABLE decision_events (
          id TEXT NOT NULL PRIMARY KEY,
          timestamp_ms INTEGER NOT NULL,
          symbol TEXT NOT NULL,
          event_type TEXT NOT NULL,
          status TEXT NOT NULL,
          decision_phase TEXT NOT NULL,
          parent_decision_id TEXT,
          trade_id INTEGER,
          triggered_by TEXT,
          action_taken TEXT,
          rejection_reason TEXT,
          context_json TEXT NOT NULL
        );
        CREATE INDEX decision_events_symbol ON decision_events (symbol, timestamp_ms);
        CREATE INDEX decision_events_type ON decision_events (event_type);
        CREATE INDEX decision_events_trade ON decision_events (trade_id) WHERE trade_id IS NOT NULL;
        """;
}
