#!/usr/bin/env bash
# A search on a real Slurm: three nodes of our own on loopback, a controller and munge, all of them in a folder that is removed at the end.
#
#   tests/slurm.sh [PROGRAM]
#
# PROGRAM is a built kedge; without it the Release build of this checkout is used. Ends with status 0 when all holds, 1 when something does not, and
# 77 when Slurm cannot be started here; the last line says why. Debian packages: slurmctld slurmd slurm-client munge. Needs root, as slurmd does.
set -uo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
kedge="$(realpath -m "${1:-$root/src/Kedge.Cli/bin/Release/net10.0/kedge}")"
work="$(mktemp -d "${TMPDIR:-/tmp}/kedge-slurm.XXXXXX")"
export PATH="$PATH:/usr/sbin:/sbin" SLURM_CONF="$work/slurm.conf" XDG_CACHE_HOME="$work/cache"
started=()

finish() {
    local code=$? pid
    for pid in ${started[@]+"${started[@]}"}; do
        kill -9 "$pid" 2>/dev/null
    done
    for pid in $(tasks n1) $(tasks n2) $(tasks n3); do
        kill -9 "$(parent "$pid")" "$pid" 2>/dev/null
    done
    sleep 0.2
    if [ -n "${KEDGE_SLURM_KEEP:-}" ]; then
        printf 'kept: %s\n' "$work"
    else
        rm -rf "$work"
    fi
    exit "$code"
}

# tasks NODE: the kedge processes that our node runs, a line each.
tasks() {
    local file
    for file in $(grep -lzxF "SLURM_CONF=$SLURM_CONF" /proc/[0-9]*/environ 2>/dev/null | xargs -r grep -lzxF "SLURMD_NODENAME=$1" 2>/dev/null); do
        if grep -qzxF shard "${file%environ}cmdline" 2>/dev/null; then
            basename "${file%/environ}"
        fi
    done
}

parent() { sed -n 's/^PPid:[[:space:]]*//p' "/proc/$1/status" 2>/dev/null; }

skip() { printf '%s\n' "$*"; exit 77; }

fail() {
    printf 'FAILED: %s\n' "$*"
    tail -n 20 "$work"/run*.txt 2>/dev/null
    squeue --array 2>/dev/null | head -n 20
    sinfo 2>/dev/null
    tail -n 15 "$work/slurmctld.log" 2>/dev/null
    exit 1
}

# await SECONDS WHAT COMMAND…: tries until the command holds.
await() {
    local until=$((SECONDS + $1)) what="$2"
    shift 2
    until "$@"; do
        kill -0 "$run" 2>/dev/null || fail "$what, and the run has ended"
        [ "$SECONDS" -lt "$until" ] || fail "$what"
        sleep 0.2
    done
}

for program in munged slurmctld slurmd sbatch squeue scancel sinfo; do
    command -v "$program" >/dev/null || skip "Slurm is not installed: '$program' was not found (Debian packages slurmctld slurmd slurm-client munge)."
done
[ "$(id -u)" = 0 ] || skip "Nodes of Slurm are started as root, and this is $(id -un)."
[ -x "$kedge" ] || { printf '%s is not there: build first (dotnet build -c Release)\n' "$kedge"; exit 1; }
trap finish EXIT
trap 'exit 1' INT TERM

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

start() {
    "$@" >>"$work/daemons.txt" 2>&1 &
    started+=($!)
    disown
}

node() { start slurmd -D -N "$1" -f "$SLURM_CONF"; printf '%s' "${started[-1]}" >"$work/$1.daemon"; }

# The daemons: munge with a key and a socket of its own, the controller, one daemon a node.
chmod 755 "$work"
head -c 1024 /dev/urandom >"$work/munge.key"
chmod 400 "$work/munge.key"
start munged --foreground --force --key-file="$work/munge.key" --socket="$work/munge.socket" --pid-file="$work/munge.pid" \
    --log-file="$work/munge.log" --seed-file="$work/munge.seed"
host="$(hostname -s)"
cat >"$SLURM_CONF" <<CONF
ClusterName=kedge
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$(free_port)
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
AuthType=auth/munge
AuthInfo=socket=$work/munge.socket,cred_expire=5
SlurmUser=root
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool-%n
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd-%n.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=sched_min_interval=100000,batch_sched_delay=0,bf_interval=2,sched_interval=2
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SlurmdTimeout=8
MessageTimeout=5
KillWait=2
UnkillableStepTimeout=5
ReturnToService=2
MailProg=/bin/true
CONF
for n in 1 2 3; do
    printf 'NodeName=n%s NodeHostname=%s NodeAddr=127.0.0.1 Port=%s CPUs=2 RealMemory=4096\n' "$n" "$host" "$(free_port)" >>"$SLURM_CONF"
done
echo 'PartitionName=main Nodes=n[1-3] Default=YES State=UP MaxTime=INFINITE' >>"$SLURM_CONF"
mkdir "$work/state"
start slurmctld -D -f "$SLURM_CONF"
for n in 1 2 3; do
    node "n$n"
done

idle() { [ "$(sinfo --noheader --states=idle --format=%D 2>/dev/null)" = 3 ]; }

until idle; do
    if [ "$SECONDS" -gt 30 ]; then
        tail -n 5 "$work/slurmctld.log" "$work/daemons.txt" 2>/dev/null
        skip "Slurm does not start here: no three idle nodes after 30 s."
    fi
    sleep 0.2
