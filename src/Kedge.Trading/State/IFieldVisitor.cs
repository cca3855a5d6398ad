namespace Kedge.Trading.State;

/// <summary>Sees the fields of a struct one after the other, to write or to read them: both use the same list of fields.</summary>
internal interface IFieldVisitor
{
    /// <summary>A number; its bits are kept.</summary>
    void Visit(string name, ref double value);

    /// <summary>A whole number.</summary>
    void Visit(string name, ref long value);

    /// <summary>A whole number.</summary>
    void Visit(string name, ref int value);

    /// <summary>A yes or no.</summary>
    void Visit(string name, ref bool value);
}
