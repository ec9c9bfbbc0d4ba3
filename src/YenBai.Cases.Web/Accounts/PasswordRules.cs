using Microsoft.AspNetCore.Identity;

namespace YenBai.Cases.Web.Accounts;

/// <summary>Long is what counts. What anybody would try first is refused beside it.</summary>
public sealed class PasswordRules : IPasswordValidator<StaffAccount>
{
    public const int Shortest = 12, Longest = 256;
    public const string HoldsUserName = "PasswordHoldsUserName", TooLong = "PasswordTooLong", OnlyDigits = "PasswordOnlyDigits", Easy = "PasswordEasy";

    public Task<IdentityResult> ValidateAsync(UserManager<StaffAccount> manager, StaffAccount user, string? password) => Task.FromResult(
        password is null ? IdentityResult.Success
        : password.Length > Longest ? Wrong(TooLong, $"The password is longer than {Longest} characters.")
        : user.UserName is { Length: > 0 } name && password.Contains(name, StringComparison.OrdinalIgnoreCase) ? Wrong(HoldsUserName, "The password holds the user name.")
        : password.All(c => char.IsDigit(c) || !char.IsLetter(c)) ? Wrong(OnlyDigits, "The password has no letter.")
        : EasyPasswords.IsEasy(password, user.UserName, user.FullName) ? Wrong(Easy, "The password is little more than common words, rows of digits or keys, or repetition. Join some unrelated words.")
        : IdentityResult.Success);

    private static IdentityResult Wrong(string code, string description) => IdentityResult.Failed(new IdentityError { Code = code, Description = description });
}
