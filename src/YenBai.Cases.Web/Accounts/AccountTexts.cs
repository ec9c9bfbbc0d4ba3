namespace YenBai.Cases.Web.Accounts;

/// <summary>Anchor of the texts of accounts and sign-in: Resources/AccountTexts.resx (Vietnamese) and AccountTexts.en.resx.</summary>
public sealed class AccountTexts;
