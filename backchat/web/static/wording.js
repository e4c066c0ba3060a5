/** Every phrase that the page itself says; the bot's own words come from the server. */

export const PLACEHOLDER = "Tell me about your back";
export const SEND = "Send";
export const LOG_LABEL = "Conversation with Backchat";
export const TYPING = "Backchat is writing";
export const CONNECTING = "Opening the chat";

export const YOU = "You said:";
export const BOT = "Backchat:";
export const CLINICIAN = "A clinician";
export const writes = (author) => `${author} writes:`;

/** What the menu says for the person, as the button that it stands for. */
export const START_OVER = { title: "Start over", payload: "/start_over" };
export const VISIT_SUMMARY = { title: "Summary for a visit", payload: "/visit_summary" };
export const CHOOSE_REGION = "Choose a country or region";

export const LOST = "That message did not get through. It is kept, and nothing is sent twice.";
export const BUSY = "That was a lot at once. Wait a few seconds, then try again.";
export const RETRY = "Try again";
export const IN_AN_EMERGENCY = "If this is an emergency, do not wait for this page.";
export const UNAVAILABLE = "The chat cannot be reached right now. The advice below still holds.";

export const DISCONNECTED =
  "No connection to Backchat. It is tried again by itself; what you write is kept.";
export const CONNECTED = "Connected again.";

export const VOICE_START = "Speak instead of typing";
export const VOICE_STOP = "Stop listening";
export const VOICE_PRIVACY =
  "Your browser turns speech into text, and may send what it hears to its maker for that. Backchat gets only the text, once you send it. Press the microphone again to speak.";
export const VOICE_FAILED = "Nothing was heard. You can type instead.";

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
  EMERGENCY_NOW: "Get emergency help",
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

export const WHY_THAT = "Why?";
export const ruleName = (name, rule) => `${name} (rule ${rule})`;
export const SOURCES = "Where this comes from";
export const SAFETY_NET = "When to get emergency help";
export const WAS_IT_HELPFUL = "Was this helpful?";

export const SINCE_WHEN = "When did it start?";
export const PICK_MOMENT = "Pick a day and time";
export const USE_MOMENT = "Use this";
export const agoInWords = (hours) =>
  hours < 120 ? `It started ${hours} hours ago` : `It started ${Math.floor(hours / 24)} days ago`;

export const PAIN_SCALE = "How much does it hurt, from 0 to 10?";
export const PAIN_NONE = "No pain";
export const PAIN_WORST = "Worst you can imagine";

export const sendScore = (score) => `Send ${score} out of 10`;
export const CHART_TITLE = "Your pain over time";
export const CHART_LABEL = (points) =>
  `${points.length} pain scores, from ${points.at(0).pain} out of 10 at first ` +
  `to ${points.at(-1).pain} out of 10 at last; the table below has all of them`;
export const SHOW_TABLE = "Show as a table";
export const PAIN_COLUMNS = ["When", "Pain", "What I said then"];
export const scoreOf = (pain) => `${pain} out of 10`;
export const UNKNOWN_LEVEL = "Not judged yet";

export const PRINT = "Print";
export const showAll = (count) => `Show all ${count}`;

export const SESSION_BEGIN = "Begin";
export const SESSION_START = "Start";
export const SESSION_PAUSE = "Pause";
export const SESSION_RESUME = "Go on";
export const SESSION_BACK = "Back";
export const SESSION_SKIP = "Skip";
export const SESSION_NEXT = "Next";
export const LONGER = "5 seconds longer";
export const HURTS = "This hurts";
export const STOP_IF = "Stop if";
export const SMALL_RANGE = "Keep the movement small.";
export const PREVIOUS_STEP = "Step before";
export const NEXT_STEP = "Next step";
export const CUES = {
  in: "Move in slowly",
  hold: "Hold, and breathe",
  out: "Come back slowly",
  round: "Slowly, back and forth",
};
export const SIDES = ["one side", "other side"];
export const stretchOf = (number, of) => `Stretch ${number} of ${of}`;
export const stepOf = (number, of) => `Step ${number} of ${of}:`;
export const repetitionOf = (number, of, side) =>
  side ? `${number} of ${of}, ${side}` : `${number} of ${of}`;
export const stretchDone = (name) => `${name}: done`;
export const stretchLeftOut = (name) => `${name}: stopped and left out`;
export const REST_AS_NEEDED = "Rest the way that feels easiest, and answer the question below first.";
export const GO_ON = "Go on with the others";
export const STOP_HERE = "Stop here";
export const HOW_DOES_IT_FEEL = "How does your back feel now?";
export const SESSION_ENDED = "The session is over.";
export const SESSION_STOPPED =
  "Stopped, because of what you told me. Please follow the advice in the conversation.";

export const ASK_FIRST_IF = "Ask a clinician first if";
export const HOW_TO_USE = "How to use it safely";
export const TIMER_LESS = "1 minute less";
export const TIMER_MORE = "1 minute more";
export const TIMER_ADD = "Add 1 minute";
export const timerMost = (minutes) => `${minutes} minutes is the most at a time.`;
export const TIMER_START = "Start";
export const TIMER_PAUSE = "Pause";
export const TIMER_RESUME = "Go on";
export const TIMER_RESET = "Reset";
export const TIMER_DONE = "Time is up.";

export const PANEL_LABEL = "Backchat";
export const CLOSE = "Close";
