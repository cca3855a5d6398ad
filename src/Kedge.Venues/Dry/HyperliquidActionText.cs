using System.Text;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Actions;

namespace Kedge.Venues.Dry;

/// <summary>
/// What Hyperliquid would be sent for a command: the action as JSON, byte for byte as the adapter writes it, without nonce and signature. For
/// <see cref="DryVenue"/>; one thread at a time.
/// </summary>
/// <param name="assetOf">The venue's number of a symbol; null when it is not known.</param>
public sealed class HyperliquidActionText(Func<string, int?> assetOf)
{
    private readonly ActionWriter _writer = new();

    /// <summary>The action of a command; null when there is none, a symbol is not known, or a number cannot be written.</summary>
    public string? Of(VenueCommand command) => Write(command) ? Encoding.UTF8.GetString(_writer.Json) : null;

    private bool Write(VenueCommand command)
    {
        switch (command)
        {
            case VenueCommand.Place place:
                return Write(place);
            case VenueCommand.Modify modify when Order(modify.Replacement.Intent) is { } order:
                _writer.BatchModify([new WireModify(new WireOrderRef(modify.Old, 0), order)]);
                return true;
            case VenueCommand.Cancel cancel when assetOf(cancel.Symbol) is { } asset:
                _writer.Cancel(asset, cancel.Id);
                return true;
            case VenueCommand.CancelForeign cancel when assetOf(cancel.Symbol) is { } asset:
                _writer.Cancel(asset, cancel.VenueId);
                return true;
            case VenueCommand.SetLeverage set when assetOf(set.Symbol) is { } asset:
                _writer.Leverage(asset, set.IsCross, set.Leverage);
                return true;
            case VenueCommand.ScheduleCancel schedule:
                _writer.ScheduleCancel(schedule.AtMs);
                return true;
            default:
                return false;
        }
    }

    private bool Write(VenueCommand.Place place)
    {
        List<WireOrder> orders = [];
        foreach (ApprovedOrder approved in place.Orders)
        {
            if (Order(approved.Intent) is not { } order)
            {
                return false;
            }

            orders.Add(order);
        }

        _writer.Order([.. orders], place.Grouping);
        return true;
    }

    private WireOrder? Order(OrderIntent intent)
    {
        if (assetOf(intent.Symbol) is not { } asset)
        {
            return null;
        }

        WireOrder order = WireOrder.From(intent, asset);
        return order.Unwritable() is null ? order : null;
    }
}
