// Passkeys: a form goes off with what the browser's authenticator answers to the question that the server asks.
document.addEventListener('submit', async event => {
  const form = event.target.closest('form[data-passkey]');
  if (!form) return;
  event.preventDefault();
  const failed = form.querySelector('[role=alert]');
  failed.hidden = true;
  try {
    const asked = await fetch(form.dataset.passkey, {
      method: 'POST',
      headers: { RequestVerificationToken: form.elements.__RequestVerificationToken.value },
    });
    if (!asked.ok) throw new Error(asked.status);
    const options = await asked.json();
    const answer = 'rp' in options
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    form.elements.Credential.value = JSON.stringify(answer);
    form.submit();
  } catch {
    failed.hidden = false;
  }
});
