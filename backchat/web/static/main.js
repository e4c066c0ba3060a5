/** Entry point of the page at /chat. */
import { start } from "./app.js";

start(document);
