// Puts the chat on the page that loads this script: <script src="…/widget.js" defer data-municipality="almere"></script>
import { MeedoenChat } from "./widget.js";

const script = document.currentScript as HTMLScriptElement | null;
const place = (): void => {
  performance.mark("meedoen-script");
  if (customElements.get("meedoen-chat")) return;
  customElements.define("meedoen-chat", MeedoenChat);
  if (document.querySelector("meedoen-chat") || !script) return;
  const chat = document.createElement("meedoen-chat") as MeedoenChat;
  const { municipality, role, server } = script.dataset;
  chat.dataset.server = server ?? new URL(".", script.src).href;
  if (municipality) chat.dataset.municipality = municipality;
  if (role) chat.dataset.role = role;
  // Theme classes of NL Design System hold their tokens: inside that element they can be read.
  (document.querySelector('[class*="-theme"]:not(html)') ?? document.body).append(chat);
  void chat.updateComplete.then(() => requestAnimationFrame(() => performance.mark("meedoen-launcher")));
};
if (document.body) place();
else addEventListener("DOMContentLoaded", place);
