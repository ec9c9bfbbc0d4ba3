// A calendar beside a box for a day. The box is text, dd/MM/yyyy in both languages; an address has yyyy-MM-dd.
(() => {
  const parse = text => {
    const m = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim()) ?? /^(\d\d)(\d\d)(\d{4})$/.exec(text.trim());
    const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text.trim());
    const [year, month, day] = m ? [+m[3], +m[2], +m[1]] : iso ? [+iso[1], +iso[2], +iso[3]] : [0, 0, 0];
    const date = new Date(Date.UTC(year, month - 1, day));
    return year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
  };
  const two = n => String(n).padStart(2, '0');
  const show = date => `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()}`;
  const iso = date => `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  const day = (year, month, date) => new Date(Date.UTC(year, month, date));
  const plus = (date, days) => day(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + days);
  const language = () => document.documentElement.lang === 'en' ? 'en-GB' : 'vi-VN';
  const format = (date, options) => new Intl.DateTimeFormat(language(), { timeZone: 'UTC', ...options }).format(date);
  const allowed = (box, date) => !(box.dataset.min && iso(date) < box.dataset.min) && !(box.dataset.max && iso(date) > box.dataset.max);

  let open = null;

  const close = focus => {
    if (!open) return;
    const { box, calendar } = open;
    open = null;
    calendar.remove();
    if (focus) box.focus();
  };

  const choose = date => {
    const { box } = open;
    close(true);
    box.value = show(date);
    for (const name of ['input', 'change']) box.dispatchEvent(new Event(name, { bubbles: true }));
  };

  const button = (says, label, act, classes = '') => {
    const made = Object.assign(document.createElement('button'), { type: 'button', textContent: says, className: classes });
    made.dataset.static = '';
    made.setAttribute('aria-label', label);
    made.addEventListener('click', e => { e.stopPropagation(); act(); });
    return made;
  };

  const draw = focused => {
    const { box, calendar } = open;
    const chosen = parse(box.value);
    open.at = focused;
    const [year, month] = [focused.getUTCFullYear(), focused.getUTCMonth()];
    const head = document.createElement('div');
    head.className = 'calendar-head';
    const title = Object.assign(document.createElement('b'), { textContent: format(focused, { month: 'long', year: 'numeric' }) });
    title.setAttribute('aria-live', 'polite');
    const to = months => () => draw(day(year, month + months, Math.min(focused.getUTCDate(), day(year, month + months + 1, 0).getUTCDate())));
    const named = months => format(day(year, month + months, 1), { month: 'long', year: 'numeric' });
    head.append(button('«', named(-12), to(-12)), button('‹', named(-1), to(-1)), title, button('›', named(1), to(1)), button('»', named(12), to(12)));
    const grid = document.createElement('div');
    grid.className = 'calendar-days';
    const first = day(year, month, 1);
    const start = plus(first, -((first.getUTCDay() + 6) % 7));
    for (let i = 0; i < 7; i++) grid.append(Object.assign(document.createElement('span'), { textContent: format(plus(start, i), { weekday: language() === 'vi-VN' ? 'narrow' : 'short' }) }));
    let focus = null;
    for (let i = 0; i < 42; i++) {
      const date = plus(start, i);
      const classes = [date.getUTCMonth() === month ? '' : 'other', chosen && iso(date) === iso(chosen) ? 'chosen' : ''].join(' ').trim();
      const cell = button(String(date.getUTCDate()), format(date, { dateStyle: 'full' }), () => choose(date), classes);
      cell.disabled = !allowed(box, date);
      cell.tabIndex = iso(date) === iso(focused) ? 0 : -1;
      if (cell.tabIndex === 0) focus = cell;
      grid.append(cell);
    }
    calendar.replaceChildren(head, grid);
    focus?.focus({ preventScroll: true });
  };

  const pop = box => {
    close(false);
    const calendar = document.createElement('div');
    calendar.className = 'calendar';
    calendar.setAttribute('role', 'dialog');
    calendar.setAttribute('aria-label', box.getAttribute('aria-label') ?? box.closest('.field, label')?.querySelector('label')?.textContent ?? box.placeholder);
    document.body.append(calendar);
    open = { box, calendar };
    const today = new Date();
    let at = parse(box.value) ?? day(today.getFullYear(), today.getMonth(), today.getDate());
    if (box.dataset.max && iso(at) > box.dataset.max) at = parse(box.dataset.max);
    if (box.dataset.min && iso(at) < box.dataset.min) at = parse(box.dataset.min);
    draw(at);
    const place = box.getBoundingClientRect();
    const { width, height } = calendar.getBoundingClientRect();
    calendar.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8))}px`;
    calendar.style.top = `${place.bottom + height + 4 > innerHeight && place.top > height ? place.top - height - 4 : Math.min(place.bottom + 4, Math.max(8, innerHeight - height - 8))}px`;
  };

  document.addEventListener('click', e => {
    const opener = e.target.closest('.day-open');
    if (opener) {
      const box = opener.parentElement.querySelector('[data-day]');
      if (open?.box === box) close(true); else pop(box);
      e.preventDefault();
    } else if (open && !open.calendar.contains(e.target)) close(false);
  });

  document.addEventListener('keydown', e => {
    // The calendar is asked for as in other boxes; Enter sends the form.
    if (e.key === 'ArrowDown' && (e.altKey || !e.ctrlKey) && e.target.matches?.('[data-day]')) { e.preventDefault(); pop(e.target); return; }
    if (!open || !open.calendar.contains(e.target)) return;
    if (e.key === 'Escape') { e.preventDefault(); e.stopPropagation(); close(true); return; }
    if (e.key === 'Tab') { close(true); return; }
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[e.key];
    if (step && e.target.closest('.calendar-days')) { e.preventDefault(); draw(plus(open.at, step)); }
  }, true);
  addEventListener('scroll', e => { if (open && !open.calendar.contains(e.target)) close(false); }, true);

  // 3/4/2021 is written out, so that everybody sees which day it is; what is no day is said.
  const check = box => {
    const date = parse(box.value);
    if (date) box.value = show(date);
    box.setCustomValidity(box.value.trim() && !date ? box.dataset.wrongDay : '');
  };
  document.addEventListener('change', e => { if (e.target.matches?.('[data-day]')) check(e.target); }, true);
  document.addEventListener('input', e => { if (e.target.matches?.('[data-day]')) e.target.setCustomValidity(''); }, true);
  document.addEventListener('formdata', e => {
    for (const box of e.target.querySelectorAll('[data-day][name]')) {
      const date = parse(box.value);
      if (date && !box.disabled) e.formData.set(box.name, iso(date));
    }
  });
})();
