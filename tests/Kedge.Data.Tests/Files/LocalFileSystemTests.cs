using Kedge.Data.Files;
using Kedge.Model;
using Kedge.Model.Files;

namespace Kedge.Data.Tests.Files;

/// <summary>What the journal and the emergency file rely on, on the machine's own files. The simulated disk is held to the same.</summary>
public sealed class LocalFileSystemTests : IDisposable
{
    private static readonly LocalFileSystem Files = LocalFileSystem.Instance;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_appended_can_be_read_and_is_there_after_opening_again()
    {
        string path = _folder["lane/segment.journal"];
        using (IDurableFile file = Files.Create(path))
        {
            Assert.True(file.Append("first"u8).IsOk);
            Assert.True(file.Append("second"u8).IsOk);
            Assert.True(file.Flush().IsOk);
            Assert.Equal(11, file.Length);
        }

        using IDurableFile again = Files.Open(path);
        byte[] bytes = new byte[20];
        Assert.Equal(11, again.Read(0, bytes));
        Assert.Equal("firstsecond"u8, bytes.AsSpan(0, 11));
        Assert.Equal(3, again.Read(8, bytes));
        Assert.Equal(0, again.Read(11, bytes));
    }

    [Fact]
    public void Reserved_space_reads_as_zeros_and_is_written_over_in_place()
    {
        using IDurableFile file = Files.Create(_folder["emergency"], 1 << 20);
        Assert.Equal(1 << 20, file.Length);
        byte[] all = new byte[1 << 20];
        Assert.Equal(all.Length, file.Read(0, all));
        Assert.All(all.Chunk(4096), part => Assert.True(part.AsSpan().IndexOfAnyExcept((byte)0) < 0));
        Assert.True(file.WriteAt(4_000, "exit"u8).IsOk);
        Assert.Equal(1 << 20, file.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.WriteAt((1 << 20) + 1, "x"u8));
    }

    [Fact]
    public void A_torn_tail_is_cut()
    {
        using IDurableFile file = Files.Create(_folder["a"]);
        file.Append("keep|torn"u8);
        Assert.True(file.Truncate(5).IsOk);
        Assert.Equal(5, file.Length);
        file.Append("new"u8);
        byte[] bytes = new byte[8];
        Assert.Equal(8, file.Read(0, bytes));
        Assert.Equal("keep|new"u8, bytes);
    }

    [Fact]
    public void A_file_is_made_once()
    {
        Files.Create(_folder["a"]).Dispose();
        KedgeException refused = Assert.Throws<KedgeException>(() => Files.Create(_folder["a"]));
        Assert.Equal(FailureKind.Environment, refused.Kind);
        Assert.Contains("is there already", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_cannot_be_opened_and_can_be_deleted()
    {
        Assert.Throws<KedgeException>(() => Files.Open(_folder["none"]));
        Assert.Throws<KedgeException>(() => Files.OpenRead(_folder["none"]));
        Assert.True(Files.Delete(_folder["none"]).IsOk);
        Assert.True(Files.Delete(_folder["no/such/folder"]).IsOk);
        Assert.False(Files.Exists(_folder["none"]));
    }

    [Fact]
    public void A_new_name_takes_the_place_of_the_file_that_had_it()
    {
        using (IDurableFile old = Files.Create(_folder["head"]))
        {
            old.Append("old"u8);
        }

        using (IDurableFile made = Files.Create(_folder["head.new"]))
        {
            made.Append("new"u8);
            made.Flush();
        }

        Assert.True(Files.Rename(_folder["head.new"], _folder["head"]).IsOk);
        Assert.Equal(["head"], Files.List(_folder.Path));
        Assert.Equal("new", File.ReadAllText(_folder["head"]));
        FileOutcome missing = Files.Rename(_folder["gone"], _folder["head"]);
        Assert.Equal(FileFailure.Io, missing.Failure);
        Assert.Throws<ArgumentException>(() => Files.Rename(_folder["head"], _folder["elsewhere/head"]));
    }

    [Fact]
    public void Names_come_in_ordinal_order_and_a_missing_folder_is_empty()
    {
        foreach (string name in new[] { "b", "B", "a-10", "a-2" })
        {
            Files.Create(_folder[name]).Dispose();
        }

        Assert.Equal(["B", "a-10", "a-2", "b"], Files.List(_folder.Path));
        Assert.Empty(Files.List(_folder["none"]));
    }

    [Fact]
    public void A_file_that_is_being_written_can_be_read()
    {
        using IDurableFile writer = Files.Create(_folder["a"]);
        writer.Append("one"u8);
        using IDurableFile reader = Files.OpenRead(_folder["a"]);
        writer.Append("two"u8);
        byte[] bytes = new byte[6];
        Assert.Equal(6, reader.Read(0, bytes));
        Assert.Equal(FileFailure.Io, reader.Append("x"u8).Failure);
    }

    [Fact]
    public void A_full_disk_is_told_as_one()
    {
        if (!File.Exists("/dev/full"))
        {
            Assert.Skip("This machine has no device that is always full.");
        }

        using IDurableFile full = Files.Open("/dev/full");
        FileOutcome outcome = full.Append("x"u8);
        Assert.Equal(FileFailure.Full, outcome.Failure);
        Assert.Contains("free some space", outcome.Text, StringComparison.Ordinal);
    }
}
