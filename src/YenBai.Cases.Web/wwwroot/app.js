// What the static pages need of a script. Everything works without it, but for the menu of narrow screens.
(() => {
  const typing = e => e.target.closest('input, textarea, select, [contenteditable]');

  document.addEventListener('keydown', e => {
    if (e.key === '/' && !e.ctrlKey && !e.metaKey && !e.altKey && !typing(e)) {
      const box = document.querySelector('main [data-search]') ?? document.querySelector('[data-search]');
      if (box) { e.preventDefault(); box.focus(); box.select(); }
    }
    if (e.key === 'Escape') document.querySelectorAll('details.pick[open]').forEach(d => { d.open = false; });
  });

  // A text is handed over when its field is left: before a form closes, so that the draft has it.
  document.addEventListener('keydown', e => {
    if (e.key === 'Escape' && e.target.matches('.panel-form :is(textarea, .rz-textbox)')) e.target.blur();
  }, true);

  document.addEventListener('click', e => {
    const button = e.target.closest('[data-toggles]');
    if (button) {
      const open = document.getElementById(button.dataset.toggles).classList.toggle('open');
      button.setAttribute('aria-expanded', open);
    }
    if (e.target.closest('[data-print]')) window.print();
    // A menu closes when something in it, or anything else, was chosen.
    document.querySelectorAll('details.pick[open]').forEach(d => {
      if (!d.contains(e.target) || e.target.closest('.pick li')) d.open = false;
    });
  });

  // A choice in a filter acts at once.
  document.addEventListener('change', e => {
    const form = e.target.closest('form[data-at-once]');
    if (form && e.target.type !== 'search') form.requestSubmit();
  });

  // What was left empty does not belong into the address.
  document.addEventListener('submit', e => {
    if (!e.target.matches('form[data-sparse]')) return;
    const empty = [...e.target.elements].filter(x => x.name && x.value === '' && !x.disabled);
    empty.forEach(x => { x.disabled = true; });
    setTimeout(() => empty.forEach(x => { x.disabled = false; }));
  }, true);

  // Drafts of forms outlive a lost connection; they end with the tab, at sign-out, and when another account signs in.
  const owner = document.documentElement.dataset.owner ?? '';
  const removeDrafts = kept => Object.keys(sessionStorage)
    .filter(key => key.startsWith('draft:') && !(kept && key.startsWith(`draft:${kept}:`)))
    .forEach(key => sessionStorage.removeItem(key));

  // The other tabs of this browser learn who is signed in now: a page of somebody else, or of nobody any more, is loaded anew.
  const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('account') : null;
  if (owner) removeDrafts(owner);
  tabs?.postMessage({ owner });
  tabs?.addEventListener('message', ({ data }) => {
    if (data.signedOut) removeDrafts();
    else if (owner && data.owner !== owner) location.reload();
  });

  document.addEventListener('submit', e => {
    if (!e.target.matches('form[data-signs-out]')) return;
    removeDrafts();
    tabs?.postMessage({ signedOut: true });
  }, true);

  // Taken back by the browser from its memory, a page may be of somebody who has signed out since.
  window.addEventListener('pageshow', e => { if (e.persisted) location.reload(); });

  window.cases = {
    keep: (name, text) => sessionStorage.setItem(name, text),
    kept: name => sessionStorage.getItem(name),
    showWrong: () => setTimeout(() => document.querySelector('.panel-form .wrong :is(input, select, textarea)')?.focus(), 100),
    forget: name => sessionStorage.removeItem(name),
  };
})();
