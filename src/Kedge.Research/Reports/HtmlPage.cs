using System.Text;
using System.Text.Json;

namespace Kedge.Research.Reports;

/// <summary>A page that needs nothing else: style, script and data are inside, and a content security policy forbids it to load anything.</summary>
internal static class HtmlPage
{
    private const string Policy =
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>Writes a page.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="title">Its title, encoded for HTML.</param>
    /// <param name="bundle">Name of its script and style among the resources.</param>
    /// <param name="data">Writes what its script shows.</param>
    public static void Write(Stream stream, string title, string bundle, Action<Utf8JsonWriter> data)
    {
        Text(
            stream,
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="color-scheme" content="light dark">
            <link rel="icon" href="data:,">
            <title>{title}</title>
            <style>

            """
        );
        Resource(stream, bundle + ".css");
        Text(
            stream,
            """
            </style>
            </head>
            <body>
            <noscript>This page draws its charts with the script inside it: allow scripts to see them.</noscript>
            <div id="page"></div>
            <script type="application/json" id="data">
            """
        );
        // The default encoder escapes '<', '>' and '&', so that no text can end the script block.
        using (Utf8JsonWriter writer = new(stream))
        {
            data(writer);
        }

        Text(stream, "</script>\n<script>\n");
        Resource(stream, bundle + ".js");
        Text(stream, "</script>\n</body>\n</html>\n");
    }

    private static void Text(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    private static void Resource(Stream stream, string name)
    {
        using Stream resource =
            typeof(HtmlPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"resource {name} is missing from the build");
        resource.CopyTo(stream);
    }
}
