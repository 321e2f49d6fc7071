// The field to type in, with its buttons; in a form of ours also a step back and a way out.
import { html, nothing, type TemplateResult } from "lit";
import { picture } from "./pictograms.js";
import type { MeedoenChat } from "./widget.js";
import { words } from "./words.js";

const FORM = /^(vraag|waarom|fout|nodig)\//;
const AUTOFILL: [RegExp, string][] = [[/naam/, "given-name"], [/contact/, "tel"], [/woonplaats/, "address-level2"], [/bedrijf/, "organization"]];

const field = (my: MeedoenChat): HTMLTextAreaElement | null => my.$<HTMLTextAreaElement>("textarea");

export function composer(my: MeedoenChat): TemplateResult {
  const { items, human } = my.chat.talk;
  const answer = items.findLast((item) => item.who === "bot")?.reply?.answer ?? "";
  const form = FORM.test(answer) && human.state !== "here";
  const fill = form ? AUTOFILL.find(([pattern]) => pattern.test(answer))?.[1] : undefined;
  return html`<form @submit=${(event: Event) => submit(my, event)}>
    ${form ? steps(my) : nothing}
    <label for="text">${form ? words.fieldAnswer : human.state === "here" ? words.fieldStaff : words.field}</label>
    <div class="row"><textarea id="text" rows="1" maxlength="1000" autocomplete=${fill ?? "off"} enterkeyhint="send" @keydown=${(event: KeyboardEvent) => enter(my, event)}></textarea>
    ${my.voice.button()}
    <button type="submit" class="full">${picture("send")}${words.send}</button></div>
  </form>`;
}

function steps(my: MeedoenChat): TemplateResult {
  return html`<div class="formsteps"><button type="button" class="line" @click=${() => my.choose("stap terug", words.stepBack)}>${picture("back")}${words.stepBack}</button><button type="button" class="line" @click=${() => my.choose("stop", words.stopForm)}>${words.stopForm}</button></div>`;
}

function submit(my: MeedoenChat, event: Event): void {
  event.preventDefault();
  const box = field(my);
  if (!box?.value.trim()) return box?.focus();
  my.say(box.value);
  box.value = "";
  box.focus();
}

function enter(my: MeedoenChat, event: KeyboardEvent): void {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(my, event);
}

/** Puts words that were refused back, unless something else is being typed. */
export function giveBack(my: MeedoenChat, text: string): void {
  const box = field(my);
  if (box && !box.value) box.value = text;
}

/** Puts words in the field, to be looked at and sent. */
export function insert(my: MeedoenChat, text: string): void {
  const box = field(my);
  if (box) { box.value = text; box.focus(); }
}
