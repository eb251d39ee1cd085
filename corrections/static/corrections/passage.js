// Selected words of an article become a link to the correction form. It carries revision and positions (code points of
// numbered paragraphs), never the words: the server cuts the quote. Without this script the form offers the places.
(function () {
  "use strict";
  var script = document.currentScript;
  var article = document.querySelector("[data-revision]");
  var text = document.getElementById("text");
  if (!article || !text || !window.getSelection) return;

  // A status: screen readers say when the offer appears. At the bottom it does not fight the phone's own menu.
  var offer = document.createElement("p");
  var link = document.createElement("a");
  offer.className = "pick";
  offer.setAttribute("role", "status");
  link.className = "btn";
  link.textContent = script.dataset.label;
  script.parentNode.insertBefore(offer, script);

  function points(range) { return Array.from(range.toString()).length; }

  function before(paragraph, node, offset) {
    var range = document.createRange();
    range.selectNodeContents(paragraph);
    range.setEnd(node, offset);
    return points(range);
  }

  function inBody(range) {
    var touched = Array.from(text.querySelectorAll("[id^=p]")).filter(function (paragraph) {
      return range.intersectsNode(paragraph);
    });
    if (!touched.length) return "";
    var first = touched[0], last = touched[touched.length - 1];
    var start = first.contains(range.startContainer) ? before(first, range.startContainer, range.startOffset) : 0;
    var whole = document.createRange();
    whole.selectNodeContents(last);
    var end = last.contains(range.endContainer) ? before(last, range.endContainer, range.endOffset) : points(whole);
    if (first === last && start === end) return "";
    return first.id.slice(1) + "." + start + "-" + last.id.slice(1) + "." + end;
  }

  function place() {
    var selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return "";
    var range = selection.getRangeAt(0);
    if (range.intersectsNode(text)) {
      var found = inBody(range);
      if (found) return found;
    }
    var parts = Array.from(article.querySelectorAll("[data-place]"));
    var part = parts.find(function (one) { return range.intersectsNode(one); });
    return part ? part.dataset.place : "";
  }

  var waiting;
  document.addEventListener("selectionchange", function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      var found = place();
      if (!found) { link.remove(); return; }
      link.href = script.dataset.url + "?revision=" + article.dataset.revision + "&place=" + found;
      if (!link.isConnected) offer.appendChild(link);
    }, 150);
  });
})();
