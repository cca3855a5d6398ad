namespace Kedge.Exchange.Core;

/// <summary>Replace one live order.</summary>
/// <param name="Target">The order to replace.</param>
/// <param name="Order">What replaces it, under a new order id.</param>
/// <param name="AlwaysPlace">Place the new order even if the old one is gone.</param>
public readonly record struct ModifyRequest(OrderTarget Target, OrderRequest Order, bool AlwaysPlace = false);
