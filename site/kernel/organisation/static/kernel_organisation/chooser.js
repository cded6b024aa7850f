/* After the window has closed the focus is on what was chosen: the button that opened it is hidden by then. */
window.ReturningChooser = class extends window.Chooser {
  setStateFromModalData(data) {
    super.setStateFromModalData(data);
    window.jQuery(document).one("hidden.bs.modal", () => {
      this.chooserElement.querySelector(".chosen [data-w-dropdown-target=toggle]").focus();
    });
  }
};
