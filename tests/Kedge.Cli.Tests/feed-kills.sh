#!/usr/bin/env bash
# The real feed, killed at random at a simulated exchange: feed-kills.sh [COUNT] [SEED]. Ends with status 1 when a bar was lost.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
dotnet build Kedge.Cli.Tests.csproj -c Release -v:quiet -clp:ErrorsOnly
export KEDGE_FEED_KILLS="${1:-200}" KEDGE_FEED_KILLS_SEED="${2:-1}"
exec dotnet bin/Release/net10.0/Kedge.Cli.Tests.dll -noLogo -noColor -method '*killed_at_random*'
