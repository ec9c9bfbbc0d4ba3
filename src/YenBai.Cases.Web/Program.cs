using YenBai.Cases.Web.Hosting;

return await Server.RunAsync(args);

public partial class Program;
