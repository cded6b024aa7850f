/* The editor saves by itself while somebody writes. A press waits for such a save that is on its way, and none sets out after a press: the older text never comes last. */
(function () {
  "use strict";
  var saving = false;
  var pressed = false;
  var held = null;
  document.addEventListener("w-autosave:save", function (event) {
    if (pressed) {
      event.preventDefault();
    } else {
      saving = true;
    }
  });
  /* The save may have put new buttons in place of the one that was pressed: what it says goes in a field of its own. */
  function again(form, button) {
    var field = document.createElement("input");
    field.type = "hidden";
    field.name = button ? button.name : "";
    field.value = button ? button.value : "";
    form.append(field);
    form.requestSubmit();
    field.remove();
  }
  /* What the window itself has saved is the text that it goes on from; else a press would warn of its own save. */
  function goOnFrom(form, saved) {
    var id = form.elements.namedItem("loaded_revision_id");
    var at = form.elements.namedItem("loaded_revision_created_at");
    if (id && at && saved && saved.revision_id) {
      id.value = saved.revision_id;
      at.value = saved.revision_created_at;
    }
  }
  function ended(event) {
    saving = false;
    goOnFrom(event.target, event.detail.response);
    if (held) {
      again(held.form, held.button);
      held = null;
    }
  }
  document.addEventListener("w-autosave:success", ended);
  document.addEventListener("w-autosave:error", ended);
  document.addEventListener("submit", function (event) {
    if (saving && event.target.matches("[data-edit-form]")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed = true;
      held = { form: event.target, button: event.submitter };
    }
  }, true);
  window.addEventListener("submit", function (event) {
    if (event.target.matches("[data-edit-form]")) {
      pressed = !event.defaultPrevented;
    }
  });
  window.addEventListener("pageshow", function () {
    pressed = false;
  });
})();
