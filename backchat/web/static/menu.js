/** The menu: region, summary, start over, the person's data, about. */
import { CHOOSE_REGION, DATA_FAILED } from "./wording.js";
import { Unreachable } from "./api.js";
import { el } from "./render/dom.js";

/**
 * @param {Document | ShadowRoot} root
 * @param {{region: import("./region.js").Region, download: () => Promise<string>,
 *          openHelp: () => void, askForSummary: () => void, startOver: () => void,
 *          erase: () => Promise<void>}} parts
 */
export function setUpMenu(root, { region, download, openHelp, askForSummary, startOver, erase }) {
  const button = root.getElementById("menu-button");
  const menu = root.getElementById("menu-dialog");
  const status = root.getElementById("menu-status");
  const aboutDialog = root.getElementById("about-dialog");

  button.hidden = false;
  button.addEventListener("click", () => {
    status.textContent = "";
    menu.showModal();
  });
  menu.addEventListener("close", () => button.focus());

  setUpRegionChoice(root.getElementById("region"), region);
  onMenuItem("help-open", openHelp);
  onMenuItem("visit-summary", askForSummary);
  onMenuItem("start-over", startOver);
  onMenuItem("about-open", () => aboutDialog.showModal());
  setUpErasure(root, { erase, open: (show) => onMenuItem("delete-open", show) });

  root.getElementById("download-data").addEventListener("click", async () => {
    status.textContent = "";
    status.textContent = await download();
  });

  /** Close the menu, then act: a dialog on top of a dialog helps nobody. */
  function onMenuItem(id, act) {
    root.getElementById(id).addEventListener("click", () => {
      menu.close();
      act();
    });
  }
}

/** @param {HTMLSelectElement} select @param {import("./region.js").Region} region */
function setUpRegionChoice(select, region) {
  const options = Array.from(region.places, ([code, { name }]) =>
    el("option", { value: code }, name),
  );
  select.replaceChildren(el("option", { value: "" }, CHOOSE_REGION), ...options);
  region.follow(() => {
    select.value = region.code ?? "";
  });
  select.addEventListener("change", () => region.choose(select.value));
}

function setUpErasure(root, { erase, open }) {
  const dialog = root.getElementById("delete-dialog");
  const status = root.getElementById("delete-status");
  const confirm = root.getElementById("delete-confirm");
  open(() => {
    status.textContent = "";
    dialog.showModal();
  });
  confirm.addEventListener("click", async () => {
    confirm.disabled = true;
    try {
      await erase();
      dialog.close();
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      status.textContent = DATA_FAILED;
    }
    confirm.disabled = false;
  });
}
