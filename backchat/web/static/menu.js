/** The menu: region, start over, the person's data, about. */
import { CHOOSE_REGION, DATA_FAILED, DATA_FILE, DATA_SAVED } from "./wording.js";
import { Unreachable } from "./api.js";
import { el } from "./render/dom.js";

/**
 * @param {Document | ShadowRoot} root
 * @param {{region: import("./region.js").Region, api: import("./api.js").Api,
 *          openHelp: () => void, startOver: () => void, onErased: () => void}} parts
 */
export function setUpMenu(root, { region, api, openHelp, startOver, onErased }) {
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
  onMenuItem("start-over", startOver);
  onMenuItem("about-open", () => aboutDialog.showModal());
  setUpErasure(root, { api, onErased, open: (show) => onMenuItem("delete-open", show) });

  root.getElementById("download-data").addEventListener("click", async () => {
    status.textContent = await tryTo(async () => saveAsFile(await api.data()), DATA_SAVED);
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

function setUpErasure(root, { api, onErased, open }) {
  const dialog = root.getElementById("delete-dialog");
  const status = root.getElementById("delete-status");
  const confirm = root.getElementById("delete-confirm");
  open(() => {
    status.textContent = "";
    dialog.showModal();
  });
  confirm.addEventListener("click", async () => {
    confirm.disabled = true;
    status.textContent = await tryTo(async () => {
      await api.eraseData();
      dialog.close();
      onErased();
    }, "");
    confirm.disabled = false;
  });
}

/** @returns {Promise<string>} what to tell the person. */
async function tryTo(act, done) {
  try {
    await act();
    return done;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return DATA_FAILED;
  }
}

/** @param {object} data */
function saveAsFile(data) {
  const url = URL.createObjectURL(
    new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }),
  );
  el("a", { href: url, download: DATA_FILE }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
