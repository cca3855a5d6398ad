#!/usr/bin/env bash
# Whole-run races: CPU seconds and peak memory of complete commands, beside a calibration that runs in the same minutes, so that machines
# can be compared. KEDGE_REFERENCE_DATA names the folder with bench/syn50_1h.csv.xz and golden/configs/.
#
#   bench/race.sh [runs, default 5]
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
data="${KEDGE_REFERENCE_DATA:?name the folder with the reference data in KEDGE_REFERENCE_DATA}"
runs="${1:-5}"
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

echo "importing" >&2
xz -dc "$data/bench/syn50_1h.csv.xz" >"$work/syn50_1h.csv"
"$kedge" data import "$work/syn50_1h.csv" --interval 1h --db "$work/syn50.db" >&2

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

printf '%-28s %9s %9s %9s %9s %8s\n' race "CPU-s" best "in cal" "cal CPU-s" "MiB"
for config in default busy; do
    file="$data/golden/configs/$config.yaml"
    replay=("$kedge" replay --candles-db "$work/syn50.db" --interval 1h --config "$file" --output "$work/out" --quiet)
    race "replay $config, no cache" "${replay[@]}" --no-cache
    "${replay[@]}" >/dev/null 2>&1
    race "replay $config, cached" "${replay[@]}"
done
