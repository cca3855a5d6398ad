#!/usr/bin/env bash
# Random mixes against the simulated exchange: soak.sh COUNT [FIRST SEED]. Ends with status 1 when a seed failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
dotnet build Conformance.csproj -c Release -v:quiet -clp:ErrorsOnly
exec dotnet bin/Release/net10.0/Conformance.dll soak "${1:-2000}" "${2:-1}"
