#!/usr/bin/env bash
# Model-based against random search with the same budget: pairs of runs with the same seed, searched on the first 70 % of the window, scored by the best row there; what the same row does on the
# rest stands beside. KEDGE_REFERENCE_DATA names the folder with data/hyperliquid-perp/1h.
#
#   bench/tune-race.sh [seeds, default 10] [trials, default 2000] [objective, default pnl]
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
data="${KEDGE_REFERENCE_DATA:?name the folder with the reference data in KEDGE_REFERENCE_DATA}"
seeds="${1:-10}"
trials="${2:-2000}"
objective="${3:-pnl}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

kedge="${KEDGE:-}"
if [ -z "$kedge" ]; then
    echo "publishing" >&2
    dotnet publish "$root/src/Kedge.Cli" -c Release -r linux-x64 -o "$work/kedge" -nodeReuse:false -v:quiet >&2
    kedge="$work/kedge/kedge"
fi

$kedge data import "$data"/data/hyperliquid-perp/1h/{BTC,ETH,SOL,XRP}.csv.gz --interval 1h --db "$work/four.db" >&2

for ((seed = 1; seed <= seeds; seed++)); do
    for method in random tpe; do
        $kedge tune --method "$method" --seed "$seed" --trials "$trials" --objective "$objective" --holdout 30% --threads "${THREADS:-2}" \
            --sweep-spec "$root/config/sweeps/full.yaml" --candles-db "$work/four.db" --interval 1h --output-mode candidate \
            --output "$work/$method$seed.jsonl" --json >"$work/$method$seed.json" 2>>"$work/log" || { cat "$work/log"; exit 1; }
    done
done

python3 - "$work" "$seeds" "$objective" <<'PYTHON'
import json, sys
work, seeds, objective = sys.argv[1], int(sys.argv[2]), sys.argv[3]
field = {"pnl": "total_pnl", "sharpe": "sharpe_ratio", "calmar": "calmar_ratio", "profit_factor": "profit_factor"}
def score(row):
    if objective == "balanced":
        return (0.3 * row["total_pnl"] + 20 * min(float(row["profit_factor"]), 10) + 15 * row["sharpe_ratio"]
                - 100 * row["max_drawdown_pct"] - 5 * max(0, 20 - row["total_trades"]))
    return float(row[field[objective]])
print(f"{'seed':>4} {'random':>12} {'tpe':>12} {'better':>7} {'holdout r':>12} {'holdout t':>12} {'dsr r':>6} {'dsr t':>6}")
wins = unseen = 0
for seed in range(1, seeds + 1):
    r, t = (json.load(open(f"{work}/{m}{seed}.json"))["best"][0] for m in ("random", "tpe"))
    better = score(t) > score(r)
    wins += better
    unseen += score(t["holdout"]) > score(r["holdout"])
    print(f"{seed:>4} {score(r):>12.2f} {score(t):>12.2f} {'yes' if better else 'no':>7} {score(r['holdout']):>12.2f} {score(t['holdout']):>12.2f}"
          f" {r['deflated_sharpe']:>6.3f} {t['deflated_sharpe']:>6.3f}")
print(f"tpe better on what was searched in {wins} of {seeds}, on the holdout in {unseen} of {seeds}")
PYTHON
