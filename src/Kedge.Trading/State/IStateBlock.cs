namespace Kedge.Trading.State;

/// <summary>Something whose state is no set of fields: it writes and reads itself. It bears a <see cref="StateBlockAttribute"/>.</summary>
internal interface IStateBlock
{
    /// <summary>Writes all of it.</summary>
    void Save(GraphWriter into);

    /// <summary>Reads what <see cref="Save"/> has written.</summary>
    void Load(ref GraphReader from);
}
