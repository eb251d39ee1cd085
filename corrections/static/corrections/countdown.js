// Counts the seconds in which a step can still be undone. Without this file the sentence beside it says until when.
// It counts what is left, not the clock on the wall: the clocks of the reader's computer and of the server may differ.
(function () {
  "use strict";
  var place = document.querySelector("[data-countdown]");
  if (!place) return;
  var ends = Date.now() + Number(place.dataset.countdown) * 1000;
  function show() {
    var left = Math.ceil((ends - Date.now()) / 1000);
    place.textContent = left > 0 ? place.dataset.label + " " + left : place.dataset.over;
    if (left > 0) return;
    clearInterval(each);
    var undo = place.parentElement.querySelector("form.undo");
    if (undo) undo.remove();
  }
  var each = setInterval(show, 250);
  show();
})();
