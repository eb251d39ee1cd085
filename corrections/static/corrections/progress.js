// How far a job has got, without loading the page again. Everything works without this file: there is a link to refresh.
(function () {
  "use strict";
  var section = document.querySelector("[data-progress]");
  if (!section) return;
  var bar = section.querySelector("progress");
  var sentence = section.querySelector("[data-sentence]");
  function look() {
    fetch(section.dataset.progress, { headers: { Accept: "application/json" } }).then(function (answer) {
      return answer.ok && !answer.redirected ? answer.json() : null;
    }).then(function (news) {
      if (!news) return;
      bar.value = news.settled;
      if (sentence.textContent !== news.sentence) sentence.textContent = news.sentence;
      if (news.ended) location.reload();
      else setTimeout(look, 2000);
    }, function () { setTimeout(look, 10000); });
  }
  setTimeout(look, 1000);
})();
