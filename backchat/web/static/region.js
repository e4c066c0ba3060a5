/**
 * Which emergency number holds here.
 *
 * The numbers themselves stand in the page, where they are read without scripts too. The time zone
 * decides before the language, because browsers set to American English are found everywhere; a
 * zone that names none of our regions gives no guess rather than a wrong number.
 */
import { recall, remember } from "./storage.js";

const ZONES = {
  AU: "Australia/*",
  BR:
    "America/Araguaina America/Bahia America/Belem America/Boa_Vista America/Campo_Grande " +
    "America/Cuiaba America/Eirunepe America/Fortaleza America/Maceio America/Manaus " +
    "America/Noronha America/Porto_Velho America/Recife America/Rio_Branco America/Santarem " +
    "America/Sao_Paulo",
  CA:
    "America/Atikokan America/Blanc-Sablon America/Cambridge_Bay America/Creston America/Dawson " +
    "America/Dawson_Creek America/Edmonton America/Fort_Nelson America/Glace_Bay " +
    "America/Goose_Bay America/Halifax America/Inuvik America/Iqaluit America/Moncton " +
    "America/Montreal America/Rankin_Inlet America/Regina America/Resolute America/St_Johns " +
    "America/Swift_Current America/Toronto America/Vancouver America/Whitehorse " +
    "America/Winnipeg America/Yellowknife Canada/*",
  EU:
    "Asia/Nicosia Atlantic/Azores Atlantic/Canary Atlantic/Madeira Europe/Amsterdam " +
    "Europe/Athens Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Bucharest " +
    "Europe/Budapest Europe/Busingen Europe/Copenhagen Europe/Helsinki Europe/Lisbon " +
    "Europe/Ljubljana Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Mariehamn " +
    "Europe/Paris Europe/Prague Europe/Riga Europe/Rome Europe/Sofia Europe/Stockholm " +
    "Europe/Tallinn Europe/Vienna Europe/Vilnius Europe/Warsaw Europe/Zagreb",
  GB: "Europe/Belfast Europe/Guernsey Europe/Isle_of_Man Europe/Jersey Europe/London",
  HK: "Asia/Hong_Kong",
  IE: "Europe/Dublin",
  IN: "Asia/Calcutta Asia/Kolkata",
  JP: "Asia/Tokyo",
  MX:
    "America/Bahia_Banderas America/Cancun America/Chihuahua America/Ciudad_Juarez " +
    "America/Hermosillo America/Matamoros America/Mazatlan America/Merida America/Mexico_City " +
    "America/Monterrey America/Ojinaga America/Tijuana",
  NZ: "Pacific/Auckland Pacific/Chatham",
  SG: "Asia/Singapore",
  US:
    "America/Adak America/Anchorage America/Boise America/Chicago America/Denver " +
    "America/Detroit America/Indiana/* America/Juneau America/Kentucky/* America/Los_Angeles " +
    "America/Menominee America/Metlakatla America/New_York America/Nome America/North_Dakota/* " +
    "America/Phoenix America/Sitka America/Yakutat Pacific/Honolulu US/*",
  ZA: "Africa/Johannesburg",
};

const EU_MEMBERS = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IT LT LU LV MT NL PL PT RO SE SI SK".split(" "),
);

const PLACELESS_ZONE = /^(UTC|GMT|Etc\/.*)?$/;

/** @param {string} zone an IANA name @returns {string | null} */
function regionOfZone(zone) {
  const matches = (pattern) =>
    pattern.endsWith("/*") ? zone.startsWith(pattern.slice(0, -1)) : zone === pattern;
  const found = Object.entries(ZONES).find(([, zones]) => zones.split(" ").some(matches));
  return found ? found[0] : null;
}

/** @param {string} language a BCP 47 tag @returns {string | null} */
function regionOfLanguage(language) {
  const code = /-([A-Z]{2})\b/.exec(language)?.[1];
  if (code === undefined) return null;
  if (EU_MEMBERS.has(code)) return "EU";
  return code in ZONES ? code : null;
}

/** The best guess from the browser alone. @param {string} zone @param {string} language */
function guessRegion(zone, language) {
  return PLACELESS_ZONE.test(zone) ? regionOfLanguage(language) : regionOfZone(zone);
}

/** The region in force, its name and its emergency number. */
export class Region {
  #guess;

  /**
   * @param {HTMLElement} list the page's list of numbers, one `[data-region]` item each
   * @param {{zone: string, language: string, preset?: string | null}} browser
   */
  constructor(list, { zone, language, preset = null }) {
    this.list = list;
    this.places = new Map(
      Array.from(list.querySelectorAll("[data-region]"), (item) => [
        item.dataset.region,
        {
          name: item.querySelector("span").textContent,
          number: item.querySelector("a").textContent,
          tel: item.querySelector("a").getAttribute("href"),
        },
      ]),
    );
    this.listeners = [];
    this.#guess =
      [preset, guessRegion(zone, language)].find((code) => this.places.has(code)) ?? null;
    const chosen = recall("region");
    this.code = this.places.has(chosen) ? chosen : this.#guess;
  }

  /** @returns {{name: string, number: string, tel: string} | null} null while unknown. */
  get place() {
    return this.places.get(this.code) ?? null;
  }

  /** @param {string} code the person's own choice */
  choose(code) {
    this.code = this.places.has(code) ? code : null;
    remember("region", this.code ?? "");
    this.#announce();
  }

  /** Go back to the guess, after the choice was erased. */
  forget() {
    this.code = this.#guess;
    this.#announce();
  }

  /** Call back now and on every change. @param {(region: Region) => void} listener */
  follow(listener) {
    this.listeners.push(listener);
    listener(this);
  }

  #announce() {
    for (const listener of this.listeners) listener(this);
  }
}
