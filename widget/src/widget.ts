// The element: holds the parts together, and follows the page it stands on. What is drawn is in `panel`.
import { LitElement, type TemplateResult } from "lit";
import { Chat } from "./chat.js";
import { giveBack, insert } from "./composer.js";
import { Known } from "./known.js";
import { scrollTo } from "./log.js";
import { panel } from "./panel.js";
import { Reader } from "./reader.js";
import { Road } from "./road.js";
import { Staff } from "./staff.js";
import { styles } from "./styles.js";
import { Explained } from "./terms.js";
import { dress } from "./theme.js";
import { Voice } from "./voice.js";
import { words } from "./words.js";

export class MeedoenChat extends LitElement {
  static override styles = styles;

  readonly chat = new Chat(() => this.requestUpdate());
  readonly known = new Known(this.chat);
  readonly explained = new Explained(this.chat, this.known);
  readonly staff = new Staff(this.chat, (first) => void this.arrived(first));
  readonly reader = new Reader(this.chat, this.known, async (key) => {
    await this.updateComplete;
    return this.$(`[data-key="${key}"] .text`);
  });
  readonly voice = new Voice(this);
  readonly road = new Road(this.chat, {
    isHere: () => this.isConnected,
    passed: () => this.known.meet(),
    arrived: (first) => void this.arrived(first),
    human: (human) => this.staff.set(human),
    giveBack: (text) => giveBack(this, text),
  });
  sheet: "" | "human" | "more" = "";
  /** Whether somebody is asked if the talk may go. */
  sure = false;
  private height = 0;
  private watcher: MutationObserver | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.chat.load(this.dataset);
    this.redress();
    this.watcher = new MutationObserver(this.redress);
    for (const element of [document.documentElement, document.body]) {
      this.watcher.observe(element, { attributes: true, attributeFilter: ["class", "style", "data-theme"] });
    }
    window.addEventListener("online", this.online);
    window.addEventListener("resize", this.redress);
    if ("speechSynthesis" in window) speechSynthesis.addEventListener("voiceschanged", this.chat.changed);
    if (this.chat.talk.open) void this.open(false);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watcher?.disconnect();
    this.staff.leave();
    this.reader.silence();
    this.voice.bar?.leave();
    window.removeEventListener("online", this.online);
    window.removeEventListener("resize", this.redress);
    if ("speechSynthesis" in window) speechSynthesis.removeEventListener("voiceschanged", this.chat.changed);
    this.road.wake();
  }

  /** Takes over the look of the page, and the size of letters that somebody wants. */
  readonly redress = (): void => { dress(this, this.chat.talk.prefs.large); this.requestUpdate(); };

  private readonly online = (): void => {
    if (this.chat.alert) this.chat.status = words.online;
    this.road.wake();
    this.requestUpdate();
  };

  override render(): TemplateResult { return panel(this); }

  /** What was just said stays in sight when a notice below it takes room. */
  override updated(): void {
    const log = this.$(".log");
    const height = log?.clientHeight ?? 0;
    if (log && height < this.height && this.chat.talk.items.at(-1)?.who === "you") log.scrollTop = log.scrollHeight;
    this.height = height;
  }

  $<T extends HTMLElement>(selector: string): T | null { return this.renderRoot.querySelector<T>(selector); }

  /** Puts the focus on what will be there once the screen has followed. */
  focusOn(selector: string): void { void this.updateComplete.then(() => this.$(selector)?.focus()); }

  /** On a touch screen a text field calls up a keyboard over the first words; there the panel gets the focus. */
  toField(): void { this.focusOn(matchMedia("(pointer: coarse)").matches ? ".panel" : "textarea"); }

  async open(focus = true): Promise<void> {
    this.chat.talk.open = true;
    this.redress();
    this.chat.keep();
    await this.updateComplete;
    this.known.meet();
    if (focus) this.toField();
    const log = this.$(".log");
    if (log) log.scrollTop = log.scrollHeight;
    void this.road.pump();
    this.staff.follow();
  }

  close(): void {
    this.chat.talk.open = false;
    this.sheet = "";
    this.reader.silence();
    this.voice.bar?.leave();
    this.staff.leave();
    this.chat.keep();
    this.focusOn(".launcher");
  }

  openSheet(name: "human" | "more"): void {
    this.sheet = this.sheet === name ? "" : name;
    this.requestUpdate();
    if (!this.sheet) this.$(`[aria-controls=${name}]`)?.focus();
  }

  say(text: string, shown = text): void {
    if (!text.trim()) return;
    this.reader.silence();
    if (!this.voice.bar?.say(text, shown)) this.road.say(text, shown);
    void this.updateComplete.then(() => scrollTo(this, this.chat.talk.keys - 1));
  }

  /** Shows what was understood, to be put right before it is sent. */
  insert(text: string): void { insert(this, text); }

  /** Says what a button stands for. */
  choose(payload: string, title: string): void {
    this.sheet = "";
    this.say(payload, title);
    this.toField();
  }

  restart(): void {
    this.staff.leave();
    this.reader.silence();
    this.voice.bar?.leave();
    this.chat.renew();
    this.sheet = "";
    this.sure = false;
    this.road.wake();
    this.chat.keep();
    void this.road.pump();
    this.toField();
  }

  private async arrived(first: number): Promise<void> {
    await this.updateComplete;
    scrollTo(this, first);
    if (!this.voice.bar?.open) await this.reader.readNew(first);
  }
}
