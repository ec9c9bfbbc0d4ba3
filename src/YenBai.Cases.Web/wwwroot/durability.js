// What the page of exits needs of a script: a picture of the figure, and a slider for a date. Without it there are the drawing and the date.
(() => {
  const scale = 2;

  // The file's figure, not the page's: it is whole by itself and does not depend on the width of a window.
  const picture = async address => {
    const drawing = await (await fetch(address)).text();
    const image = new Image();
    const source = URL.createObjectURL(new Blob([drawing], { type: 'image/svg+xml' }));
    try {
      await new Promise((done, failed) => { image.onload = done; image.onerror = failed; image.src = source; });
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth * scale;
      canvas.height = image.naturalHeight * scale;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      return await new Promise(done => canvas.toBlob(done, 'image/png'));
    } finally {
      URL.revokeObjectURL(source);
    }
  };

  const save = (blob, name) => {
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  document.addEventListener('click', async e => {
    const link = e.target.closest('a[data-figure=png]');
    if (!link) return;
    e.preventDefault();
    save(await picture(link.href), 'do-ben-thoat-ngheo.png');
  });

  // The month that the slider stands at, counted back from its end, on the same day or the last of a shorter month.
  const dayOf = slider => {
    const [year, month, day] = slider.dataset.last.split('-').map(Number);
    const back = Number(slider.max) - Number(slider.value);
    const lastOfMonth = new Date(Date.UTC(year, month - back, 0)).getUTCDate();
    return new Date(Date.UTC(year, month - 1 - back, Math.min(day, lastOfMonth))).toISOString().slice(0, 10);
  };

  document.addEventListener('input', e => {
    if (e.target.matches('[data-months]')) e.target.form.elements.since.value = dayOf(e.target).split('-').reverse().join('/');
  });

  document.addEventListener('change', e => {
    if (e.target.matches('[data-months]')) e.target.form.requestSubmit();
  });

  const ready = () => document.querySelectorAll('a[data-figure=png][hidden], [data-then] .slider[hidden]').forEach(x => { x.hidden = false; });
  ready();
  // The answer comes after the question, and by enhanced navigation at any time.
  new MutationObserver(ready).observe(document.body, { childList: true, subtree: true });
})();
