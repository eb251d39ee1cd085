/* Offers colleagues while "@" and a name are typed in a note. Without it they are ticked in the list, or written @username. */
(function () {
  "use strict";
  var area = document.querySelector("textarea[name=text]");
  var people = Array.prototype.map.call(document.querySelectorAll("input[name=mentions]"), function (box) {
    return { username: box.value, name: box.parentNode.textContent.trim(), names: box.labels[0] };
  });
  if (!area || !people.length) return;

  var list = document.createElement("ul");
  list.id = "mention-list";
  list.className = "mentions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.querySelector("[data-mentions]").textContent.trim());
  list.hidden = true;
  area.parentNode.insertBefore(list, area.nextSibling);
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-haspopup", "listbox");
  area.setAttribute("aria-controls", list.id);
  var offered = [], at = 0;

  function typed() {
    var found = /(?:^|[^A-Za-z0-9_.%+\-@])@([^\s@]*)$/.exec(area.value.slice(0, area.selectionStart));
    return found && found[1].toLowerCase();
  }
  function fits(person, start) {
    return (person.username + " " + person.name).toLowerCase().split(/\s+/).some(function (word) {
      return word.indexOf(start) === 0;
    });
  }
  function show() {
    var start = typed();
    offered = start === null ? [] : people.filter(function (person) { return fits(person, start); }).slice(0, 6);
    at = 0;
    list.hidden = !offered.length;
    list.replaceChildren.apply(list, offered.map(function (person, index) {
      var row = document.createElement("li");
      row.id = "mention-" + index;
      row.setAttribute("role", "option");
      row.dir = "auto";
      row.append.apply(row, [].map.call(person.names.childNodes, function (part) { return part.cloneNode(true); }));
      row.addEventListener("mousedown", function (event) { event.preventDefault(); choose(person); });
      return row;
    }));
    mark();
  }
  function mark() {
    Array.prototype.forEach.call(list.children, function (row, index) {
      row.setAttribute("aria-selected", String(index === at));
    });
    if (offered.length) area.setAttribute("aria-activedescendant", "mention-" + at);
    else area.removeAttribute("aria-activedescendant");
  }
  function choose(person) {
    var caret = area.selectionStart;
    var before = area.value.slice(0, caret).replace(/@[^\s@]*$/, "@" + person.username + " ");
    area.value = before + area.value.slice(caret);
    area.selectionStart = area.selectionEnd = before.length;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function pressed(event) {
    if (!offered.length || event.isComposing) return;
    if (event.key === "ArrowDown") at = (at + 1) % offered.length;
    else if (event.key === "ArrowUp") at = (at + offered.length - 1) % offered.length;
    else if (event.key === "Enter" || event.key === "Tab") choose(offered[at]);
    else if (event.key === "Escape") { offered = []; list.hidden = true; }
    else return;
    mark();
    event.preventDefault();
    event.stopPropagation();
  }
  area.addEventListener("input", show);
  area.addEventListener("keydown", pressed);
  area.addEventListener("blur", function () { offered = []; list.hidden = true; mark(); });
})();
