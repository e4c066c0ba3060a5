/** Pictures that come with a message. */
import { el } from "./dom.js";
import { ownPicture } from "./links.js";

/**
 * @param {string | {src?: string, url?: string, alt?: string} | null | undefined} image
 * @param {string} base where the channel is mounted
 * @param {string} [alt] used when the picture brings none
 * @returns {HTMLElement | null} null without a picture from our own server
 */
export function renderPicture(image, base, alt = "") {
  if (!image) return null;
  const { src, url, alt: own } = typeof image === "string" ? { src: image } : image;
  const address = ownPicture(src ?? url, base);
  return address && el("img", { class: "picture", src: address, alt: own ?? alt, loading: "lazy" });
}
