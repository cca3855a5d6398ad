using System.Runtime.InteropServices;
using Kedge.Data.Sqlite;

namespace Kedge.Data.Ledger;

/// <summary>A table that holds a list of keys, oldest first. What it holds is known in memory, so that a list is written as its difference.</summary>
/// <typeparam name="TKey">A key.</typeparam>
internal sealed class KeyTable<TKey> : IDisposable
    where TKey : notnull
{
    private readonly LedgerStatement _put;
    private readonly LedgerStatement _drop;
    private readonly LedgerStatement _all;
    private readonly Func<LedgerStatement, TKey, LedgerStatement> _bind;
    private readonly Func<LedgerStatement, TKey> _read;
    private readonly Dictionary<TKey, Held> _held = [];
    private bool _isKnown;
    private long _last;
    private long _round;

    /// <summary>Prepares its statements.</summary>
    /// <param name="database">Where.</param>
    /// <param name="table">Its name.</param>
    /// <param name="columns">The key's columns.</param>
    /// <param name="bind">Binds a key after its place.</param>
    /// <param name="read">Reads a key from column 1 on.</param>
    public KeyTable(
        SqliteDatabase database,
        string table,
        string[] columns,
        Func<LedgerStatement, TKey, LedgerStatement> bind,
        Func<LedgerStatement, TKey> read
    )
    {
        string names = string.Join(", ", columns);
        string values = string.Join(", ", columns.Select((_, i) => $"?{i + 2}"));
        _put = new LedgerStatement(database, $"INSERT INTO {table} (id, {names}) VALUES (?1, {values})");
        _drop = new LedgerStatement(database, $"DELETE FROM {table} WHERE id = ?1");
        _all = new LedgerStatement(database, $"SELECT id, {names} FROM {table} ORDER BY id");
        _bind = bind;
        _read = read;
    }

    /// <summary>Makes the table hold these keys.</summary>
    public void Write(IReadOnlyList<TKey> keys)
    {
        if (!_isKnown)
        {
            Learn();
        }

        _round++;
        for (int i = 0; i < keys.Count; i++)
        {
            ref Held held = ref CollectionsMarshal.GetValueRefOrAddDefault(_held, keys[i], out bool isThere);
            held.Round = _round;
            if (!isThere)
            {
                held.Id = ++_last;
                _bind(_put.Int(held.Id), keys[i]).Run();
            }
        }

        if (_held.Count == keys.Count)
        {
            return;
        }

        foreach ((TKey key, Held held) in _held)
        {
            if (held.Round != _round)
            {
                _drop.Int(held.Id).Run();
                _held.Remove(key);
            }
        }
    }

    /// <summary>What was written since the last commit is not there.</summary>
    public void Forget() => _isKnown = false;

    /// <summary>The keys, oldest first.</summary>
    public IReadOnlyList<TKey> Read()
    {
        List<TKey> keys = [];
        while (_all.Step())
        {
            keys.Add(_read(_all));
        }

        _all.Reset();
        return keys;
    }

    public void Dispose()
    {
        _put.Dispose();
        _drop.Dispose();
        _all.Dispose();
    }

    private void Learn()
    {
        _held.Clear();
        _last = 0;
        while (_all.Step())
        {
            _last = _all.IntAt(0);
            _held.Add(_read(_all), new Held { Id = _last });
        }

        _all.Reset();
        _isKnown = true;
    }

    private struct Held
    {
        public long Id;
        public long Round;
    }
}
