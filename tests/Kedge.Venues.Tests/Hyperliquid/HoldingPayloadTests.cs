using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Tests.Hyperliquid;

/// <summary>Answers about spot, wallets and what an account has elsewhere; samples from the documentation and from recordings.</summary>
public sealed class HoldingPayloadTests
{
    private readonly DecodeReport report = new();

    private AnswerDecoder Answers => new(report);

    [Fact]
    public void Api_wallets_have_name_address_and_end()
    {
        IReadOnlyList<ApiWallet>? wallets = Answers
            .ApiWallets("""[{"name":"ok","address":"0x286e","validUntil":1767776120478}]"""u8)
            .Value;
        Assert.Equal([new ApiWallet("ok", "0x286e", 1767776120478)], wallets);
    }

    [Fact]
    public void Sub_accounts_of_both_generations_tell_their_spot_balances()
    {
        IReadOnlyList<SubAccount>? subs = Answers
            .SubAccounts(
                """
                [{"name":"Test","subAccountUser":"0x0356","master":"0x8c96","clearinghouseState":{},
                  "spotState":{"balances":[{"coin":"USDC","token":0,"total":"0.22","hold":"0.1","entryNtl":"0.0"}]}},
                 {"dexToClearinghouseState":[["",{}]],"spotState":{"balances":[]},"abstraction":"portfolioMargin"}]
                """u8
            )
            .Value;
        Assert.NotNull(subs);
        Assert.Equal("0x0356", subs[0].Address);
        Assert.Equal([new SpotBalance("USDC", 0, 0.22m, 0.1m, 0m)], subs[0].SpotBalances);
        Assert.Equal("portfolioMargin", subs[1].Abstraction);
    }

    [Fact]
    public void Spot_markets_come_with_their_prices()
    {
        SpotMetaAndContexts? spot = Answers
            .SpotMetaAndContexts(
                """
                [{"universe":[{"tokens":[1,0],"name":"PURR/USDC","index":0,"isCanonical":true}],
                  "tokens":[{"name":"USDC","szDecimals":8,"weiDecimals":8,"index":0,"isCanonical":true,"fullName":null}]},
                 [{"coin":"PURR/USDC","markPx":"0.22695","midPx":null,"prevDayPx":"0.2108","dayNtlVlm":"14350747.92152"}]]
                """u8
            )
            .Value;
        Assert.NotNull(spot);
        Assert.Equal("PURR/USDC", Assert.Single(spot.Meta.Pairs).Name);
        Assert.Equal([1, 0], spot.Meta.Pairs[0].TokenIds);
        Assert.Equal(8, Assert.Single(spot.Meta.Tokens).SizeDecimals);
        Assert.Equal(0.22695, Assert.Single(spot.Contexts).MarkPrice);
        Assert.Null(spot.Contexts[0].MidPrice);
    }

    [Fact]
    public void Staking_is_told_by_the_name_of_its_field()
    {
        IReadOnlyList<DelegationUpdate>? steps = Answers
            .Delegations(
                """
                [{"time":2,"hash":"0xa","delta":{"delegate":{"validator":"0xb8","amount":"89968.0","isUndelegate":true}}},
                 {"time":1,"hash":"0xb","delta":{"cDeposit":{"amount":"10000.1"}}}]
                """u8
            )
            .Value;
        Assert.NotNull(steps);
        Assert.Equal(new DelegationDelta("delegate", 89968.0m, "0xb8", true), steps[0].Delta);
        Assert.Equal(new DelegationDelta("cDeposit", 10000.1m, null, false), steps[1].Delta);
    }

    [Fact]
    public void Small_answers_are_read()
    {
        Assert.Equal("vault", Answers.UserRole("""{"role":"vault"}"""u8).Value);
        Assert.Equal(1L, Answers.BuilderFee("1"u8).Value);
        Assert.Equal(["BADGER", "kPEPE"], Answers.CappedSymbols("""["BADGER","kPEPE"]"""u8).Value);
        Assert.Equal(
            [new VaultEquity("0x07", 688536.0314879999m, 1697737731869)],
            Answers
                .VaultEquities(
                    """[{"vaultAddress":"0x07","equity":"688536.0314879999","lockedUntilTimestamp":1697737731869}]"""u8
                )
                .Value
        );
        Assert.Equal(0, report.Refused);
    }
}
