// The messages of the talk, with what can be done with each.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Reply } from "./api.js";
import { around, cardView } from "./cards.js";
import { faces } from "./faces.js";
import { paragraphs } from "./markup.js";
import { picture, pictureFor } from "./pictograms.js";
import type { Item } from "./talk.js";
import type { MeedoenChat } from "./widget.js";
import { words } from "./words.js";

export function log(my: MeedoenChat): TemplateResult {
  const { items } = my.chat.talk;
  return html`<div class="log" role="log" aria-live="polite" aria-relevant="additions" aria-label=${words.log} tabindex="0">
    ${repeat(items, (item) => item.key, (item, at) => message(my, item, at === items.length - 1))}
  </div>`;
}

/** Shows what came in from its beginning, below the question it answers. */
export function scrollTo(my: MeedoenChat, first: number): void {
  const { items } = my.chat.talk;
  const box = my.$(".log");
  const item = items.find((one) => one.key === first);
  const asked = item?.who === "bot" && items.findLast((one) => one.key < first && one.who === "you");
  const start = my.$(`[data-key="${asked ? asked.key : first}"]`) ?? my.$(`[data-key="${first}"]`);
  if (box && start) box.scrollTop = start.offsetTop - box.offsetTop - 8;
}

function message(my: MeedoenChat, item: Item, last: boolean): TemplateResult {
  const { reply } = item;
  return html`<div class="msg ${item.who}" data-key=${item.key}>
    <p class="who">${words.says(speaker(item))}</p>
    <div class="body"><div class="text">${text(my, item, last)}</div>${my.explained.view(item)}${reply?.source ? html`<p class="source">${reply.source}</p>` : nothing}</div>
    ${item.state ? html`<p class="state">${item.state === "failed" ? words.failed : words.sending}</p>` : nothing}
    ${my.reader.can(item) ? tools(my, item) : nothing}
    ${last && reply ? choices(my, reply) : nothing}
    ${last ? faces(my, item) : nothing}
  </div>`;
}

function text(my: MeedoenChat, item: Item, last: boolean): unknown {
  const { reply } = item;
  const [before, after] = reply ? around(reply) : [item.text, ""];
  const terms = item.who === "bot" ? my.explained.terms(item) : null;
  return html`${paragraphs(before, terms)}${reply?.cards.map((card) => cardView(my, card, item.text, last))}${after ? paragraphs(after, terms) : nothing}`;
}

function speaker(item: Item): string {
  if (item.who === "staff") return item.name ? words.staffName(item.name) : words.staff;
  return words[item.who];
}

function tools(my: MeedoenChat, item: Item): TemplateResult {
  const { reader } = my;
  const stop = () => { reader.silence(); my.focusOn(`[data-key="${item.key}"] .tools button`); };
  return html`<div class="tools" role="group" aria-label=${words.reading}>
    ${reader.reading === item.key
      ? html`<button type="button" @click=${stop}>${picture("stop")}${words.stop}</button>
        <button type="button" @click=${() => reader.pace(item, -1)}>${words.slower}</button><button type="button" @click=${() => reader.pace(item, 1)}>${words.faster}</button>
        <button type="button" @click=${() => reader.read(item)}>${words.again}</button>`
      : html`<button type="button" @click=${() => reader.read(item)}>${picture("sound")}${words.read}</button>`}
  </div>`;
}

function choices(my: MeedoenChat, { buttons }: Reply): unknown {
  if (!buttons.length) return nothing;
  const pictures = my.chat.talk.prefs.pictures;
  return html`<div class="choices" role="group" aria-label=${words.choices}>${buttons.map(({ title, payload }) =>
    html`<button type="button" class="line" @click=${() => my.choose(payload, title)}>${pictures ? pictureFor(title, payload) : nothing}<span>${title}</span></button>`)}</div>`;
}
