'use strict';
const details = document.getElementById('details');
const drawing = document.querySelector('svg');
drawing.addEventListener('mouseover', event => {
  const told = event.target.closest('[data-info]');
  if (told) details.textContent = told.dataset.info;
});
for (const entry of document.querySelectorAll('.legend [data-kind]')) {
  const marked = drawing.querySelectorAll('.' + entry.dataset.kind);
  entry.addEventListener('mouseenter', () => {
    drawing.classList.add('only');
    marked.forEach(shape => shape.classList.add('lit'));
  });
  entry.addEventListener('mouseleave', () => {
    drawing.classList.remove('only');
    marked.forEach(shape => shape.classList.remove('lit'));
  });
}
document.querySelector('button').addEventListener('click', () => {
  const root = document.documentElement.classList;
  const dark = root.contains('dark')
    || (!root.contains('light') && matchMedia('(prefers-color-scheme: dark)').matches);
  root.remove('dark', 'light');
  root.add(dark ? 'light' : 'dark');
});
