// The end of the session: said five minutes before, and put off while somebody is typing. Without this file the words
// that were typed are shown once more when a form comes back after the end.
(function () {
  "use strict";
  var box = document.querySelector("[data-session]");
  if (!box) return;
  var WARNING = Number(box.dataset.warning || 300), MINUTE = Number(box.dataset.minute || 60) * 1000;
  var ends = Date.now() + Number(box.dataset.session) * 1000;
  var typed = false, asking = false;

  function stay() {
    if (asking) return;
    asking = true;
    fetch(box.dataset.stay, {
      method: "POST",
      body: new FormData(box),
      redirect: "manual"
    }).then(function (answer) {
      if (answer.status === 204) ends = Date.now() + Number(answer.headers.get("X-Seconds-Left")) * 1000;
      asking = false;
      look();
    }, function () { asking = false; });
  }
  function look() {
    box.hidden = ends - Date.now() > WARNING * 1000;
  }
  document.addEventListener("input", function () { typed = true; });
  box.addEventListener("submit", function (event) {
    event.preventDefault();
    stay();
  });
  setInterval(function () {
    if (typed) stay();
    typed = false;
    look();
  }, MINUTE);
  look();
})();
