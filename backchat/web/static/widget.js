/**
 * Backchat on any page: <script src="https://host/chat/widget.js" defer></script>
 *
 * Adds a launcher in a shadow root of its own; everything else is loaded when it is first opened.
 * The launcher is a link to the full page, and stays one where the panel cannot be loaded.
 * Attributes: data-color, data-position, data-greeting, data-region, data-label (docs/widget.md).
 */
(() => {
  const script = document.currentScript;
  const base = new URL(".", script.src);
  /** Emergency numbers by region, written in by the server; "" is the operator's own region. */
  const numbers = /* numbers */ {};

  const given = (name, isGood, fallback) => {
    const value = script.dataset[name]?.trim();
    if (value === undefined || isGood(value)) return value ?? fallback;
    console.warn(`Backchat: data-${name}="${value}" is ignored.`);
    return fallback;
  };
  const shorterThan = (most) => (text) => text !== "" && text.length <= most;
  const region = given("region", (code) => Object.hasOwn(numbers, code), null);
  const position = given("position", (side) => side === "left" || side === "right", "right");
  const label = given("label", shorterThan(60), "Sore back? Chat with Backchat");
  const greeting = given("greeting", shorterThan(300), null);
  const colour = given("color", (value) => CSS.supports("color", value), null);

  const make = (tag, className, text) =>
    Object.assign(document.createElement(tag), { className, textContent: text });
  const host = make("div", "", "");
  host.setAttribute("role", "complementary");
  host.setAttribute("aria-label", "Backchat");
  const root = host.attachShadow({ mode: "open" });
  const styles = make("link", "", "");
  styles.rel = "stylesheet";
  styles.href = new URL("static/widget.css", base).href;
  const launcher = make("a", `launcher side--${position}`, label);
  launcher.href = base.href.replace(/\/$/, "");
  const load = (name) => import(new URL(`static/${name}.js`, base).href);

  let panel = null;
  launcher.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      panel ??= load("panel").then(({ openPanel }) =>
        openPanel({ root, launcher, base, position, region, greeting, colour: paint }),
      );
      (await panel).show();
    } catch (error) {
      console.warn("Backchat: the panel cannot be loaded here.", error);
      panel = null;
      await leave();
    }
  });

  /** Go to the full page if the server is there; otherwise say whom to call. */
  async function leave() {
    try {
      await fetch(styles.href, { mode: "no-cors", credentials: "omit", cache: "no-store" });
      location.assign(launcher.href);
    } catch {
      root.querySelector(".unreachable")?.remove();
      const notice = make("p", `unreachable side--${position}`, "The chat cannot be reached. ");
      notice.setAttribute("role", "status");
      const number = numbers[region ?? ""];
      const call = number && make("a", "", `call ${number}`);
      if (call) call.href = `tel:${number.replace(/\s/g, "")}`;
      notice.append("In an emergency, ", call ?? "call your local emergency number", ".");
      root.append(notice);
    }
  }

  async function paint(element) {
    const wanted = colour ?? getComputedStyle(host).getPropertyValue("--backchat-color").trim();
    if (wanted) (await load("colour")).paint(element, wanted);
  }

  // Unstyled, the launcher would stand in the page's way.
  styles.addEventListener("load", () => root.append(launcher), { once: true });
  root.append(styles);
  document.body.append(host);
  paint(launcher).catch(() => console.warn("Backchat: the colour cannot be loaded here."));
})();
