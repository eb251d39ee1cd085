// The keys of the desk, the selection of cases, and the news of the list. Everything works without this file.
// Physical keys (event.code), so that they work on an Arabic layout too; never while somebody types, and switched off
// for a person who wants them off (WCAG 2.1.4). What a key does stands in the page: an element with data-key is
// followed, pressed, or (a field, or a form or bar with one) given the focus.
(function () {
  "use strict";
  var list = document.querySelector("[data-cases]");
  var rows = list ? [].slice.call(list.children) : [];
  var keys = document.getElementById("keys");
  var FIELDS = "textarea, select, button, input:not([type=hidden])";

  function current() {
    for (var i = 0; i < rows.length; i++) if (rows[i].contains(document.activeElement)) return i;
    // Whoever has been in a field or in the bar goes on from the row where they were.
    for (i = 0; i < rows.length; i++) if (rows[i].classList.contains("at")) return i;
    return -1;
  }
  function go(index) {
    if (rows[index]) rows[index].querySelector("h2 a").focus();
  }
  function openUp(element) {
    for (var each = element; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
  }
  function enter(container) {
    var field = container.querySelector("textarea, select, input:not([type=hidden])");
    if (!field && container.matches("form")) container.querySelector("button").click();
    else [].some.call(container.querySelectorAll(container.matches(".bulk") ? "select" : FIELDS), function (each) {
      if (each.disabled || !each.offsetParent) return false;
      each.focus();
      return true;
    });
  }
  function choose(radio) {
    // A key chooses what is being written and leads to its words; it never sends them.
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    radio.form.querySelector("textarea").focus();
  }
  function use(element) {
    openUp(element);
    if (element.matches("input[type=checkbox]")) element.click();
    else if (element.matches("input[type=radio]")) choose(element);
    else if (element.matches("input, textarea, select")) element.focus();
    else if (element.matches("a, summary, button")) element.click();
    else enter(element);
  }
  function help() {
    if (keys && !keys.open) keys.showModal();
  }
  function isTyping(element) {
    return element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio])");
  }
  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || (keys && keys.open)) return;
    if (isTyping(event.target)) {
      if (event.code === "Escape") event.target.blur();
      return;
    }
    if (event.code === "Slash" && event.shiftKey) help();
    else if (rows.length && !event.shiftKey && event.code === "KeyJ") go(current() + 1);
    else if (rows.length && !event.shiftKey && event.code === "KeyK") go(current() - 1);
    else if (rows[current()] && !event.shiftKey && event.code === "KeyX") rows[current()].querySelector("[name=case]").click();
    else {
      var name = (event.shiftKey ? "Shift+" : "") + event.code;
      var element = document.querySelector('[data-key="' + name + '"]');
      if (!element || element.disabled) return;
      use(element);
    }
    event.preventDefault();
  }
  if (!keys || keys.dataset.off === undefined) document.addEventListener("keydown", pressed);
  [].forEach.call(document.querySelectorAll("[data-help]"), function (button) {
    button.hidden = false;
    button.addEventListener("click", help);
  });

  if (list) list.addEventListener("focusin", function (event) {
    rows.forEach(function (row) { row.classList.toggle("at", row.contains(event.target)); });
  });
  // Coming back from a case leads to its row, coming to search into the field.
  var place = location.hash && document.getElementById(location.hash.slice(1));
  if (place && place.matches("[data-cases] > *")) go(rows.indexOf(place));
  else if (place && place.matches("input")) place.focus();

  // The bar says how many cases are selected; one box selects those of the page, another all of the view.
  var selection = document.getElementById("selection");
  if (selection) (function () {
    var boxes = [].slice.call(selection.querySelectorAll("[name=case]"));
    var ofPage = selection.querySelector("[data-select-page]");
    var ofView = selection.querySelector("[name=whole_view]");
    var said = selection.querySelector("[data-selected]");
    function count() {
      var whole = ofView !== null && ofView.checked;
      var picked = boxes.filter(function (box) { return box.checked; }).length;
      boxes.forEach(function (box) {
        box.disabled = whole;
        box.closest(".case").classList.toggle("picked", whole || box.checked);
      });
      ofPage.disabled = whole;
      ofPage.checked = picked === boxes.length;
      ofPage.indeterminate = picked > 0 && picked < boxes.length;
      said.hidden = !whole && !picked;
      said.querySelector("bdi").textContent = whole ? ofView.dataset.total : picked;
    }
    ofPage.closest("label").hidden = false;
    ofPage.addEventListener("change", function () {
      boxes.forEach(function (box) { box.checked = ofPage.checked; });
    });
    selection.addEventListener("change", count);
    count();
  })();

  // What has arrived since is said above the list; the rows stay where they are until somebody asks for the new ones.
  var arrivals = document.querySelector("[data-arrivals]");
  if (arrivals) setInterval(function () {
    fetch(arrivals.dataset.arrivals, { headers: { Accept: "application/json" } }).then(function (answer) {
      return answer.ok && !answer.redirected ? answer.json() : null;
    }).then(function (news) {
      if (!news || !news.sentence || arrivals.textContent === news.sentence) return;
      var link = document.createElement("a");
      link.href = location.pathname + location.search;
      link.textContent = news.sentence;
      arrivals.replaceChildren(link);
    }, function () { /* The next time. */ });
  }, Number(arrivals.dataset.every || 30) * 1000);
})();
