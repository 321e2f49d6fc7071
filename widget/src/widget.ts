// The element: what is on the screen and what a press does. The road of a message is in `pump`.
import { LitElement, html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Aloud, localVoice, type Sound } from "./aloud.js";
import { Api, Problem, listen, type Card, type Health, type Help, type Human, type LiveEvent, type Reply, type Said } from "./api.js";
import { Glossary, paragraphs, phoneLink } from "./markup.js";
import { picture, pictureFor } from "./pictograms.js";
import { styles } from "./styles.js";
import { download, mailAddress, print, summary } from "./summary.js";
import { load, messageId, newTalk, plain, save, type Item, type Prefs, type Talk } from "./talk.js";
import { dress } from "./theme.js";
import { words } from "./words.js";

const RATES = [0.6, 0.75, 0.9, 1, 1.2, 1.5];
const FORM = /^(vraag|waarom|fout|nodig)\//;
const AUTOFILL: [RegExp, string][] = [[/naam/, "given-name"], [/contact/, "tel"], [/woonplaats/, "address-level2"], [/bedrijf/, "organization"]];

export class MeedoenChat extends LitElement {
  static override styles = styles;

  private api = new Api("/");
  private talk: Talk = newTalk();
  private store = "";
  private health: Health = {};
  private help: Help | null = null;
  private glossary = new Glossary([]);
  private aloud = new Aloud();
  private sheet: "" | "human" | "more" = "";
  private alert = "";
  private status = "";
  private asking = false;
  private pumping = false;
  private reading = -1;
  private turn = 0;
  private term = { key: -1, name: "" };
  private live: AbortController | undefined;
  private wake = (): void => {};
  private slow: ReturnType<typeof setTimeout>[] = [];
  private watcher: MutationObserver | undefined;
  private narrow = matchMedia("(max-width: 40em)");
  private met = false;

  // --- life ---

  override connectedCallback(): void {
    super.connectedCallback();
    this.api = new Api(this.dataset.server ?? "/");
    this.store = `meedoen ${this.api.base} ${this.dataset.municipality ?? ""} ${this.dataset.role ?? ""}`;
    this.talk = load(this.store);
    this.aloud.onchange = () => this.requestUpdate();
    this.redress();
    this.watcher = new MutationObserver(() => this.redress());
    for (const element of [document.documentElement, document.body]) {
      this.watcher.observe(element, { attributes: true, attributeFilter: ["class", "style", "data-theme"] });
    }
    window.addEventListener("online", this.back);
    window.addEventListener("resize", this.redress);
    if ("speechSynthesis" in window) speechSynthesis.addEventListener("voiceschanged", this.refresh);
    if (this.talk.open) void this.open(false);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watcher?.disconnect();
    this.live?.abort();
    this.live = undefined;
    this.silence();
    window.removeEventListener("online", this.back);
    window.removeEventListener("resize", this.redress);
    if ("speechSynthesis" in window) speechSynthesis.removeEventListener("voiceschanged", this.refresh);
    this.wake();
  }

  private refresh = (): void => this.requestUpdate();
  private redress = (): void => { dress(this, this.talk.prefs.large); this.requestUpdate(); };
  private back = (): void => {
    if (this.alert) this.status = words.online;
    this.wake();
    this.requestUpdate();
  };

  private keep(): void {
    save(this.store, this.talk);
    this.requestUpdate();
  }

  private $<T extends HTMLElement>(selector: string): T | null { return this.renderRoot.querySelector<T>(selector); }

  // --- open and close ---

  private async open(focus = true): Promise<void> {
    this.talk.open = true;
    this.redress();
    this.keep();
    await this.updateComplete;
    this.meet();
    if (focus) this.toField();
    const log = this.$(".log");
    if (log) log.scrollTop = log.scrollHeight;
    void this.pump();
    this.listenIfHuman();
  }

  /** On a touch screen a text field calls up a keyboard over the first words; there the panel gets the focus. */
  private toField(): void {
    (matchMedia("(pointer: coarse)").matches ? this.$(".panel") : this.$("textarea"))?.focus();
  }

  private async close(): Promise<void> {
    this.talk.open = false;
    this.sheet = "";
    this.silence();
    this.live?.abort();
    this.live = undefined;
    this.keep();
    await this.updateComplete;
    this.$(".launcher")?.focus();
  }

