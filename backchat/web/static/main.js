/** Entry point of the page at /chat. */
import { start } from "./app.js";

start(document);

// Exists on secure origins only; without it the advice needs the server.
navigator.serviceWorker
  ?.register("/chat/worker.js", { scope: "/chat" })
  .catch((error) => console.info("Backchat: no copy is kept for times without a server.", error));
