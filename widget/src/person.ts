// The sheet "Praat met een mens": call, be called, or ask for a member of staff.
import { html, nothing, type TemplateResult } from "lit";
import type { Help } from "./api.js";
import { paragraphs, phoneLink } from "./markup.js";
import { picture } from "./pictograms.js";
import type { MeedoenChat } from "./widget.js";
import { words } from "./words.js";

export function personSheet(my: MeedoenChat): TemplateResult {
  const { help } = my.known;
  return html`${help ? call(help) : nothing}
    <div class="row"><button type="button" class="full" @click=${() => my.choose("/terugbellen", words.callBack)}>${picture("phone")}${words.callBack}</button>
    <button type="button" class="line" @click=${() => my.choose("/mens_spreken", words.askHuman)}>${picture("human")}${words.askHuman}</button></div>
    ${help ? week(help) : nothing}`;
}

function call(help: Help): TemplateResult {
  const isNumber = /\d/.test(help.phone);
  return html`<p><strong>${words.call} ${help.name}: ${isNumber ? phoneLink(help.phone) : help.phone}</strong></p>${paragraphs(help.now, null)}`;
}

function week(help: Help): unknown {
  const days = Object.entries(help.hours);
  if (!days.length) return nothing;
  return html`<h3>${words.hoursWeek}</h3><dl>${days.map(([day, hours]) => html`<dt>${words.days[day]}</dt><dd>${words.until(hours)} uur</dd>`)}</dl>
    ${help.unverified ? html`<p>${words.hoursAsk}</p>` : nothing}`;
}