  /** What the server can do and what is handy to know; the talk does not wait for it. */
  private meet(): void {
    if (this.met) return;
    this.met = true;
    const take = <T>(promise: Promise<T>, use: (value: T) => void) => void promise.then((value) => { use(value); this.requestUpdate(); }).catch(() => { this.met = false; });
    take(this.api.health(), (health) => { this.health = health; });
    take(this.api.help(this.dataset.municipality ?? null), (help) => { this.help = help; });
    take(this.api.terms(), (terms) => { this.glossary = new Glossary(terms); });
  }

  // --- the road of a message ---

  private say(text: string, shown = text): void {
    text = text.trim();
    if (!text) return;
    this.silence();
    this.add({ who: "you", text: shown.trim(), send: text, id: messageId(), state: "sending" });
    void this.pump();
  }

  private add(item: Omit<Item, "key">): void {
    this.talk.items = [...this.talk.items, { ...item, key: this.talk.keys++ }];
    this.keep();
  }

  /** Sends what waits, in order, one at a time, each under its own id until the server has answered it. */
  private async pump(): Promise<void> {
    if (this.pumping) return;
    this.pumping = true;
    let tries = 0;
    while (this.isConnected) {
      const next = this.talk.items.find((item) => item.state);
      if (this.talk.id && !next) break;
      if (!this.talk.id && !this.talk.open) break;
      const talk = this.talk;
      this.ask(true);
      try {
        if (!talk.id) await this.begin(talk);
        else if (next) await this.deliver(talk, next);
        tries = 0;
        this.alert = "";
        this.meet();
      } catch (error) {
        if (talk !== this.talk) continue;
        if (error instanceof Problem && !error.passes) {
          if (this.refuse(error, next)) continue;
          break;
        }
        if (++tries > 1) {
          if (next) next.state = "failed";
          this.alert = (error instanceof Problem && error.message) || (next ? words.offline : words.offlineStart);
        }
        this.ask(false);
        this.keep();
        await new Promise<void>((done) => {
          const timer = setTimeout(done, Math.min(500 * 2 ** tries, 15_000));
          this.wake = () => { clearTimeout(timer); done(); };
        });
      }
    }
    this.ask(false);
    this.pumping = false;
    this.requestUpdate();
  }

  private async begin(talk: Talk): Promise<void> {
    const started = await this.api.start(this.dataset.municipality ?? null, this.dataset.role ?? null);
    if (talk !== this.talk) return;
    Object.assign(talk, { id: started.id, token: started.token, count: 0, lastEvent: "" });
    this.receive(started);
    if (talk.prefs.words) this.add({ who: "you", text: words.easyAskShown, send: words.easyAsk, id: messageId(), state: "sending" });
  }

  private async deliver(talk: Talk, item: Item): Promise<void> {
    const said = await this.api.say(talk.id, talk.token, item.send!, item.id!);
    if (talk !== this.talk) return;
    item.state = undefined;
    this.receive(said);
  }

  /** The server will never take this: say why, and give the words back. A talk it no longer knows begins anew, once. */
  private refuse(problem: Problem, item: Item | undefined): boolean {
    const others = this.talk.items.filter((one) => one !== item);
    if ([401, 404].includes(problem.status) && this.talk.id && item && !item.moved) {
      Object.assign(this.talk, { id: "", token: "", human: { state: "none" }, items: others });
      this.add({ who: "note", text: words.newTalk });
      this.talk.items = [...this.talk.items, { ...item, moved: true, key: this.talk.keys++ }];
      this.keep();
      return true;
    }
    this.alert = problem.message || words.offlineStart;
    this.talk.items = others;
    const field = this.$<HTMLTextAreaElement>("textarea");
    if (item && field && !field.value) field.value = item.text;
    this.keep();
    return Boolean(this.talk.id);
  }

  private receive(said: Said): void {
    const first = this.talk.keys;
    for (const reply of said.messages) this.add({ who: "bot", text: reply.text, reply, index: this.talk.count++ });
    if (said.human) this.setHuman(said.human);
    this.keep();
    void this.arrived(first);
  }

  private async arrived(first: number): Promise<void> {
    await this.updateComplete;
    const log = this.$(".log");
    const item = this.talk.items.find((one) => one.key === first);
    const asked = item?.who === "bot" && this.talk.items.findLast((one) => one.key < first && one.who === "you");
    const start = this.$(`[data-key="${asked ? asked.key : first}"]`) ?? this.$(`[data-key="${first}"]`);
    if (log && start) log.scrollTop = start.offsetTop - log.offsetTop - 8;
    if (!this.talk.prefs.read) return;
    for (const item of this.talk.items.filter((one) => one.key >= first && one.who !== "you")) if (!(await this.read(item))) return;
  }

