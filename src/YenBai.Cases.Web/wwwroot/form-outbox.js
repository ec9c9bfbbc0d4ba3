// Forms that record something. The browser owns what is typed and what is sent, so that neither a lost circuit nor a lost line
// loses or doubles it: a draft is written at each letter, and one filled-in form waits here until its outcome is known. It is sent
// under one key, however often; the server acts on a key once. All of it belongs to the account that is signed in.
(() => {
  const bar = () => document.getElementById('outbox');
  const words = () => bar()?.dataset ?? {};
  const retries = [1000, 2000, 4000, 8000];
  const patience = 30000;
  const outbox = 'outbox', lastOutcome = 'outcome';
  const draftOf = name => `draft ${name}`;

  // crypto.randomUUID is there on secure origins alone; an office's own server may have no certificate.
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, '0')).join('');

  // --- What is kept: in this tab, encrypted with a key that the pages of its account alone have. Without a secure origin
  // there is no encryption, and it is kept as long as the page. ---
  const { owner = '', draftKey = '' } = document.documentElement.dataset;
  const prefix = `draft:${owner}:`;
  const kept = new Map();
  const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
  const sealing = owner && crypto.subtle ? crypto.subtle.importKey('raw', bytes(draftKey), 'AES-GCM', false, ['encrypt', 'decrypt']) : null;

  const read = name => kept.get(name)?.value ?? null;
  const drop = name => {
    const entry = kept.get(name);
    kept.delete(name);
    if (entry) sessionStorage.removeItem(prefix + entry.id);
  };
  const write = async (name, value) => {
    const entry = kept.get(name) ?? { id: newKey(), change: 0 };
    const change = ++entry.change;
    entry.value = value;
    kept.set(name, entry);
    if (!sealing) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await sealing, new TextEncoder().encode(JSON.stringify({ name, value }))));
    // What was typed meanwhile is newer; what was dropped meanwhile stays away.
    if (kept.get(name) === entry && entry.change === change) sessionStorage.setItem(prefix + entry.id, btoa([...iv, ...sealed].map(b => String.fromCharCode(b)).join('')));
  };
  const forget = () => Object.keys(sessionStorage).filter(name => name.startsWith('draft:')).forEach(name => sessionStorage.removeItem(name));
  // Signed out in another tab: nothing stays here either.
  if ('BroadcastChannel' in window) new BroadcastChannel('account').addEventListener('message', ({ data }) => { if (data.signedOut) { kept.clear(); forget(); } });
  const unsealed = (async () => {
    if (!sealing) return;
    for (const name of Object.keys(sessionStorage).filter(n => n.startsWith('draft:'))) {
      try {
        if (!name.startsWith(prefix)) throw new Error('of another account');
        const all = bytes(sessionStorage.getItem(name));
        const open = JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: all.slice(0, 12) }, await sealing, all.slice(12))));
        kept.set(open.name, { id: name.slice(prefix.length), change: 0, value: open.value });
      } catch {
        sessionStorage.removeItem(name);
      }
    }
  })();

  const forms = () => [...document.querySelectorAll('form[data-outbox]')];
  const formOf = entry => forms().find(f => f.dataset.key === entry.key);

  // --- What is in a form ---
  const valuesOf = form => {
    const values = {};
    for (const rows of form.querySelectorAll('[data-rows]')) {
      const all = [...rows.querySelectorAll('[data-row]')].map(row =>
        Object.fromEntries([...row.querySelectorAll('[data-member]')].filter(m => m.value !== '').map(m => [m.dataset.member, m.value])));
      values[rows.dataset.rows] = all.length ? JSON.stringify(all) : '';
    }
    for (const control of form.querySelectorAll('[data-field]')) {
      const name = control.dataset.field;
      if (control.type !== 'checkbox') values[name] = control.value;
      else {
        values[name] ??= '';
        if (control.checked) values[name] += (values[name] && ';') + control.value;
      }
    }
    return values;
  };

  const keep = form => write(draftOf(form.dataset.draft), { key: form.dataset.key, values: valuesOf(form) });

  const typed = e => {
    const form = e.target.closest?.('form[data-outbox]');
    if (!form || e.target.matches('[data-narrows]')) return;
    form.dataset.touched = '';
    clear(e.target.closest('.field'));
    keep(form);
  };
  document.addEventListener('input', typed, true);
  document.addEventListener('change', typed, true);

  // --- What is wrong with it. The lines are ours alone: the circuit never draws into them. ---
  const element = (tag, attributes, ...children) => {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  };
  const icon = name => { const i = element('span', { className: 'icon', textContent: name }); i.setAttribute('aria-hidden', 'true'); return i; };
  const line = text => { const p = element('p', { className: 'wrong-says' }, icon('error'), ` ${text}`); p.setAttribute('role', 'alert'); return p; };
  const controlOf = field => field.querySelector('[data-field], input, select, textarea');

  const clear = field => {
    if (!field?.classList.contains('wrong')) return;
    field.classList.remove('wrong');
    field.querySelector('[data-wrong]').replaceChildren();
    controlOf(field)?.removeAttribute('aria-invalid');
  };

  const mark = (form, name, text) => {
    const field = form.querySelector(`.field[data-of="${CSS.escape(name)}"]`);
    if (!field) return false;
    field.classList.add('wrong');
    const says = line(text);
    says.id = `wrong-${name}`;
    field.querySelector('[data-wrong]').replaceChildren(says);
    controlOf(field)?.setAttribute('aria-invalid', 'true');
    return true;
  };

  const say = (form, ...nodes) => form.querySelector('[data-says]').replaceChildren(...nodes);

  const newerOf = newer => {
    const list = element('ul', { className: 'plain' }, ...newer.facts.map(f =>
      element('li', {}, element('b', { textContent: f.on }), ` ${f.sentence} `, element('span', { className: 'small', textContent: f.by }))));
    const box = element('div', { className: 'notice stale' },
      element('p', {}, icon('sync_problem'), ' ', element('b', { textContent: newer.title }), ` ${newer.what}`),
      element('details', { open: true }, element('summary', { textContent: newer.show }), list));
    box.setAttribute('role', 'alert');
    return box;
  };

  const showWrong = (form, outcome) => {
    form.querySelectorAll('.field.wrong').forEach(clear);
    say(form);
    const nodes = Object.entries(outcome.wrong ?? {}).filter(([name, text]) => !mark(form, name, text)).map(([, text]) => line(text));
    if (outcome.says) nodes.push(line(outcome.says));
    if (outcome.newer) nodes.push(newerOf(outcome.newer));
    say(form, ...nodes);
    const first = form.querySelector('.field.wrong');
    if (first) controlOf(first)?.focus();
    else form.querySelector('[data-says]').scrollIntoView({ block: 'nearest' });
  };

  // --- What is going on, said where a panel cannot take it away ---
  let vanishing;
  const report = (text, state, link) => {
    const place = bar();
    if (!place || (text && place.dataset.says === text)) return;
    place.dataset.says = text;
    clearTimeout(vanishing);
    place.className = `outbox ${state ?? ''}`;
    if (!text) { place.replaceChildren(); return; }
    const nodes = [icon({ done: 'check_circle', failed: 'error', odd: 'warning' }[state] ?? 'schedule'), element('p', { textContent: text })];
    if (link) nodes.push(element('a', { className: 'button', href: link.address, textContent: link.text }));
    if (state !== 'wait') {
      const close = element('button', { type: 'button', className: 'button quiet', title: words().close }, icon('close'));
      close.dataset.static = '';
      close.setAttribute('aria-label', words().close);
      close.addEventListener('click', () => { drop(lastOutcome); report(''); });
      nodes.push(close);
    }
    place.replaceChildren(...nodes);
    if (state === 'done') vanishing = setTimeout(() => { drop(lastOutcome); report(''); }, 15000);
  };
  // An outcome outlives a page that is loaded anew.
  const conclude = (text, state, link) => { write(lastOutcome, { text, state, link }); report(text, state, link); };
  const naming = entry => [entry.title, entry.about].filter(Boolean).join(' · ');

  // --- Sending ---
  const setState = (form, state) => {
    form.dataset.state = state;
    const busy = state !== '';
    form.querySelector('.fields').inert = busy;
    form.querySelector('button[type=submit]').disabled = busy;
    form.querySelector('[data-send]').textContent = busy ? words().sending : form.dataset.again !== undefined ? words().again : words().send;
    form.querySelector('[data-cancel] span').textContent = busy && state !== 'unsent' ? words().close : words().cancel;
  };

  const send = async form => {
    if (form.dataset.state) return;
    const values = valuesOf(form);
    const missing = [...form.querySelectorAll('[data-field][required]')].filter(c => !c.value.trim()).map(c => c.dataset.field);
    if (missing.length) return showWrong(form, { wrong: Object.fromEntries(missing.map(name => [name, words().required])) });
    form.querySelectorAll('.field.wrong').forEach(clear);
    say(form);
    if (read(outbox)) return say(form, line(words().another));
    setState(form, navigator.onLine ? 'sending' : 'unsent');
    keep(form);
    const { outbox: name, key, code, version, draft, title, about } = form.dataset;
    await write(outbox, { form: name, key, code: code ?? null, version: Number(version), values, draft, title, about: about ?? '', page: location.pathname + location.search, tries: 0 });
    post();
  };

  let posting = false;
  let timer;
  const wait = entry => {
    report(`${naming(entry)}: ${navigator.onLine ? words().waiting : words().offline}`, 'wait');
    timer = setTimeout(post, retries[Math.min(entry.tries, retries.length) - 1] ?? retries[0]);
  };

  const post = async () => {
    const entry = read(outbox);
    if (posting || !entry) return;
    clearTimeout(timer);
    if (!navigator.onLine) { wait(entry); return; }
    posting = true;
    entry.tries++;
    await write(outbox, entry);
    const form = formOf(entry);
    if (form) setState(form, 'sending');
    report(`${naming(entry)}: ${words().sending}`, 'wait');
    let answer, outcome;
    try {
      answer = await fetch(`/api/forms/${entry.form}`, {
        method: 'POST', signal: AbortSignal.timeout(patience),
        // In the page's language, not the browser's.
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': entry.key, 'Accept-Language': document.documentElement.lang },
        body: JSON.stringify({ code: entry.code, version: entry.version, values: entry.values }),
      });
      outcome = answer.status === 401 ? null : answer.ok ? await answer.json() : { outcome: 'refused', says: (await answer.json()).detail };
    } catch {
      answer = null;
    } finally {
      posting = false;
    }
    if (answer?.status === 401) report(`${naming(entry)}: ${words().signIn}`, 'failed', { address: `${words().signInPath}?ReturnUrl=${encodeURIComponent(entry.page)}`, text: words().signInDo });
    else if (!answer || answer.status >= 500 || answer.status === 408 || answer.status === 429) wait(entry);
    else settle(entry, outcome);
  };

  const settle = (entry, outcome) => {
    drop(outbox);
    const form = formOf(entry);
    if (outcome.outcome === 'accepted') {
      drop(draftOf(entry.draft));
      if (form) form.dataset.state = 'done';
      const odd = outcome.warnings ?? [];
      const address = `/ho-dan/${encodeURIComponent(outcome.code)}`;
      conclude([`${words().accepted}: ${naming(entry)}.`, ...odd].join(' '), odd.length ? 'odd' : 'done', location.pathname === address ? null : { address, text: words().open });
      hearers.forEach(hearer => heard({ hearer, form: { form: entry.form, code: outcome.code, version: outcome.version }, panel: form }));
      return;
    }
    // What was answered stands under its key: what is sent next is another command.
    const key = newKey();
    write(draftOf(entry.draft), { key, values: entry.values });
    const why = [outcome.says, ...Object.values(outcome.wrong ?? {}), outcome.newer?.title].filter(Boolean).join(' ');
    conclude(`${words().refused}: ${naming(entry)}. ${why}`, 'failed', form ? null : { address: entry.page, text: words().open });
    if (!form) return;
    form.dataset.key = key;
    if (outcome.outcome === 'stale') { form.dataset.version = outcome.version; form.dataset.again = ''; }
    setState(form, '');
    showWrong(form, outcome);
  };

  document.addEventListener('submit', e => {
    const form = e.target.closest('form[data-outbox]');
    if (form) { e.preventDefault(); send(form); }
    // Who signs out leaves nothing behind.
    else if (e.target.matches('.signed-in form, form[data-signs-out]')) {
      if (read(outbox) && !confirm(words().unsent)) e.preventDefault();
      else forget();
    }
  }, true);

  document.addEventListener('click', e => {
    const form = e.target.closest?.('form[data-outbox]');
    if (!form) return;
    if (e.target.closest('[data-afresh]')) { drop(draftOf(form.dataset.draft)); delete form.dataset.touched; return; }
    if (!e.target.closest('[data-cancel]')) return;
    const entry = read(outbox);
    const waiting = entry?.key === form.dataset.key;
    // What may have left the browser cannot be called back: its outcome is said.
    if (waiting && (entry.tries > 0 || posting)) return;
    if (waiting) { clearTimeout(timer); drop(outbox); conclude(`${words().cancelled}: ${naming(entry)}.`, 'done'); }
    drop(draftOf(form.dataset.draft));
    form.dataset.state = 'cancelled';
  }, true);

  // --- Pages that want to know ---
  const hearers = new Set();
  const unheard = new Set();
  const heard = async call => {
    unheard.add(call);
    const { hearer, form, panel } = call;
    try {
      // A second time only the form that is still there is closed, not one that was opened since.
      await hearer.invokeMethodAsync('RecordedAsync', { ...form, panelOpen: !!panel?.isConnected });
      unheard.delete(call);
    } catch {
      // The line is down, and the circuit may come back; a page that is gone shows what is recorded when it is loaded.
      if (window.cases.live()) { unheard.delete(call); hearers.delete(hearer); }
    }
  };

  Object.assign(window.cases, {
    report,
    hear: hearer => { hearers.add(hearer); },
    draft: async name => {
      await unsealed;
      const draft = read(draftOf(name));
      return !draft || forms().some(f => f.dataset.draft === name && f.dataset.touched !== undefined) ? null : JSON.stringify(draft);
    },
    // What was under way when the line broke never arrived, and nobody says so.
    onBack: () => unheard.forEach(heard),
  });

  // --- A form that has just been opened ---
  const greeted = new WeakSet();
  let opener = null, returning = null;
  const greet = form => {
    greeted.add(form);
    if (document.activeElement !== document.body && !form.contains(document.activeElement)) opener = document.activeElement;
    const entry = read(outbox);
    if (entry && entry.draft === form.dataset.draft) { form.dataset.key = entry.key; setState(form, 'sending'); }
    // At once, and never again: whoever types is not moved.
    if (!form.contains(document.activeElement)) form.querySelector('.fields :is(input:not([type=hidden]), select, textarea)')?.focus({ preventScroll: true });
  };
  // A form that is closed takes the focus with it: it returns to what opened the form, or to the heading where that is gone.
  const giveBack = () => {
    if (!returning || document.activeElement !== document.body) return;
    (returning.isConnected ? returning : document.querySelector('main h1[tabindex]'))?.focus({ preventScroll: true });
  };
  const closed = change => [...change.removedNodes].some(n => n.nodeType === 1 && (n.matches('form[data-outbox]') || n.querySelector('form[data-outbox]')));
  new MutationObserver(changes => {
    if (opener && changes.some(closed) && forms().length === 0) {
      const from = returning = opener;
      // The page is drawn again a little later, and may take the opener away.
      setTimeout(() => { if (returning === from) returning = null; }, 5000);
    }
    forms().filter(f => !greeted.has(f)).forEach(greet);
    giveBack();
    // Rows that came or went, a file that was taken in.
    for (const form of new Set(changes.map(c => c.target.closest?.('form[data-outbox]')).filter(Boolean)))
      if (form.dataset.touched !== undefined && !form.dataset.state) keep(form);
  }).observe(document.body, { childList: true, subtree: true });

  addEventListener('online', () => { post(); });
  unsealed.then(() => {
    const last = read(lastOutcome);
    if (last) report(last.text, last.state, last.link);
    forms().forEach(greet);
    post();
  });
})();
