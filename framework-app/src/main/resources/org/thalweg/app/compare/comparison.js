document.documentElement.classList.add('script');
for (const section of document.querySelectorAll('section')) {
  const courses = [...section.querySelectorAll('.course')].map(group => {
    const line = group.querySelector('polyline');
    return {group, line, head: group.querySelector('circle'), points: line.getAttribute('points').split(' ')};
  });
  for (const box of section.querySelectorAll('.legend input')) {
    box.onchange = () => { if (courses.length) courses[box.dataset.course].group.style.display = box.checked ? '' : 'none'; };
  }
  const player = section.querySelector('.player');
  if (!player) continue;
  const [button, slider, output] = player.children;
  const last = +slider.max;
  let playing = false, begun = 0, from = 0;
  const show = step => {
    slider.value = step;
    output.value = Math.floor(step);
    for (const {line, head, points} of courses) {
      const shown = points.slice(0, Math.floor(step) + 1);
      const [x, y] = shown[shown.length - 1].split(',');
      line.setAttribute('points', shown.join(' '));
      head.setAttribute('cx', x);
      head.setAttribute('cy', y);
    }
  };
  const stop = () => { playing = false; button.textContent = 'Play'; };
  const frame = now => {
    if (!playing) return;
    begun = begun || now;
    const step = from + (now - begun) / 6000 * last;
    show(Math.min(last, step));
    if (step >= last) stop(); else requestAnimationFrame(frame);
  };
  button.onclick = () => {
    if (playing) return stop();
    playing = true;
    begun = 0;
    from = +slider.value >= last ? 0 : +slider.value;
    button.textContent = 'Pause';
    requestAnimationFrame(frame);
  };
  slider.oninput = () => { stop(); show(+slider.value); };
}