  private ask(on: boolean): void {
    if (on === this.asking) return;
    this.asking = on;
    this.slow.forEach(clearTimeout);
    if (!on) this.status = this.status === words.online ? this.status : "";
    const later = (ms: number, text: string) => setTimeout(() => { this.status = text; this.requestUpdate(); }, ms);
    this.slow = on && this.talk.human.state !== "here" ? [later(500, this.talk.id ? words.busy : words.starting), later(8000, words.busyLong)] : [];
    this.requestUpdate();
  }

  // --- a member of staff ---

  private setHuman(human: Human): void {
    const before = this.talk.human.state;
    this.talk.human = human;
    if (before === "here" && human.state !== "here") this.add({ who: "note", text: words.gone });
    if (before !== "here" && human.state === "here") this.add({ who: "note", text: words.here(human.name ?? "") });
    this.keep();
    this.listenIfHuman();
  }

  private listenIfHuman(): void {
    const { id, token, human, open } = this.talk;
    if (human.state === "none" || !open || !id) {
      this.live?.abort();
      this.live = undefined;
    } else if (!this.live) {
      this.live = new AbortController();
      void listen(this.api, id, token, () => this.talk.lastEvent, this.live.signal, (event) => this.heard(event));
    }
  }

  private heard(event: LiveEvent): void {
    if (event.id && event.id === this.talk.lastEvent) return;
    if (event.id) this.talk.lastEvent = event.id;
    if (event.event === "human") this.setHuman(event.data as Human);
    if (event.event === "message") {
      const said = event.data as Partial<Reply> & { name?: string };
      const first = this.talk.keys;
      this.add({ who: "staff", name: said.name ?? "", text: said.text ?? "" });
      void this.arrived(first);
    }
    this.keep();
  }

  // --- reading aloud ---

  private get canRead(): boolean { return Boolean(this.health.voice?.speak || localVoice()); }

  /** True when it was read to its end, false when something else came in between. */
  private async read(item: Item): Promise<boolean> {
    const turn = ++this.turn;
    await this.updateComplete;
    const body = this.$(`[data-key="${item.key}"] .text`);
    if (!body || !this.canRead) return false;
    const { id, token } = this.talk;
    const sound: Sound | null = this.health.voice?.speak && item.index !== undefined ? (rate) => this.api.speech(id, token, item.index!, rate) : null;
    const done = this.aloud.read(body, this.talk.rate, sound);
    this.reading = item.key;
    this.requestUpdate();
    await done;
    if (turn !== this.turn) return false;
    this.reading = -1;
    this.requestUpdate();
    return true;
  }

  private silence(): void {
    this.turn++;
    this.reading = -1;
    this.aloud.stop();
  }

  private hush(): void {
    const key = this.reading;
    this.silence();
    void this.updateComplete.then(() => this.$(`[data-key="${key}"] .tools button`)?.focus());
  }

  private pace(item: Item, step: number): void {
    const at = RATES.indexOf(this.talk.rate) + step;
    this.talk.rate = RATES[Math.max(0, Math.min(RATES.length - 1, at))]!;
    this.status = words.speed(this.talk.rate);
    this.keep();
    void this.read(item);
  }

  // --- settings ---

  private get allEasy(): boolean { return Object.values(this.talk.prefs).every(Boolean); }

  private toggleEasy(): void {
    const on = !this.allEasy;
    const before = this.talk.prefs.words;
    this.talk.prefs = on ? { words: true, large: true, calm: true, pictures: true, read: true } : plain();
    this.status = on ? words.easyOn : words.easyOff;
    this.wordsChanged(before);
    this.redress();
    this.keep();
  }

  private toggle(name: keyof Prefs): void {
    const before = this.talk.prefs.words;
    this.talk.prefs = { ...this.talk.prefs, [name]: !this.talk.prefs[name] };
    if (name === "read" && !this.talk.prefs.read) this.silence();
    if (name === "words") this.wordsChanged(before);
    this.redress();
    this.keep();
  }

  private wordsChanged(before: boolean): void {
    if (this.talk.prefs.words && !before && this.talk.id) this.say(words.easyAsk, words.easyAskShown);
    if (!this.talk.prefs.words && before) this.status = words.easyWordsStay;
  }

