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

  document.addEventListener('click', e => {
    const button = e.target.closest('[data-toggles]');
    if (button) {
      const open = document.getElementById(button.dataset.toggles).classList.toggle('open');
      button.setAttribute('aria-expanded', open);
    }
    if (e.target.closest('[data-print]')) window.print();
    // A menu closes when something in it, or anything else, was chosen.
    document.querySelectorAll('details.pick[open]').forEach(d => {
      if (!d.contains(e.target) || e.target.closest('.pick li :is(button, a)')) d.open = false;
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

  // The other tabs of this browser learn who is signed in now: a page of somebody else, or of nobody any more, is loaded anew.
  // Drafts are removed by form-outbox.js.
  const owner = document.documentElement.dataset.owner ?? '';
  const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('account') : null;
  tabs?.postMessage({ owner });
  tabs?.addEventListener('message', ({ data }) => {
    if (!data.signedOut && owner && data.owner !== owner) location.reload();
  });

  document.addEventListener('submit', e => {
    if (e.target.matches('form[data-signs-out]')) tabs?.postMessage({ signedOut: true });
  }, true);

  // Taken back by the browser from its memory, a page may be of somebody who has signed out since.
  window.addEventListener('pageshow', e => { if (e.persisted) location.reload(); });

  // A long list of choices is narrowed by what is typed, with or without marks.
  const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
  document.addEventListener('input', e => {
    if (!e.target.matches('[data-narrows]')) return;
    const choices = document.getElementById(e.target.dataset.narrows);
    const left = [...choices.options].filter(o => { o.hidden = o.value !== '' && !fold(o.text).includes(fold(e.target.value)); return !o.hidden && o.value; });
    if (left.length !== 1 || choices.value === left[0].value) return;
    choices.value = left[0].value;
    for (const name of ['input', 'change']) choices.dispatchEvent(new Event(name, { bubbles: true }));
  });

  // What the other scripts share.
  window.cases = {};
})();
