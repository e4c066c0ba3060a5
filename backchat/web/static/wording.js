/** Every phrase that the page itself says; the bot's own words come from the server. */

export const PLACEHOLDER = "Tell me about your back";
export const SEND = "Send";
export const LOG_LABEL = "Conversation with Backchat";
export const TYPING = "Backchat is writing";
export const CONNECTING = "Opening the chat";

export const YOU = "You said:";
export const BOT = "Backchat:";

export const START_OVER = "Start over";
export const CHOOSE_REGION = "Choose a country or region";

export const LOST = "That message did not get through. It is kept, and nothing is sent twice.";
export const BUSY = "That was a lot at once. Wait a few seconds, then try again.";
export const RETRY = "Try again";
export const IN_AN_EMERGENCY = "If this is an emergency, do not wait for this page.";
export const UNAVAILABLE = "The chat cannot be reached right now. The advice below still holds.";

export const REJECTED = "I could not take that message in.";
export const TOO_LONG =
  "That was longer than I can take in one go. It is back in the box: could you send the most important part?";

export const DATA_SAVED = "Your data was downloaded.";
export const DATA_FAILED = "That did not work. Please try again in a moment.";
export const DATA_DELETED = "Your data is deleted. This is a fresh start.";
export const DATA_FILE = "backchat-my-data.json";

export const callNumber = (number) => `Call ${number}`;
export const emergencyShort = (number) => `Emergency ${number}`;
export const emergencyLabel = (number, place) =>
  `Emergency ${number}: call the emergency number for ${place}`;
export const LOCAL_NUMBER = "your local emergency number";
export const FIND_NUMBER = "Show emergency numbers";

export const charactersLeft = (left) =>
  left === 1 ? "1 character left" : `${left} characters left`;
export const charactersOver = (over) =>
  over === 1 ? "1 character too long" : `${over} characters too long`;

export const LEVELS = {
  SELF_CARE: "Self-care for now",
  SEE_PROVIDER: "Check in with a provider",
  URGENT_SAME_DAY: "Be seen today",
};

export const WHY = "Why I say this";
export const checkAgain = (when) => `Check again: ${when}`;
export const WHAT_TO_DO = "What to do";
export const EMERGENCY_STEPS = "What to do now";
export const TELL_STAFF = "Tell the staff";
export const STEPS = "How to do it";
export const DOSE = "How much";
export const EASIER = "Make it easier";
export const SKIP_IF = "Leave it out if";

export const PAIN_SCALE = "How much does it hurt, from 0 to 10?";
export const PAIN_NONE = "No pain";
export const PAIN_WORST = "Worst you can imagine";

export const TIMER_START = "Start";
export const TIMER_PAUSE = "Pause";
export const TIMER_RESUME = "Go on";
export const TIMER_RESET = "Reset";
export const TIMER_DONE = "Time is up.";

export const PANEL_LABEL = "Backchat";
export const CLOSE = "Close";
