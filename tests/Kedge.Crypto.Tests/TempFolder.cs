namespace Kedge.Crypto.Tests;

/// <summary>A folder of its own for one test, removed afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("kedge-crypto-").FullName;

    public string At(string name) => Path.Combine(_path, name);

    public string[] Files() => Directory.GetFiles(_path);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
