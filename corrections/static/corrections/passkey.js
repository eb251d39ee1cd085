// Passkeys: the browser asks the device, and the answer goes into the form. A code works without this file.
(function () {
  "use strict";
  var form = document.querySelector("form[data-passkey]");
  if (!form) return;

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }
  function text(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function withBytes(list) {
    return (list || []).map(function (each) { return Object.assign({}, each, { id: bytes(each.id) }); });
  }
  function asked() {
    var options = JSON.parse(form.dataset.options).publicKey;
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    if (options.allowCredentials) options.allowCredentials = withBytes(options.allowCredentials);
    if (options.excludeCredentials) options.excludeCredentials = withBytes(options.excludeCredentials);
    return { publicKey: options };
  }
  function answered(made) {
    var parts = {};
    ["attestationObject", "authenticatorData", "clientDataJSON", "signature", "userHandle"].forEach(function (name) {
      if (made.response[name]) parts[name] = text(made.response[name]);
    });
    return {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      response: parts,
      clientExtensionResults: made.getClientExtensionResults()
    };
  }

  if (form.hidden && window.PublicKeyCredential) form.hidden = false;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var failed = form.querySelector("[data-failed]");
    failed.hidden = true;
    Promise.resolve().then(function () { return navigator.credentials[form.dataset.passkey](asked()); }).then(function (made) {
      form.elements.answer.value = JSON.stringify(answered(made));
      form.submit();
    }).catch(function () { failed.hidden = false; });
  });
})();
