// Several editors at one case: says who is here and asks who else is, and keeps what is being typed.
// Everything works without this file: pages say who was there when they were opened, and drafts have a button.
(function () {
  "use strict";
  var WRITES_FOR = 20000, AFTER_TYPING = 2000;
  var token = document.querySelector("[name=csrfmiddlewaretoken]");
  var typed_at = 0;

  function post(address, fields) {
    return fetch(address, { method: "POST", body: fields, headers: { Accept: "application/json" } });
  }
  function fieldsOf(values) {
    var fields = new URLSearchParams(values);
    fields.append("csrfmiddlewaretoken", token.value);
    return fields;
  }
  // Only what the server has rendered, every name in it escaped.
  function show(element, rendered) {
    if (element.innerHTML !== rendered) element.innerHTML = rendered;
  }

  // Who is at this case.
  var place = document.querySelector("[data-presence]");
  function say(doing) {
    post(place.dataset.presence, fieldsOf({ doing: doing })).then(function (answer) {
      return answer.ok ? answer.text() : null;
    }).then(function (rendered) {
      if (rendered !== null) show(place, rendered);
    }, function () { /* The next time. */ });
  }
  function here() {
    if (document.visibilityState === "visible") say(Date.now() - typed_at < WRITES_FOR ? "writing" : "viewing");
  }
  function leave() {
    navigator.sendBeacon(place.dataset.presence, fieldsOf({ doing: "leaving" }));
  }
  if (place && token) {
    here();
    setInterval(here, Number(place.dataset.every) * 1000);
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "visible") here();
      else leave();
    });
    document.addEventListener("input", function (event) {
      if (!event.target.matches("main textarea, main input, main select")) return;
      var was_writing = Date.now() - typed_at < WRITES_FOR;
      typed_at = Date.now();
      if (!was_writing) say("writing");
    });
  }

  // Who is at the cases of the list.
  var rows = [].slice.call(document.querySelectorAll("[data-here]"));
  function look() {
    var keys = rows.map(function (row) { return row.dataset.here; });
    fetch(rows[0].dataset.presences + "?cases=" + keys.join(","), { headers: { Accept: "application/json" } }).then(function (answer) {
      return answer.ok && !answer.redirected ? answer.json() : null;
    }).then(function (there) {
      if (there) rows.forEach(function (row) { show(row, there[row.dataset.here] || ""); });
    }, function () { /* The next time. */ });
  }
  if (rows.length) setInterval(look, Number(rows[0].dataset.every) * 1000);

  // What is being typed.
  function keepTyping(button) {
    var form = button.form, said = form.querySelector("[data-kept]"), discard = form.querySelector("[data-discard]");
    var timer = 0, under_way = null;
    function keep() {
      timer = 0;
      under_way = post(button.formAction, new FormData(form)).then(function (answer) {
        return answer.redirected ? Promise.reject() : answer.json();
      }).then(function (kept) {
        said.textContent = kept.sentence;
        discard.hidden = !kept.sentence;
      }).catch(function () {
        said.textContent = said.dataset.failed;
      }).then(function () {
        under_way = null;
      });
    }
    function soon() {
      if (!timer) timer = setTimeout(keep, AFTER_TYPING);
    }
    button.hidden = true;
    form.addEventListener("input", soon);
    // What is kept after it was sent would come back as a draft.
    form.addEventListener("submit", function (event) {
      var submitter = event.submitter;
      clearTimeout(timer);
      timer = 0;
      if (!under_way) return;
      event.preventDefault();
      under_way.then(function () { form.requestSubmit(submitter); });
    });
    addEventListener("pagehide", function () {
      if (timer) navigator.sendBeacon(button.formAction, new FormData(form));
    });
    // Words that could not be sent stand in the field again and are kept nowhere yet.
    if (form.hasAttribute("data-unsent")) keep();
  }
  [].slice.call(document.querySelectorAll("[data-keep]")).forEach(keepTyping);
})();
