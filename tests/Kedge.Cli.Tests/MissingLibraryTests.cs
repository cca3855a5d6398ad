namespace Kedge.Cli.Tests;

/// <summary>A program that was copied without the libraries beside it.</summary>
public sealed class MissingLibraryTests
{
    [Fact]
    public void A_library_that_is_not_beside_the_program_is_named()
    {
        DllNotFoundException missing = new("Unable to load shared library 'e_sqlite3' or one of its dependencies.");
        Assert.Equal("libe_sqlite3.so", Program.MissingLibrary(new TypeInitializationException("Kedge.Data.Sqlite", missing)));
        Assert.Equal(
            "a native library",
            Program.MissingLibrary(new DllNotFoundException("Unable to load shared library 'other'"))
        );
        Assert.Null(Program.MissingLibrary(new InvalidOperationException("something else")));
    }
}
