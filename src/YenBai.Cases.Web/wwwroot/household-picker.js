// A household is chosen by its head's name or its code. The code stands in a hidden field; what is found is listed below the box.
(() => {
  const wait = 250;
  const state = new WeakMap();
  const parts = box => {
    const field = box.closest('[data-picker]');
    return { code: field.querySelector('input[type=hidden]'), list: field.querySelector('[role=listbox]'), says: field.querySelector('[data-chosen]') };
  };
  const options = list => [...list.querySelectorAll('[role=option]')];

  const close = box => {
    const { list } = parts(box);
    list.replaceChildren();
    list.hidden = true;
    box.setAttribute('aria-expanded', 'false');
    box.removeAttribute('aria-activedescendant');
  };

  const choose = (box, option) => {
    const { code, says } = parts(box);
    code.value = option.dataset.code;
    says.textContent = option.textContent;
    box.value = '';
    close(box);
    for (const name of ['input', 'change']) code.dispatchEvent(new Event(name, { bubbles: true }));
  };

  const show = (box, found) => {
    const { list } = parts(box);
    list.replaceChildren(...found.map((h, i) => {
      const option = Object.assign(document.createElement('div'), { textContent: h.text, id: `${box.id}-${i}` });
      option.setAttribute('role', 'option');
      option.dataset.code = h.code;
      return option;
    }));
    if (found.length === 0) list.append(Object.assign(document.createElement('p'), { textContent: box.dataset.none, className: 'small' }));
    list.hidden = false;
    box.setAttribute('aria-expanded', 'true');
  };

  const search = async box => {
    const asked = box.value.trim();
    state.set(box, { asked });
    if (asked.length < 2) { close(box); return; }
    try {
      const response = await fetch(`${box.dataset.from}?q=${encodeURIComponent(asked)}`, { headers: { accept: 'application/json' } });
      if (!response.ok || state.get(box)?.asked !== asked) return;
      show(box, (await response.json()).filter(h => h.code !== box.dataset.not));
    } catch {
      // Offline: what was chosen stays, and the next letter asks again.
    }
  };

  document.addEventListener('input', e => {
    if (!e.target.matches('[data-picker] input[type=search]')) return;
    clearTimeout(state.get(e.target)?.timer);
    state.set(e.target, { timer: setTimeout(search, wait, e.target) });
  });

  document.addEventListener('keydown', e => {
    if (!e.target.matches('[data-picker] input[type=search]')) return;
    const all = options(parts(e.target).list);
    const at = all.findIndex(o => o.getAttribute('aria-selected') === 'true');
    if (e.key === 'Escape' && !parts(e.target).list.hidden) { e.stopPropagation(); close(e.target); return; }
    if (e.key === 'Enter') {
      e.preventDefault();
      if (all.length > 0) choose(e.target, all[Math.max(0, at)]);
      return;
    }
    if (e.key !== 'ArrowDown' && e.key !== 'ArrowUp' || all.length === 0) return;
    e.preventDefault();
    const next = all[(at + (e.key === 'ArrowDown' ? 1 : -1) + all.length) % all.length];
    all.forEach(o => o.setAttribute('aria-selected', String(o === next)));
    e.target.setAttribute('aria-activedescendant', next.id);
  });

  document.addEventListener('click', e => {
    const option = e.target.closest('[data-picker] [role=option]');
    if (option) choose(option.closest('[data-picker]').querySelector('input[type=search]'), option);
  });
})();
