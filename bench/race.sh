#!/usr/bin/env bash
# Whole-run races: CPU seconds and peak memory of complete commands, beside a calibration that runs in the same minutes, so that machines
# can be compared. KEDGE_REFERENCE_DATA names the folder with bench/syn50_1h.csv.xz and golden/.
#
#   bench/race.sh [runs, default 5] [replay|sweep|memory|threads|all, default all]
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
data="${KEDGE_REFERENCE_DATA:?name the folder with the reference data in KEDGE_REFERENCE_DATA}"
runs="${1:-5}"
what="${2:-all}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Runs a command and prints "<user + system seconds> <peak resident MiB>".
measure() {
    python3 - "$@" <<'PYTHON'
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=open(os.environ["RACE_LOG"], "w"))
_, status, usage = os.wait4(process.pid, 0)
if status:
    sys.exit("failed: " + " ".join(sys.argv[1:]) + "\n" + open(os.environ["RACE_LOG"]).read()[-2000:])
print(f"{usage.ru_utime + usage.ru_stime:.3f} {usage.ru_maxrss / 1024:.0f}")
PYTHON
}
export RACE_LOG="$work/log"

calibrate() { measure sh -c 'seq 1 3000000 | xz -6 -T1 -c > /dev/null' | cut -d' ' -f1; }

echo "publishing" >&2
dotnet publish "$root/src/Kedge.Cli" -c Release -r linux-x64 \
    -o "$work/kedge" -nodeReuse:false -v:quiet >&2
kedge="$work/kedge/kedge"

# candles FILE INTERVAL DATABASE
candles() {
    xz -dc "$1" >"$work/candles.csv"
    "$kedge" data import "$work/candles.csv" --interval "$2" --db "$work/$3" >&2
}

echo "importing" >&2
candles "$data/bench/syn50_1h.csv.xz" 1h syn50.db

# race NAME COMMAND…: the median and the best of all runs.
race() {
    local name="$1" before after i
    shift
    before="$(calibrate)"
    : >"$work/times"
    for ((i = 0; i < runs; i++)); do
        measure "$@" >>"$work/times"
    done

    after="$(calibrate)"
    sort -n "$work/times" | awk -v name="$name" -v before="$before" -v after="$after" '
        { cpu[NR] = $1; if ($2 > peak) peak = $2 }
        END {
            cal = (before + after) / 2
            median = NR % 2 ? cpu[(NR + 1) / 2] : (cpu[NR / 2] + cpu[NR / 2 + 1]) / 2
            printf "%-28s %9.3f %9.3f %9.4f %9.2f %8d\n", name, median, cpu[1], median / cal, cal, peak
        }'
}

wanted() { [ "$what" = all ] || [ "$what" = "$1" ]; }

head_line() { printf '%-28s %9s %9s %9s %9s %8s\n' race "CPU-s" best "in cal" "cal CPU-s" "MiB"; }

replays() {
    local config file replay
    head_line
    for config in default busy; do
        file="$data/golden/configs/$config.yaml"
        replay=("$kedge" replay --candles-db "$work/syn50.db" --interval 1h --config "$file" --output "$work/out" --quiet)
        race "replay $config, no cache" "${replay[@]}" --no-cache
        "${replay[@]}" >/dev/null 2>&1
        race "replay $config, cached" "${replay[@]}"
    done
}

busy=(--config "$data/golden/configs/busy.yaml" --output "$work/rows" --quiet)
mixed=("$kedge" sweep run --sweep-spec "$data/golden/sweep/mixed1152.yaml" "${busy[@]}" --candles-db "$work/syn50.db" --interval 1h)

# 1,024 configurations on the axes of timing32, with 5-minute bars for entries and exits.
finer() {
    cat >"$work/finer.yaml" <<'SPEC'
axes:
  - path: trade.sl_atr_mult
    min: 1.5
    max: 3.25
    step: 0.25
  - path: trade.tp_atr_mult
    values: [3, 4, 5, 6]
  - path: trade.trailing_start_atr
    values: [1, 1.25, 1.5, 2]
  - path: trade.trailing_distance_atr
    min: 0.5
    max: 1.2
    step: 0.1
lookback: 200
initial_balance: 10000
SPEC
    printf '%s\n' "$kedge" sweep run --sweep-spec "$work/finer.yaml" --config "$data/golden/configs/sub_5m.yaml" --output "$work/rows" --quiet \
        --candles-db "$work/hl12.db" --interval 1h --exit-candles-db "$work/hl6_5m.db" --exit-interval 5m \
        --entry-candles-db "$work/hl6_5m.db" --entry-interval 5m
}

sweeps() {
    local smoke sub
    candles "$data/golden/data/hl12_1h.csv.xz" 1h hl12.db
    smoke=("$kedge" sweep run --sweep-spec "$data/golden/sweep/smoke.yaml" "${busy[@]}" --candles-db "$work/hl12.db" --interval 1h)
    head_line
    race "sweep smoke, hl12, busy" "${smoke[@]}" --threads 1
    race "sweep mixed1152, syn50, busy" "${mixed[@]}" --threads 1
    if [ -f "$data/golden/configs/sub_5m.yaml" ]; then
        candles "$data/golden/data/hl6_5m.csv.xz" 5m hl6_5m.db
        mapfile -t sub < <(finer)
        race "sweep finer bars, 1,024" "${sub[@]}" --threads 1
    fi
}

# Peak memory of the whole process beside what was allowed; every file is the same.
memory() {
    local size peak
    "${mixed[@]}" --threads 2
    cp "$work/rows" "$work/whole"
    printf '%-28s %9s\n' "mixed1152, --memory" "peak MiB"
    for size in "$@"; do
        peak="$(measure "${mixed[@]}" --threads 2 --memory "$size" | cut -d' ' -f2)"
        cmp "$work/rows" "$work/whole"
        printf '%-28s %9d\n' "$size" "$peak"
    done
}

# Wall seconds of one and of two threads, without what every run does before its first configuration. Means something on a quiet machine only.
threads() {
    local spec="$work/longer.yaml" one two start
    sed 's/values: \[1.5, 2.5\]/values: [1.5, 1.75, 2, 2.25, 2.5, 2.75, 3]/; s/values: \[3.0, 5.0\]/values: [3.0, 4.0, 5.0, 6.0]/' \
        "$data/golden/sweep/mixed1152.yaml" >"$spec"
    start="$(wall --threads 1 --sweep-spec "$work/one.yaml")"
    one="$(wall --threads 1 --sweep-spec "$spec")"
    two="$(wall --threads 2 --sweep-spec "$spec")"
    awk -v start="$start" -v one="$one" -v two="$two" 'BEGIN {
        printf "8,064 configurations: %.1f s with one thread, %.1f with two, %.2f before the first: %.2f times as fast\n",
            one, two, start, (one - start) / (two - start)
    }'
}

wall() {
    printf 'axes:\n  - path: trade.sl_atr_mult\n    values: [1.5]\n' >"$work/one.yaml"
    python3 - "$kedge" sweep run "${busy[@]}" --candles-db "$work/syn50.db" --interval 1h "$@" <<'PYTHON'
import subprocess, sys, time
start = time.monotonic()
subprocess.run(sys.argv[1:], check=True, stderr=subprocess.DEVNULL)
print(f"{time.monotonic() - start:.3f}")
PYTHON
}

if wanted replay; then replays; fi
if wanted sweep; then sweeps; fi
if wanted memory; then memory 256m 384m 1g; fi
if wanted threads; then threads; fi
