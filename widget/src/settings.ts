// How somebody wants to read: five switches, and one button for all of them.
import { html, nothing, type TemplateResult } from "lit";
import { plain, type Prefs } from "./talk.js";
import type { MeedoenChat } from "./widget.js";
import { words } from "./words.js";

export const allEasy = (prefs: Prefs): boolean => Object.values(prefs).every(Boolean);

export function toggleEasy(my: MeedoenChat): void {
  const on = !allEasy(my.chat.talk.prefs);
  my.chat.status = on ? words.easyOn : words.easyOff;
  change(my, on ? { words: true, large: true, calm: true, pictures: true, read: true } : plain());
}

function toggle(my: MeedoenChat, name: keyof Prefs): void {
  const { prefs } = my.chat.talk;
  if (name === "read" && prefs.read) my.reader.silence();
  change(my, { ...prefs, [name]: !prefs[name] });
}

/** The words are the assistant's: it is asked for easy ones, and for ordinary ones again. */
function change(my: MeedoenChat, prefs: Prefs): void {
  const { chat } = my;
  const before = chat.talk.prefs.words;
  chat.talk.prefs = prefs;
  if (prefs.words !== before && chat.talk.id) prefs.words ? my.say(words.easyAsk, words.easyAskShown) : my.say(words.plainAsk, words.plainAskShown);
  my.redress();
  chat.keep();
}

export function switches(my: MeedoenChat): TemplateResult {
  const { prefs } = my.chat.talk;
  const names: [keyof Prefs, string][] = [["words", words.easyWords], ["large", words.large], ["calm", words.calm], ["pictures", words.pictures]];
  if (my.reader.works) names.push(["read", words.readNew]);
  return html`<h3>${words.settings}</h3>
    ${names.map(([name, label]) => html`<button type="button" role="switch" class="switch" aria-checked=${prefs[name]} @click=${() => toggle(my, name)}><i aria-hidden="true"></i>${label}</button>`)}
    ${my.reader.works ? nothing : html`<p>${words.noVoice}</p>`}`;
}
