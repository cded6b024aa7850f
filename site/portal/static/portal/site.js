/* The pages work without this file. It moves the focus to the result of the last act, and swallows a second press. */
(function () {
  "use strict";
  var result = document.querySelector(".nhsuk-error-summary, main .nhsuk-notification-banner");
  if (result) {
    result.setAttribute("tabindex", "-1");
    result.focus();
  }
  if (new URLSearchParams(window.location.search).has("print")) {
    window.addEventListener("load", function () { window.print(); });
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
    });
  });
})();
