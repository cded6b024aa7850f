/* The page works without this file: then it asks again by itself. With it, only the words change, and the next step opens when it is there. */
(function () {
  "use strict";
  var place = document.getElementById("reading");
  var errors = document.getElementById("errors");
  if (errors) {
    errors.focus();
  }
  if (!place) {
    return;
  }
  var words = document.getElementById("reading-words");
  var bar = document.getElementById("reading-bar");
  function ask() {
    fetch(place.dataset.progress, { credentials: "same-origin" })
      .then(function (answer) { return answer.json(); })
      .then(function (told) {
        if (!told.reads) {
          window.location.reload();
          return;
        }
        if (words.textContent !== told.words) {
          words.textContent = told.words;
        }
        if (told.of) {
          bar.max = told.of;
          bar.value = told.done;
        }
        setTimeout(ask, 1500);
      })
      .catch(function () { setTimeout(ask, 5000); });
  }
  setTimeout(ask, 1000);
})();
