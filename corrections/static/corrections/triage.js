// Next and previous case by J and K. Physical keys (event.code), so that they work on an Arabic layout too.
// Never while somebody types, and it can be switched off (WCAG 2.1.4). Everything works without this file.
(function () {
  var list = document.querySelector('[data-cases]');
  var on = document.getElementById('keys-on');
  if (!list) return;
  var rows = [].slice.call(list.children);
  function at() {
    for (var i = 0; i < rows.length; i++) if (rows[i].contains(document.activeElement)) return i;
    return -1;
  }
  function go(index) {
    if (rows[index]) rows[index].querySelector('h2 a').focus();
  }
  document.addEventListener('keydown', function (event) {
    var typing = /INPUT|TEXTAREA|SELECT/.test(event.target.tagName);
    if ((on && !on.checked) || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.code === 'KeyJ') go(at() + 1);
    else if (event.code === 'KeyK') go(at() - 1);
    else return;
    event.preventDefault();
  });
  list.addEventListener('focusin', function (event) {
    rows.forEach(function (row) { row.classList.toggle('at', row.contains(event.target)); });
  });
})();
