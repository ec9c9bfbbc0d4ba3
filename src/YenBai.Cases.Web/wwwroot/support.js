// Links that ask for a form or a side panel are heard while the circuit lives; without it they lead where they point.
export function listen(page) {
  const heard = e => {
    const link = e.target.closest('a[data-do]');
    if (!link || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    e.preventDefault();
    page.invokeMethodAsync('OpenAsync', { ...link.dataset });
  };
  document.addEventListener('click', heard, true);
  return { stop: () => document.removeEventListener('click', heard, true) };
}
