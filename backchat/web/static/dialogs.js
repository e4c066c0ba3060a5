/** Modal dialogs: opened by name, closed by Escape, by a `[data-close]` button or beside the sheet. */

/** @param {HTMLDialogElement} dialog */
export function prepareDialog(dialog) {
  dialog.addEventListener("click", (event) => {
    const beside = event.target === dialog && !isInside(dialog.getBoundingClientRect(), event);
    if (beside || event.target.closest("[data-close]")) dialog.close();
  });
}

/** @param {DOMRect} box @param {MouseEvent} event */
function isInside(box, { clientX, clientY }) {
  return clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom;
}
