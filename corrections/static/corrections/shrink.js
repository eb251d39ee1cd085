// A photo is made smaller before it is sent, which a weak link thanks for, and leaves behind where it was taken.
// Everything else goes as it is; the server writes every file anew in any case.
(function () {
  "use strict";
  var input = document.querySelector("input[data-longest-side]");
  if (!input || !window.createImageBitmap || !window.DataTransfer) return;
  input.addEventListener("change", function () {
    var photo = input.files[0];
    if (!photo || photo.type !== "image/jpeg") return;
    createImageBitmap(photo).then(function (pixels) {
      var scale = Math.min(1, Number(input.dataset.longestSide) / Math.max(pixels.width, pixels.height));
      var canvas = document.createElement("canvas");
      canvas.width = Math.round(pixels.width * scale);
      canvas.height = Math.round(pixels.height * scale);
      canvas.getContext("2d").drawImage(pixels, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(function (smaller) {
        if (!smaller || smaller.size >= photo.size || input.files[0] !== photo) return;
        var chosen = new DataTransfer();
        chosen.items.add(new File([smaller], photo.name, { type: smaller.type }));
        input.files = chosen.files;
      }, "image/jpeg", 0.85);
    }, function () { /* No picture after all: the server says so. */ });
  });
})();
