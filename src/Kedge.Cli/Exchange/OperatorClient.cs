using System.Text;
using Kedge.Model;

namespace Kedge.Cli.Exchange;

/// <summary>Asks the operator's port of a running simulated exchange.</summary>
internal static class OperatorClient
{
    /// <summary>Where <c>kedge exchange</c> listens unless told otherwise.</summary>
    public const string DefaultUrl = "http://127.0.0.1:3002";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Sends one request and returns the body of the answer.</summary>
    /// <exception cref="KedgeException">Nothing answers there (exit 4), or the exchange refuses (exit 1, or 2 when it does not understand).</exception>
    public static string Ask(string url, HttpMethod method, string path, string? body)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? root) || root.Scheme is not ("http" or "https"))
        {
            throw KedgeException.Usage($"--url: '{url}' is no address; give one such as {DefaultUrl}");
        }

        using HttpClient client = new(new SocketsHttpHandler { UseProxy = !root.IsLoopback }) { Timeout = Patience };
        using HttpRequestMessage request = new(method, new Uri(root, path));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        try
        {
            using HttpResponseMessage answer = client.Send(request, Interruption.Token);
            using StreamReader reader = new(answer.Content.ReadAsStream(Interruption.Token), Encoding.UTF8);
            string text = reader.ReadToEnd();
            return (int)answer.StatusCode switch
            {
                200 => text,
                400 or 404 or 405 or 422 => throw KedgeException.Usage($"{url}{path}: {text}"),
                _ => throw new KedgeException(FailureKind.CheckFailed, $"{url}{path}: {text}"),
            };
        }
        catch (Exception e)
            when (e is HttpRequestException or TaskCanceledException && !Interruption.Token.IsCancellationRequested)
        {
            throw KedgeException.Environment(
                $"no simulated exchange answers at {url}; start one with 'kedge exchange', or name its operator's address with --url",
                e
            );
        }
    }
}
