/** The emergency link in the bar, and the page's own emergency advice. */
import { emergencyLabel, emergencyShort } from "./wording.js";

export class EmergencyHelp {
  /** @param {Document | ShadowRoot} root @param {import("./region.js").Region} region */
  constructor(root, region) {
    this.region = region;
    this.link = root.getElementById("emergency-link");
    this.advice = root.getElementById("safety");
    this.title = root.getElementById("safety-title");
    this.home = root.getElementById("safety-home");
    this.slot = root.getElementById("help-slot");
    this.dialog = root.getElementById("help-dialog");
    this.generalLabel = this.link.textContent;
    region.follow(() => this.#show());
    this.link.addEventListener("click", (event) => {
      if (this.region.place !== null) return;
      event.preventDefault();
      this.open();
    });
  }

  /** Once the chat runs the advice moves out of its way; it stays one tap away. */
  stepAside() {
    this.slot.append(this.advice);
    this.home.hidden = true;
  }

  open() {
    if (this.slot.contains(this.advice)) this.dialog.showModal();
    this.title.focus();
  }

  #show() {
    const { code, place, list } = this.region;
    this.link.textContent = place ? emergencyShort(place.number) : this.generalLabel;
    this.link.href = place ? place.tel : "#safety";
    if (place) this.link.setAttribute("aria-label", emergencyLabel(place.number, place.name));
    else this.link.removeAttribute("aria-label");
    for (const item of list.querySelectorAll("[data-region]")) {
      item.classList.toggle("is-mine", item.dataset.region === code);
    }
  }
}
