using System.Globalization;
using Kedge.Model.Orders;
using Kedge.Trading.Engine;

namespace Kedge.Cli.Trading;

/// <summary>Reads an order an operator wants placed.</summary>
internal static class PlacedByHand
{
    /// <summary>The command; null when something in it cannot be meant.</summary>
    public static OperatorCommand.Place? Read(OperatorRequest request, string symbol, out string? problem)
    {
        problem = null;
        if (request.Side is not ("buy" or "sell"))
        {
            problem = $"'{request.Side}' is no side; there are buy and sell";
            return null;
        }

        if (Amount(request.Size) is not { } size)
        {
            problem = $"'{request.Size}' is no size; give base units above zero, like 0.25";
            return null;
        }

        decimal? limit = null;
        if (request.Limit is not null && (limit = Amount(request.Limit)) is null)
        {
            problem = $"'{request.Limit}' is no price; give a number above zero, like 2310.5";
            return null;
        }

        if (Force(request.TimeInForce) is not { } force)
        {
            problem = $"'{request.TimeInForce}' is none of gtc, ioc, alo";
            return null;
        }

        if (limit is null && request.TimeInForce is not null)
        {
            problem = "an order without --limit takes what is best now and never rests; leave --tif out, or give a limit";
            return null;
        }

        int? leverage = null;
        if (request.Leverage is { } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1)
            {
                problem = $"'{text}' is no leverage; give a whole number from 1 on";
                return null;
            }

            leverage = number;
        }

        return new OperatorCommand.Place
        {
            Operator = request.Operator,
            Reason = request.Reason,
            Id = request.Id is { Length: > 0 } id ? id : Guid.NewGuid().ToString("N"),
            Symbol = symbol,
            IsBuy = request.Side == "buy",
            Size = size,
            Limit = limit,
            TimeInForce = limit is null ? TimeInForce.Ioc : force,
            ReduceOnly = request.ReduceOnly,
            Leverage = leverage,
        };
    }

    private static decimal? Amount(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && number > 0m
            ? number
            : null;

    private static TimeInForce? Force(string? text) =>
        text switch
        {
            null or "gtc" => TimeInForce.Gtc,
            "ioc" => TimeInForce.Ioc,
            "alo" => TimeInForce.Alo,
            _ => null,
        };
}
