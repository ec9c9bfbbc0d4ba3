using Microsoft.AspNetCore.Identity;

namespace YenBai.Cases.Web.Accounts;

/// <summary>Long is what counts. What anybody would try first is refused beside it.</summary>
public sealed class PasswordRules : IPasswordValidator<StaffAccount>
{
    public const int Shortest = 12, Longest = 256;
    public const string HoldsUserName = "PasswordHoldsUserName", TooLong = "PasswordTooLong";

    public Task<IdentityResult> ValidateAsync(UserManager<StaffAccount> manager, StaffAccount user, string? password) => Task.FromResult(
        password is { Length: > Longest } ? IdentityResult.Failed(new IdentityError { Code = TooLong, Description = $"The password is longer than {Longest} characters." })
        : user.UserName is { Length: > 0 } name && password?.Contains(name, StringComparison.OrdinalIgnoreCase) == true
            ? IdentityResult.Failed(new IdentityError { Code = HoldsUserName, Description = "The password holds the user name." })
        : IdentityResult.Success);
}
