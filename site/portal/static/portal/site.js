/* The pages work without this file. It moves the focus to the result of the last act, and swallows a second press, and prints when asked to. */
(function () {
  "use strict";
  var result = document.querySelector(".nhsuk-error-summary, main .nhsuk-notification-banner");
  if (result) {
    result.setAttribute("tabindex", "-1");
    result.focus();
  }
  document.addEventListener("click", function (event) {
    if (event.target.closest('a[href="?print"]')) {
      sessionStorage.setItem("print", "asked");
    }
  });
  if (sessionStorage.getItem("print") && new URLSearchParams(window.location.search).has("print")) {
    sessionStorage.removeItem("print");
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
