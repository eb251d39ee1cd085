// The keys of the desk, and the news of the list. Everything works without this file.
// Physical keys (event.code), so that they work on an Arabic layout too; never while somebody types, and switched off
// for a person who wants them off (WCAG 2.1.4). What a key does stands in the page: an element with data-key is
// followed, pressed, or (a field, or a form with one) given the focus.
(function () {
  "use strict";
  var list = document.querySelector("[data-cases]");
  var rows = list ? [].slice.call(list.children) : [];
  var silent = document.querySelector("#keys[data-off]") !== null;

  function current() {
    for (var i = 0; i < rows.length; i++) if (rows[i].contains(document.activeElement)) return i;
    return -1;
  }
  function go(index) {
    if (rows[index]) rows[index].querySelector("h2 a").focus();
  }
  function openUp(element) {
    for (var each = element; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
  }
  function use(element) {
    openUp(element);
    var field = element.matches("form") ? element.querySelector("textarea, select, input:not([type=hidden])") : null;
    if (field) field.focus();
    else if (element.matches("form")) element.querySelector("button").click();
    else if (element.matches("input, textarea, select")) element.focus();
    else element.click();
  }
  function help() {
    var keys = document.getElementById("keys");
    if (!keys) return;
    keys.tabIndex = -1;
    keys.scrollIntoView();
    keys.focus();
  }
  function pressed(event) {
    if (/INPUT|TEXTAREA|SELECT/.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.code === "Slash" && event.shiftKey) help();
    else if (rows.length && event.code === "KeyJ") go(current() + 1);
    else if (rows.length && event.code === "KeyK") go(current() - 1);
    else {
      var element = event.shiftKey ? null : document.querySelector('[data-key="' + event.code + '"]');
      if (!element) return;
      use(element);
    }
    event.preventDefault();
  }
  if (!silent) document.addEventListener("keydown", pressed);

  if (list) list.addEventListener("focusin", function (event) {
    rows.forEach(function (row) { row.classList.toggle("at", row.contains(event.target)); });
  });

  // What has arrived since is said above the list; the rows stay where they are until somebody asks for the new ones.
  var arrivals = document.querySelector("[data-arrivals]");
  if (arrivals) setInterval(function () {
    fetch(arrivals.dataset.arrivals, { headers: { Accept: "application/json" } }).then(function (answer) {
      return answer.ok && !answer.redirected ? answer.json() : null;
    }).then(function (news) {
      if (!news || !news.sentence || arrivals.textContent === news.sentence) return;
      var link = document.createElement("a");
      link.href = location.href;
      link.textContent = news.sentence;
      arrivals.replaceChildren(link);
    }, function () { /* The next time. */ });
  }, Number(arrivals.dataset.every || 30) * 1000);
})();
