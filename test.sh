#!/usr/bin/env bash
# Builds everything once and runs every test. The last line is "N passed, N failed, N skipped"; the exit status is not 0 when a test
# failed, a test program crashed, or nothing ran. With CI=true packages are restored exactly as locked.
set -uo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "$root" || exit 4
results="$root/artifacts/tests"
configuration=Release

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

say() { printf '%s\n' "$*"; }

stop() {
    printf '%s\n' "$*" >&2
    exit 4
}

node_major() { node --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p'; }

apt_can_give_node_20() {
    local major
    major="$(apt-cache policy nodejs 2>/dev/null | sed -n 's/^ *Candidate: *\([0-9]*\).*/\1/p')"
    [ "${major:-0}" -ge 20 ]
}

has_secp256k1() { PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null | grep 'libsecp256k1\.so' >/dev/null; }

# Its package bears the number of its interface: libsecp256k1-1 on Debian 12.
secp256k1_package() { apt-cache pkgnames libsecp256k1- 2>/dev/null | grep -E '^libsecp256k1-[0-9]+$' | sort -V | tail -n 1; }

# The compilers of the kernel for GPUs: both, of one version.
has_clang() {
    local version
    for version in "" -21 -20 -19 -18 -17 -16 -15 -14; do
        if command -v "clang$version" >/dev/null && command -v "llc$version" >/dev/null; then
            return 0
        fi
    done
    return 1
}

has_slurm() {
    local program
    for program in munged slurmctld slurmd sbatch squeue; do
        PATH="$PATH:/usr/sbin:/sbin" command -v "$program" >/dev/null || return 1
    done
}

# Programs and libraries the tests use. As root they are installed; otherwise one line says what is missing.
prepare_machine() {
    command -v dotnet >/dev/null || stop "The .NET 10 SDK is needed: 'dotnet' was not found. See README.md, Two commands."
    dotnet --list-sdks | grep -q '^10\.' || stop "The .NET 10 SDK is needed: 'dotnet --list-sdks' shows no 10.x."

    local wanted=()
    command -v xz >/dev/null || wanted+=(xz-utils)
    has_clang || wanted+=(clang llvm)
    has_slurm || wanted+=(slurmctld slurmd slurm-client munge)
    local needs_node=""
    if [ "$(node_major || true)" = "" ] || [ "$(node_major)" -lt 20 ] || ! command -v npm >/dev/null; then
        needs_node=1
    fi

    local needs_secp256k1=""
    has_secp256k1 || needs_secp256k1=1

    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && [ "${#wanted[@]}$needs_node$needs_secp256k1" != 0 ]; then
        apt-get update -qq >/dev/null 2>&1
        if [ -n "$needs_secp256k1" ] && [ -n "$(secp256k1_package)" ]; then
            wanted+=("$(secp256k1_package)")
        fi

        if [ -n "$needs_node" ] && apt_can_give_node_20; then
            wanted+=(nodejs npm)
        fi

        if [ ${#wanted[@]} -gt 0 ]; then
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null 2>&1 ||
                say "Could not install: ${wanted[*]}"
        fi
    fi

    command -v xz >/dev/null || say "Not found: xz (Debian package xz-utils). Tests on packed candles will be skipped or fail."
    has_secp256k1 || say "Not found: libsecp256k1 (Debian package libsecp256k1-1). Tests of the managed curve against it will be skipped."
    has_clang || say "Not found: clang and llc (Debian packages clang, llvm). Tests of the kernel translated to C and PTX will be skipped."
    if [ "$(node_major || true)" = "" ] || [ "$(node_major)" -lt 20 ]; then
        say "Not found: Node.js 20 or newer with npm. What is built or tested with it will be skipped or fail."
    fi

    # An account without a home folder has nowhere to keep packages.
    if [ -z "${HOME:-}" ] || [ ! -w "${HOME:-/nonexistent}" ]; then
        export HOME="$root/artifacts/home"
        mkdir -p "$HOME"
    fi
}

passed=0
failed=0
skipped=0
status=0

build() {
    if ! dotnet build Kedge.slnx -c "$configuration" -nodeReuse:false -v:quiet -clp:ErrorsOnly; then
        say "The build failed."
        say "0 passed, 1 failed, 0 skipped"
        exit 1
    fi
}

# One more test: the formatting. Skipped where the formatter cannot be had.
check_format() {
    if ! dotnet tool restore >"$results/format.log" 2>&1; then
        skipped=$((skipped + 1))
        printf 'Formatting is checked by CSharpier, which could not be restored.\n' >>"$results/skips.txt"
    elif dotnet csharpier check . >"$results/format.log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        status=1
        say "FAILED: formatting. Run: dotnet tool restore && dotnet csharpier format ."
        grep -E '^(Error|Warn)' "$results/format.log" | head -n 40
    fi
}

# One more test, longer than the others: searches on a real Slurm, with nodes of our own on loopback.
check_slurm() {
    local code=0
    if [ "${KEDGE_TEST_SLURM:-1}" = 0 ]; then
        code=77
        say "Left out by KEDGE_TEST_SLURM=0: searches on a real Slurm." >"$results/slurm.log"
    else
        timeout --kill-after=10 300 tests/slurm.sh "src/Kedge.Cli/bin/$configuration/net10.0/kedge" >"$results/slurm.log" 2>&1 || code=$?
    fi

    if [ "$code" -eq 0 ]; then
        passed=$((passed + 1))
        printf '%-40s %s passed\n' "tests/slurm.sh" 1
    elif [ "$code" -eq 77 ]; then
        skipped=$((skipped + 1))
        tail -n 1 "$results/slurm.log" >>"$results/skips.txt"
    else
        failed=$((failed + 1))
        status=1
        say "FAILED: tests/slurm.sh ended with status $code"
        tail -n 60 "$results/slurm.log"
    fi
}

run_one() {
    local project="$1" name
    name="$(basename "$project")"
    dotnet "$project/bin/$configuration/net10.0/$name.dll" -noLogo -noColor -xml "$results/$name.xml" >"$results/$name.log" 2>&1
    echo $? >"$results/$name.rc"
}
export -f run_one
export results configuration

attribute() { sed -n "s/.*<assembly [^>]*[[:space:]]$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1; }

collect() {
    local project="$1" name rc xml p f s e
    name="$(basename "$project")"
    rc="$(cat "$results/$name.rc" 2>/dev/null || echo 1)"
    xml="$results/$name.xml"
    if [ ! -s "$xml" ]; then
        say "FAILED: $name ended with status $rc and no results:"
        tail -n 40 "$results/$name.log"
        failed=$((failed + 1))
        status=$((rc == 0 ? 1 : rc))
        return
    fi

    p="$(attribute "$xml" passed)" f="$(attribute "$xml" failed)" s="$(attribute "$xml" skipped)" e="$(attribute "$xml" errors)"
    passed=$((passed + ${p:-0}))
    failed=$((failed + ${f:-0} + ${e:-0}))
    skipped=$((skipped + ${s:-0}))
    tr '\n' ' ' <"$xml" | grep -o '<reason>[^]]*' | sed 's/^<reason><!\[CDATA\[//; s/^<reason>//; s/<.*//' >>"$results/skips.txt"
    if [ "$rc" -ne 0 ]; then
        status=$rc
        say "FAILED: $name"
        grep -vE '^  (Discovering|Discovered|Starting|Finished):|\[SKIP\]' "$results/$name.log"
        if [ $((${f:-0} + ${e:-0})) -eq 0 ]; then
            failed=$((failed + 1))
        fi
    else
        printf '%-40s %s passed\n' "$name" "${p:-0}"
    fi
}

prepare_machine
rm -rf "$results"
mkdir -p "$results"
: >"$results/skips.txt"
build

projects=()
for file in tests/*/*.Tests.csproj tests/*/*/*.Tests.csproj; do
    [ -e "$file" ] && projects+=("$(dirname "$file")")
done

printf '%s\0' "${projects[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c 'run_one "$1"' run_one
for project in "${projects[@]}"; do
    collect "$project"
done

ran=$((passed + failed))
check_format
check_slurm

if [ -s "$results/skips.txt" ]; then
    say "Skipped, and why:"
    sort "$results/skips.txt" | uniq -c | sort -rn
fi

if [ "$ran" -eq 0 ]; then
    say "No test ran."
    status=1
fi

say "$passed passed, $failed failed, $skipped skipped"
exit "$status"
