// Whether the circuit of the page lives, and what was clicked while it did not: a click is kept and carried out once it lives.
(() => {
  const words = () => document.getElementById('outbox')?.dataset ?? {};
  const heard = 'main button[type=button], main a[data-do], .rz-dialog-side button[type=button], .rz-dialog-side a[data-do]';
  // What the scripts do themselves, or what a page without a circuit has.
  const ours = '[data-static], [data-toggles], [data-print], [data-cancel], [data-narrows], .day-open';

  // What only opens a form or a panel: doing it again does no harm.
  const opens = '.actions button, .timeline .by button, .agreements .acts button, .household-needs > p > button, a[data-do]';

  let down = false;
  let kept = null;
  let opening = null;

  const live = () => !down && !document.querySelector('[data-interactive=false]');

  // The prerendered button is replaced when the circuit starts: it is known by what it says and which of those it is.
  const saying = b => b.getAttribute('aria-label') || b.textContent.trim();
  const nameOf = button => {
    const same = [...document.querySelectorAll(heard)].filter(b => saying(b) === saying(button));
    return { says: saying(button), at: same.indexOf(button) };
  };
  const find = name => [...document.querySelectorAll(heard)].filter(b => saying(b) === name.says)[name.at];

  const isOpener = button => button.matches(opens) && !button.closest('.rz-dialog-side');

  const keep = button => {
    document.querySelectorAll('.kept').forEach(b => b.classList.remove('kept'));
    button.classList.add('kept');
    kept = { ...nameOf(button), opens: isOpener(button) };
    window.cases.report?.(words().kept, 'wait');
  };

  const replay = () => {
    if (!kept || !live()) return;
    const button = find(kept);
    // A page that has just come alive may draw its waiting state first: the button comes with a later change.
    kept.since ??= Date.now();
    if (!button && Date.now() - kept.since < 15000) return;
    kept = null;
    window.cases.report?.('', 'wait');
    if (!button) return;
    button.classList.remove('kept');
    button.click();
  };

  document.addEventListener('click', e => {
    const button = e.target.closest?.(heard);
    if (!button || button.matches(ours) || button.disabled || !document.querySelector('[data-interactive]')) return;
    if (live()) {
      // A click that was under way when the line broke never arrived.
      const name = isOpener(button) ? { ...nameOf(button), opens: true } : null;
      opening = name;
      if (name) setTimeout(() => { if (opening === name) opening = null; }, 15000);
      return;
    }
    e.preventDefault();
    e.stopImmediatePropagation();
    keep(button);
  }, true);

  // A link that asks for a form or a side panel is heard by the part of the page that opens it; without that part it leads where it points.
  let opener = null;
  window.cases.openLinks = part => { opener = { part, mark: document.querySelector('[data-opens]') }; };
  document.addEventListener('click', e => {
    const link = e.target.closest?.('a[data-do]');
    if (!link || !opener?.mark?.isConnected || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    e.preventDefault();
    opener.part.invokeMethodAsync('OpenAsync', { ...link.dataset });
  }, true);

  // A form of the circuit, handed in before it lives, would be sent nowhere and lose what is in it.
  document.addEventListener('submit', e => {
    if (live() || e.target.matches('[data-outbox], [action], [method]') || !document.querySelector('[data-interactive]')) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    window.cases.report?.(words().notYet, 'wait');
  }, true);

  const wake = () => {
    document.documentElement.classList.toggle('unlive', !live());
    if (!live()) return;
    if (kept) setTimeout(replay, 50);
  };

  window.cases.live = live;
  window.cases.connection = state => {
    const was = down;
    down = state !== 'hide';
    if (down && !was && opening) {
      const name = opening;
      opening = null;
      // What the server had drawn already comes with the reconnection.
      kept ??= name;
      window.cases.report?.(words().kept, 'wait');
    }
    document.documentElement.classList.toggle('offline', down);
    if (was && !down) setTimeout(() => { wake(); window.cases.onBack?.(); }, 200);
    else wake();
  };

  new MutationObserver(changes => {
    for (const change of changes) {
      if ([...change.addedNodes].some(n => n.nodeType === 1 && (n.matches('form.panel-form, .rz-dialog-side') || n.querySelector('form.panel-form, .rz-dialog-side')))) {
        opening = null;
        // What was to be opened is open. It may be drawn before the connection is said to be back: not a second time, then.
        if (kept?.opens) {
          kept = null;
          window.cases.report?.('', 'wait');
        }
      }
    }
    wake();
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-interactive'] });
  wake();
})();