done
printf 'three nodes are up after %s s (%s)\n' "$SECONDS" "$(sinfo --version)"

# A market, and a search of 2,000 configurations on it.
cd "$work" || exit 4
"$kedge" demo --folder demo --quiet || fail "no market"
cat >sweep.yaml <<'SPEC'
axes:
  - path: trade.sl_atr_mult
    min: 1
    max: 5.5
    step: 0.5
  - path: trade.tp_atr_mult
    values: [2, 3, 4, 5, 6]
  - path: trade.trailing_start_atr
    values: [0.5, 1, 1.5, 2]
  - path: indicators.adx_window
    values: [8, 10, 12, 14, 16]
  - path: trade.enable_partial_tp
    values: [0, 1]
SPEC
search=(--sweep-spec sweep.yaml --config demo/strategy_overrides.yaml --candles-db demo/candles_1h.db --interval 1h
    --funding-db demo/funding_rates.db)
"$kedge" sweep run "${search[@]}" --output local.jsonl --quiet || fail "the local run"
[ "$(wc -l <local.jsonl)" = 2000 ] || fail "the grid has $(wc -l <local.jsonl) configurations"
printf 'local run done after %s s\n' "$SECONDS"

# The same as an array of 25 tasks. While it runs a node dies with all that runs on it, and a task of another node is killed.
"$kedge" sweep run "${search[@]}" --executor slurm --slurm-shards 25 --slurm-memory 1g --slurm-time 10 --slurm-partition main \
    --output merged.jsonl --top-n 3 >run.txt 2>&1 &
run=$!

# hold NODE: stops a task of the node that has not written its shard yet, so that it cannot end before it is killed; its number is in $held.
hold() {
    local pid shard
    for pid in $(tasks "$1"); do
        kill -STOP "$pid" 2>/dev/null || continue
        shard="$(tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | sed -n '/^shard$/{n;s,/.*,,p}')"
        if [ -n "$shard" ] && [ ! -e "$work/merged.jsonl.slurm/$(printf '%05d-of-00025.shard' "$shard")" ]; then
            held="$pid"
            return 0
        fi
        kill -CONT "$pid" 2>/dev/null
    done
    return 1
}

shards() { find "$work/merged.jsonl.slurm" -name '*.shard' 2>/dev/null | wc -l; }

some_are_done() { [ "$(shards)" -ge 3 ]; }

await 60 "no shard is done" some_are_done
await 30 "nothing runs on n2" hold n2
kill -9 "$(cat n2.daemon)"
for pid in $(tasks n2); do
    kill -9 "$(parent "$pid")" "$pid" 2>/dev/null
done
printf 'node n2 died with %s of 25 shards there\n' "$(shards)"
await 30 "nothing runs on n3" hold n3
kill -9 "$held" || fail "the task on n3 was gone"
printf 'a task on n3 was killed with %s of 25 shards there\n' "$(shards)"
wait "$run" || fail "the run on the cluster ended with status $?"
cat run.txt
cmp local.jsonl merged.jsonl || fail "the merged file is not the local one"
cmp local.jsonl.id merged.jsonl.id || fail "the merged search is not the local one"
grep -q 'did not come: submitted again' run.txt || fail "the killed task was not submitted again"
[ ! -e merged.jsonl.slurm ] || fail "the folder of the run was left behind"
printf 'merged file is the local one, byte for byte, after %s s\n' "$SECONDS"

# Ctrl-C leaves the job running or cancels it; either way a later run goes on and ends with the same bytes.
sed -i '/trailing_start_atr/,+1d' sweep.yaml
"$kedge" sweep run "${search[@]}" --output local.jsonl --quiet || fail "the second local run"
queued() { squeue --noheader --array --name="$(sed -n 's/.*--job-name=//p' merged.jsonl.slurm/job.sh)" | wc -l; }
for choice in leave cancel; do
    rm -f merged.jsonl merged.jsonl.id
    # A shell without a terminal starts what it puts behind deaf to Ctrl-C.
    env --default-signal=INT "$kedge" sweep run "${search[@]}" --executor slurm --slurm-shards 12 --output merged.jsonl --slurm-on-stop "$choice" >run.txt 2>&1 &
    run=$!
    first_is_done() { [ "$(shards)" -ge 1 ]; }
    await 60 "no shard is done ($choice)" first_is_done
    kill -INT "$run"
    wait "$run"
    [ $? = 130 ] || fail "Ctrl-C did not stop the run ($choice)"
    if [ "$choice" = leave ]; then
        grep -q 'the job goes on without us; come back with --resume, or cancel it: scancel --name=kedge-' run.txt || fail "Ctrl-C says: $(tail -n 1 run.txt)"
        [ "$(queued)" -gt 0 ] || fail "the job did not go on"
    else
        grep -q 'stopped and cancelled: what is done is kept' run.txt || fail "Ctrl-C says: $(tail -n 1 run.txt)"
    fi
    "$kedge" sweep run "${search[@]}" --executor slurm --output merged.jsonl --resume --quiet || fail "the run that was resumed ($choice)"
    cmp local.jsonl merged.jsonl || fail "the resumed file is not the local one ($choice)"
    printf 'stopped (%s) and resumed to the same bytes, after %s s\n' "$choice" "$SECONDS"
done
