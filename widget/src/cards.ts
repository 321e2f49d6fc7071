// Cards in a message: an opening, or things laid side by side.
import { html, nothing, type TemplateResult } from "lit";
import type { Card, Reply } from "./api.js";
import { picture } from "./pictograms.js";
import type { MeedoenChat } from "./widget.js";

const LINE = /^\d+\. /;

/** The text of a message before and after its list of openings: on the screen the cards stand there instead. */
export function around({ text, cards }: Reply): [before: string, after: string] {
  const lines = text.split("\n");
  const listed = (line: string) => LINE.test(line) && cards.some(({ title }) => line.replace(LINE, "").startsWith(title));
  const first = lines.findIndex(listed);
  if (first < 0) return [text, ""];
  const end = lines.findLastIndex(listed) + 1;
  return [lines.slice(0, first).join("\n").trim(), lines.slice(end).join("\n").trim()];
}

/** `said` is what is read aloud: what it does not name is skipped there. */
export function cardView(my: MeedoenChat, card: Card, said: string, last: boolean): TemplateResult {
  const quiet = (value: string) => (said.includes(value.split(" (")[0]!) ? "" : "quiet");
  return html`<article class="card" aria-label=${card.title}><h3 class=${quiet(card.title)}>${card.title} </h3><p class=${quiet(card.title)}>${card.subtitle}</p>
    <dl>${card.lines.map(([label, value]) => html`<dt class=${quiet(value)}>${label} </dt><dd class=${quiet(value)}>${value} </dd>`)}</dl>
    ${card.note ? html`<p class="source quiet">${card.note}</p>` : nothing}
    ${last ? button(my, card) : nothing}
  </article>`;
}

function button(my: MeedoenChat, { button, title }: Card): unknown {
  if (!button) return nothing;
  return html`<button type="button" class="line quiet" @click=${() => my.choose(button.payload, `${button.title}: ${title}`)}>${my.chat.talk.prefs.pictures ? picture("search") : nothing}<span>${button.title}<span class="sr">: ${title}</span></span></button>`;
}
