/**
 * Backchat on any page: <script src="https://host/chat/widget.js" defer></script>
 *
 * Adds a launcher in a shadow root of its own; everything else is loaded when it is first opened.
 * The launcher is a link to the full page, and stays one if the panel cannot be loaded.
 * Attributes of the script tag: data-position="left", data-region="GB", data-label="Sore back?".
 */
(() => {
  const script = document.currentScript;
  const base = new URL(".", script.src);
  const {
    position = "right",
    region = null,
    label = "Sore back? Chat with Backchat",
  } = script.dataset;

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const styles = document.createElement("link");
  styles.rel = "stylesheet";
  styles.href = new URL("static/widget.css", base).href;

  const launcher = document.createElement("a");
  launcher.className = `launcher launcher--${position === "left" ? "left" : "right"}`;
  launcher.href = base.href.replace(/\/$/, "");
  launcher.textContent = label;

  let panel = null;
  launcher.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      const { openPanel } = await import(new URL("static/panel.js", base).href);
      panel ??= openPanel({ root, launcher, base, region });
      (await panel).show();
    } catch {
      location.assign(launcher.href);
    }
  });

  // Unstyled, the launcher would stand in the page's way.
  styles.addEventListener("load", () => root.append(launcher), { once: true });
  root.append(styles);
  document.body.append(host);
})();
