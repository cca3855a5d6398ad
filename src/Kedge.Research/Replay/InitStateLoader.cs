using Kedge.Kernel;
using Kedge.Kernel.Perps;

namespace Kedge.Research.Replay;

/// <summary>Puts an init-state into the memory of a replay.</summary>
internal static unsafe class InitStateLoader
{
    public static void Apply(ReplayInput input, ReplayMemory memory, Account* account)
    {
        if (input.InitState is not { } init)
        {
            return;
        }

        for (int i = 0; i < memory.Symbols; i++)
        {
            string symbol = input.Main.Symbols[i];
            SymbolState* state = memory.States + i;
            if (init.LastEntryMs.TryGetValue(symbol, out long entryMs))
            {
                state->LastEntryMs = entryMs;
                state->HasEntered = true;
            }

            if (init.LastExitMs.TryGetValue(symbol, out long exitMs))
            {
                // The side is not part of an init-state, so only the exit cooldown can know of it.
                state->LastExitMs = exitMs;
                state->HasExited = true;
                state->LastExitSide = Side.Flat;
            }

            foreach (InitPosition position in init.Positions)
            {
                if (string.Equals(position.Symbol, symbol, StringComparison.Ordinal))
                {
                    Open(account, state, position);
                }
            }
        }
    }

    private static void Open(Account* account, SymbolState* state, InitPosition init)
    {
        account->PositionsOpened++;
        account->OpenPositions++;
        account->Margin += init.Margin;
        Position* position = &state->Position;
        *position = default;
        position->Id = account->PositionsOpened;
        position->Side = init.Side;
        position->Size = init.Size;
        position->EntryPrice = init.EntryPrice;
        position->FirstEntryPrice = init.EntryPrice;
        position->BestPrice = init.EntryPrice;
        position->WorstPrice = init.EntryPrice;
        position->EntryAtr = init.EntryAtr;
        position->EntryAdxThreshold = init.EntryAdxThreshold;
        position->Leverage = init.Leverage;
        position->Margin = init.Margin;
        position->Confidence = init.Confidence;
        position->Adds = init.Adds;
        position->PartialTaken = init.PartialTaken;
        position->OpenedAtMs = init.OpenedAtMs;
        position->LastAddMs = init.LastAddMs;
        position->HasTrailingStop = init.TrailingStop is not null;
        position->TrailingStop = init.TrailingStop ?? 0.0;
    }
}
