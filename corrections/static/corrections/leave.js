// Leaving quickly: the page is replaced in the history instead of left behind in it, and Shift pressed three times
// within two seconds does the same. Without this script the link works as a link.
(function () {
  "use strict";
  var link = document.querySelector("a[data-leave]");
  if (!link) return;
  function leave(event) {
    if (event) event.preventDefault();
    document.documentElement.hidden = true;
    location.replace(link.href);
  }
  link.addEventListener("click", leave);
  var pressed = [];
  document.addEventListener("keyup", function (event) {
    if (event.key !== "Shift") { pressed = []; return; }
    pressed = pressed.filter(function (moment) { return event.timeStamp - moment < 2000; });
    pressed.push(event.timeStamp);
    if (pressed.length === 3) leave();
  });
})();