  private restart(): void {
    const { prefs, rate } = this.talk;
    this.live?.abort();
    this.live = undefined;
    this.silence();
    this.talk = { ...newTalk(), prefs, rate, open: true };
    this.sheet = "";
    this.alert = "";
    this.wake();
    this.keep();
    void this.pump();
    void this.updateComplete.then(() => this.toField());
  }

  private face(item: Item, face: string): void {
    item.face = face;
    this.status = words.thanks;
    const { id, token } = this.talk;
    const send = () => this.api.feedback(id, token, face, item.index!);
    send().catch(() => setTimeout(() => send().catch(() => {}), 5000));
    this.keep();
    void this.updateComplete.then(() => this.toField());
  }

  // --- keys ---

  private keydown(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.stopPropagation();
      if (this.sheet) this.openSheet(this.sheet);
      else void this.close();
    }
    if (event.key !== "Tab" || !this.narrow.matches) return;
    // Full screen: nothing of the page can be seen, so the focus stays here.
    const stops = [...this.renderRoot.querySelectorAll<HTMLElement>(".panel button,.panel a,.panel textarea,.panel [tabindex='0']")].filter((one) => one.checkVisibility());
    const [first, last] = [stops[0], stops.at(-1)];
    const now = this.shadowRoot?.activeElement;
    if (event.shiftKey ? now === first || now === this.$(".panel") : now === last) {
      event.preventDefault();
      (event.shiftKey ? last : first)?.focus();
    }
  }

  private openSheet(name: "human" | "more"): void {
    this.sheet = this.sheet === name ? "" : name;
    this.requestUpdate();
    if (!this.sheet) this.$(`[aria-controls=${name}]`)?.focus();
  }

  private submit(event: Event): void {
    event.preventDefault();
    const field = this.$<HTMLTextAreaElement>("textarea");
    if (!field?.value.trim()) return field?.focus();
    this.say(field.value);
    field.value = "";
    field.focus();
  }

  private choose(payload: string, title: string): void {
    this.sheet = "";
    this.say(payload, title);
    void this.updateComplete.then(() => this.toField());
  }

  // --- the screen ---

  override render(): TemplateResult {
    const { prefs, open } = this.talk;
    return html`<section aria-label=${words.region} class="${prefs.calm ? "calm" : ""} ${prefs.large ? "large" : ""}">
      <button type="button" class="launcher full" aria-expanded="false" aria-haspopup="dialog" ?hidden=${open} @click=${() => this.open()}>${picture("chat")}<span>${words.launcher}</span></button>
      <div class="panel" role="dialog" aria-modal=${this.narrow.matches ? "true" : "false"} aria-labelledby="name" aria-describedby="kind" tabindex="-1" ?hidden=${!open} @keydown=${this.keydown}>
        <header>
          <h2 id="name">${words.name}</h2>
          <button type="button" aria-expanded=${this.sheet === "more"} aria-controls="more" @click=${() => this.openSheet("more")}>${picture("menu")}<span>${words.more}</span></button>
          <button type="button" @click=${this.close}>${picture("close")}<span>${words.close}</span></button>
        </header>
        <p id="kind" class="sr">${words.kind}</p>
        <div class="bar">
          <button type="button" class="line" aria-expanded=${this.sheet === "human"} aria-controls="human" @click=${() => this.openSheet("human")}>${picture("human")}${words.human}</button>
          <button type="button" class="line" aria-pressed=${this.allEasy} @click=${this.toggleEasy}>${picture("easy")}${words.easy}</button>
        </div>
        <div class="sheet" id="human" role="region" aria-label=${words.human} ?hidden=${this.sheet !== "human"}>${this.humanSheet()}</div>
        <div class="sheet" id="more" role="region" aria-label=${words.more} ?hidden=${this.sheet !== "more"}>${this.sheet === "more" ? this.moreSheet() : nothing}</div>
        <div class="log" role="log" aria-live="polite" aria-relevant="additions" aria-label=${words.log} tabindex="0">
          ${repeat(this.talk.items, (item) => item.key, (item, at) => this.message(item, at === this.talk.items.length - 1))}
        </div>
        <div class="alert" role="alert">${this.alert ? html`<p>${this.alert}</p>` : nothing}${this.alert && this.pumping ? html`<button type="button" class="line" @click=${() => this.wake()}>${words.retry}</button>` : nothing}</div>
        <div class="status" role="status">${this.statusLine()}</div>
        ${this.composer()}
      </div>
    </section>`;
  }

  private statusLine(): unknown {
    const { state, place, name } = this.talk.human;
    const human = state === "waiting" ? `${words.waiting} ${place ? words.place(place) : ""}` : state === "here" ? words.with(name ?? "") : "";
    if (!this.status && !human) return nothing;
    return html`${human ? html`<p>${picture("human")}<span>${human}</span></p>` : nothing}
      ${this.status ? html`<p>${this.asking ? html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>` : nothing}<span>${this.status}</span></p>` : nothing}`;
  }

  private speaker(item: Item): string {
    if (item.who === "staff") return item.name ? words.staffName(item.name) : words.staff;
    return words[item.who];
  }

  private message(item: Item, last: boolean): TemplateResult {
    const reply = item.reply;
    const marked = item.who === "bot" ? { glossary: this.glossary, open: this.term.key === item.key ? this.term.name : "", toggle: (name: string) => this.explain(item, name) } : null;
    return html`<div class="msg ${item.who}" data-key=${item.key}>
      <p class="who">${words.says(this.speaker(item))}</p>
      <div class="body"><div class="text">${paragraphs(item.text, marked)}</div>${this.explanation(item)}${reply?.source ? html`<p class="source">${reply.source}</p>` : nothing}</div>
      ${item.state ? html`<p class="state">${item.state === "failed" ? words.failed : words.sending}</p>` : nothing}
      ${reply?.cards.map((card) => this.card(card, last))}
      ${this.tools(item)}
      ${last && reply ? this.choices(reply) : nothing}
      ${last && reply?.source && !item.face ? this.faces(item) : nothing}
    </div>`;
  }

  private tools(item: Item): unknown {
    if (item.who === "you" || !this.canRead) return nothing;
    const on = this.reading === item.key;
    return html`<div class="tools" role="group" aria-label=${words.reading}>
      ${on
        ? html`<button type="button" @click=${() => this.hush()}>${picture("stop")}${words.stop}</button>
          <button type="button" @click=${() => this.pace(item, -1)}>${words.slower}</button><button type="button" @click=${() => this.pace(item, 1)}>${words.faster}</button>
          <button type="button" @click=${() => this.read(item)}>${words.again}</button>`
        : html`<button type="button" @click=${() => this.read(item)}>${picture("sound")}${words.read}</button>`}
    </div>`;
  }

  private explain(item: Item, name: string): void {
    const same = this.term.key === item.key && this.term.name === name;
    this.term = same ? { key: -1, name: "" } : { key: item.key, name };
    this.requestUpdate();
  }

  private explanation(item: Item): unknown {
    if (this.term.key !== item.key) return nothing;
    const term = this.glossary.get(this.term.name);
    if (!term) return nothing;
    return html`<div class="explain" role="note" aria-label=${words.explain(term.term)}><p><strong>${term.term}</strong>: ${term.explanation}</p>
      ${term.example ? html`<p>${words.example} ${term.example}</p>` : nothing}</div>`;
  }

  private choice(title: string, payload: string): TemplateResult {
    return html`<button type="button" class="line" @click=${() => this.choose(payload, title)}>${this.talk.prefs.pictures ? pictureFor(title, payload) : nothing}<span>${title}</span></button>`;
  }

  private choices(reply: Reply): unknown {
    if (!reply.buttons.length) return nothing;
    return html`<div class="choices" role="group" aria-label=${words.choices}>${reply.buttons.map((button) => this.choice(button.title, button.payload))}</div>`;
  }

  private card(card: Card, last: boolean): TemplateResult {
    return html`<article class="card" aria-label=${card.title}><h3>${card.title}</h3><p>${card.subtitle}</p>
      <dl>${card.lines.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
      ${card.note ? html`<p class="source">${card.note}</p>` : nothing}
      ${card.button && last ? html`<button type="button" class="line" @click=${() => this.choose(card.button!.payload, `${card.button!.title}: ${card.title}`)}>${this.talk.prefs.pictures ? picture("search") : nothing}<span>${card.button.title}<span class="sr">: ${card.title}</span></span></button>` : nothing}
    </article>`;
  }

  private faces(item: Item): TemplateResult {
    return html`<fieldset class="faces"><legend>${words.helped}</legend><div>
      ${Object.entries(words.faces).map(([face, label]) => html`<button type="button" class="line" @click=${() => this.face(item, face)}>${picture(face)}${label}</button>`)}</div></fieldset>`;
  }

  private humanSheet(): TemplateResult {
    const help = this.help;
    const phone = help && /\d/.test(help.phone);
    const now = !help ? "" : help.today ? words.hoursToday(words.until(help.today)) + (help.open ? "" : ` ${words.closedNow}`) : words.closedToday;
    return html`${help ? html`<p><strong>${words.call} ${help.name}: ${phone ? phoneLink(help.phone) : help.phone}</strong><br />${now}</p>` : nothing}
      <div class="row"><button type="button" class="full" @click=${() => this.choose("/terugbellen", words.callBack)}>${picture("phone")}${words.callBack}</button>
      <button type="button" class="line" @click=${() => this.choose("/mens_spreken", words.askHuman)}>${picture("human")}${words.askHuman}</button></div>
      ${help ? html`<h3>${words.hoursWeek}</h3><dl>${Object.entries(help.hours).map(([day, hours]) => html`<dt>${words.days[day]}</dt><dd>${words.until(hours)} uur</dd>`)}</dl>${help.unverified ? html`<p>${words.hoursAsk}</p>` : nothing}` : nothing}`;
  }

  private moreSheet(): TemplateResult {
    const { prefs } = this.talk;
    const page = () => summary(this.talk.items, this.help);
    const names: [keyof Prefs, string][] = [["words", words.easyWords], ["large", words.large], ["calm", words.calm], ["pictures", words.pictures]];
    if (this.canRead) names.push(["read", words.readNew]);
    return html`<h3>${words.settings}</h3>
      ${names.map(([name, label]) => html`<button type="button" role="switch" class="switch" aria-checked=${prefs[name]} @click=${() => this.toggle(name)}><i aria-hidden="true"></i>${label}</button>`)}
      ${this.canRead ? nothing : html`<p>${words.noVoice}</p>`}
      <h3>${words.keep}</h3>
      <div class="row"><button type="button" class="line" @click=${() => download(page())}>${words.download}</button>
      <button type="button" class="line" @click=${() => print(page())}>${words.print}</button>
      <button type="button" class="line" @click=${() => { location.href = mailAddress(page()); }}>${words.mail}</button>
      ${this.sure
        ? html`<p role="note">${words.restartSure}</p><button type="button" class="full" @click=${() => { this.sure = false; this.restart(); }}>${words.yes}</button><button type="button" class="line" @click=${() => this.ensure(false)}>${words.no}</button>`
        : html`<button type="button" class="line restart" @click=${() => this.ensure(true)}>${picture("back")}${words.restart}</button>`}</div>`;
  }

  private sure = false;
  private ensure(on: boolean): void {
    this.sure = on;
    this.requestUpdate();
    void this.updateComplete.then(() => this.$(on ? "#more .full" : "#more .restart")?.focus());
  }

  private composer(): TemplateResult {
    const answer = this.talk.items.findLast((item) => item.who === "bot")?.reply?.answer ?? "";
    const form = FORM.test(answer) && this.talk.human.state !== "here";
    const fill = form ? AUTOFILL.find(([pattern]) => pattern.test(answer))?.[1] : undefined;
    return html`<form @submit=${this.submit}>
      ${form ? html`<div class="formsteps"><button type="button" class="line" @click=${() => this.choose("stap terug", words.stepBack)}>${picture("back")}${words.stepBack}</button><button type="button" class="line" @click=${() => this.choose("stop", words.stopForm)}>${words.stopForm}</button></div>` : nothing}
      <label for="text">${form ? words.fieldAnswer : words.field}</label>
      <div class="row"><textarea id="text" rows="1" maxlength="1000" autocomplete=${fill ?? "off"} enterkeyhint="send" @keydown=${this.enter}></textarea>
      ${this.health.voice?.listen && navigator.mediaDevices ? html`<button type="button" class="line mic" @click=${this.speak}>${picture("mic")}${words.microphone}</button>` : nothing}
      <button type="submit" class="full">${picture("send")}${words.send}</button></div>
    </form>`;
  }

  private enter(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
  }

  /** The voice part listens for this event, records, and calls `insert` with what it understood. */
  private speak(): void {
    const insert = (text: string) => {
      const field = this.$<HTMLTextAreaElement>("textarea");
      if (field) { field.value = text; field.focus(); }
    };
    this.dispatchEvent(new CustomEvent("meedoen:listen", { bubbles: true, composed: true, detail: { insert, id: this.talk.id, token: this.talk.token } }));
  }
}
