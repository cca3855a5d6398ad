#!/usr/bin/env bash
# Searches on a card beside the same searches on the processor: seconds, configurations a second, and whether the files are the same to the byte.
# KEDGE_REFERENCE_DATA names the folder with bench/syn50_1h.csv.xz and golden/.
#
#   bench/gpu-race.sh [trials of the random search over all axes, default 50000]
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
data="${KEDGE_REFERENCE_DATA:?name the folder with the reference data in KEDGE_REFERENCE_DATA}"
trials="${1:-50000}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader 2>/dev/null || echo "nvidia-smi is not here" >&2
echo "publishing" >&2
dotnet publish "$root/src/Kedge.Cli" -c Release -r linux-x64 -o "$work/kedge" -nodeReuse:false -v:quiet >&2
kedge="$work/kedge/kedge"
xz -dc "$data/bench/syn50_1h.csv.xz" >"$work/candles.csv"
"$kedge" data import "$work/candles.csv" --interval 1h --db "$work/syn50.db" >&2
on=(--config "$data/golden/configs/busy.yaml" --candles-db "$work/syn50.db" --interval 1h --quiet)

# timed NAME EXECUTOR COMMAND…: wall seconds of a whole command, start and candles included.
timed() {
    local name="$1" executor="$2" start end
    shift 2
    start="$(date +%s.%N)"
    "$kedge" "$@" "${on[@]}" --executor "$executor" --output "$work/$executor.jsonl"
    end="$(date +%s.%N)"
    awk -v name="$name" -v executor="$executor" -v from="$start" -v to="$end" -v rows="$(wc -l <"$work/$executor.jsonl")" \
        'BEGIN { printf "%-28s %-4s %9.2f s %12.0f configurations/s\n", name, executor, to - from, rows / (to - from) }'
}

# race NAME COMMAND…
race() {
    local name="$1"
    shift
    timed "$name" gpu "$@"
    timed "$name" cpu "$@"
    cmp "$work/gpu.jsonl" "$work/cpu.jsonl" && echo "$name: the same bytes"
}

race mixed1152 sweep run --sweep-spec "$data/golden/sweep/mixed1152.yaml"
race "random, all axes" tune --method random --trials "$trials" --batch 16384 --sweep-spec "$root/config/sweeps/full.yaml" --output-mode candidate
