using YenBai.Cases.Web.Hosting;

return args is ["cases", ..] ? await CommandLine.RunAsync(args[1..]) : await Server.RunAsync(args);

public partial class Program;
