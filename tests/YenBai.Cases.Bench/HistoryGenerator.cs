using System.Globalization;

namespace YenBai.Cases.Bench;

/// <summary>Writes a history file of ten facts a household; the same seed gives the same file.</summary>
internal static class HistoryGenerator
{
    public const int FactsEach = 10;

    private static readonly string[] Districts = ["Yen Bai", "Nghia Lo", "Luc Yen", "Van Yen", "Mu Cang Chai", "Tran Yen", "Tram Tau", "Van Chan", "Yen Binh"];
    private static readonly string[] Supports = ["none", "loan", "training", "loan+training", "livestock", "service"];

    public static void Write(string path, int households, int seed)
    {
        var dice = new Random(seed);
        using var file = new StreamWriter(path);
        file.WriteLine("event_id,household,seq,effective,recorded,type,district,voluntary,support,cause,history,reference,standard");
        var id = 0;
        for (var h = 1; h <= households; h++)
        {
            var district = Districts[dice.Next(Districts.Length)];
            var year = 2015 + dice.Next(2);
            var first = id + 1;
            Tell("ENTER", cause: dice.Next(4) == 0 ? "deterioration" : "");
            for (var fact = 2; fact <= FactsEach; fact++)
            {
                year = Math.Min(2024, year + 1);
                if (dice.Next(40) == 0) district = Districts[dice.Next(Districts.Length)];
                if (fact == FactsEach && dice.Next(50) == 0) Tell("VOID", reference: (first + 3).ToString(CultureInfo.InvariantCulture));
                else if (fact is 3 or 7) Tell("EXIT", dice.Next(2).ToString(CultureInfo.InvariantCulture), Supports[dice.Next(Supports.Length)]);
                else if (fact == 6) Tell("ENTER", cause: "deterioration");
                else if (fact == FactsEach && dice.Next(30) == 0) Tell("MOVE_OUT");
                else Tell("CONFIRM");
            }

            void Tell(string type, string voluntary = "", string support = "", string cause = "", string reference = "")
            {
                id++;
                var standard = year < 2022 ? "2016-2020" : "2022-2025";
                file.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{id},YB-{h:000000},{id},{year}-12-{10 + id % 10:00},{year}-12-{20 + id % 10:00},{type},{district},{voluntary},{support},{cause},,{reference},{standard}"));
            }
        }
    }
}
