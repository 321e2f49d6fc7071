// Speaking on the page. Built into widget-voice.js, which is fetched when somebody first presses the button.
import type { Mark, Reply } from "./api.js";
import { Microphone, type Frame } from "./microphone.js";
import { messageId, type Item } from "./talk.js";
import type { Bar, Parts } from "./voice.js";
import { Line, type Message } from "./voice-line.js";
import { Player } from "./voice-player.js";
import { styles } from "./voice-styles.js";
import { words } from "./voice-words.js";
import type { MeedoenChat } from "./widget.js";

/** A press that is shorter than this is a tap: the button then stays on, for who cannot hold it. */
const TAP = 400;
type State = "idle" | "wait" | "hold" | "tap" | "free" | "thinking" | "speaking" | "unsure" | "nothing";

class VoiceBar implements Bar {
  private state: State = "idle";
  private partial = "";
  private level = 0;
  private pressed = 0;
  private line: Line | undefined;
  private canBeFree = false;
  private manner = { hands_free: false, barge_in: false, more_time: false };
  /** What was understood and not yet answered. */
  private asked: Item | undefined;
  private unsureId = "";
  private firstKey = 0;
  private readonly player = new Player();
  private readonly microphone: Microphone;

  constructor(private readonly my: MeedoenChat, private readonly parts: Parts) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    (my.renderRoot as ShadowRoot).adoptedStyleSheets.push(sheet);
    this.microphone = new Microphone(parts.worklet, (frame) => this.heard(frame));
    this.player.onword = (reply, text, mark) => void this.follow(reply, text, mark);
    this.player.onended = () => { this.line?.tell("played"); this.quiet(); };
  }

  get recording(): boolean { return this.microphone.isOpen; }
  get open(): boolean { return Boolean(this.line?.isOpen); }

  // --- the button ---

  button(event: Event): void {
    const key = event instanceof KeyboardEvent ? event.key : "";
    if (key === "Enter" || (key && key !== " ")) return;
    if (key) event.preventDefault();
    if (event.type === "pointerdown" || (event.type === "keydown" && !(event as KeyboardEvent).repeat)) this.down();
    if (event.type === "pointerup" || event.type === "pointercancel" || event.type === "keyup") this.up();
    // A click without a finger or key before it comes from a screen reader or voice control.
    if (event.type === "click" && (event as PointerEvent).detail === 0 && !this.pressed) this.tap();
  }

  tap(): void {
    if (this.recording || this.state === "wait") this.finish();
    else void this.listen(this.manner.hands_free ? "free" : "tap");
  }

  private down(): void {
    this.pressed = performance.now();
    if (this.recording || this.state === "wait") return this.finish();
    void this.listen(this.manner.hands_free ? "free" : "hold");
  }

  private up(): void {
    const held = performance.now() - this.pressed;
    setTimeout(() => { this.pressed = 0; });
    if (this.manner.hands_free) return;
    if (!this.recording && this.state !== "wait") return;
    if (held >= TAP && this.state === "hold") this.finish();
    else if (this.state === "hold" || this.state === "wait") this.wanted = this.set("tap", this.state === "wait");
  }

  private wanted: State = "hold";

  private async listen(how: State): Promise<void> {
    this.my.reader.silence();
    this.wanted = how;
    this.set("wait", false);
    this.call();
    try {
      if (!(await this.microphone.open())) return;
    } catch {
      return this.parts.refused();
    }
    if (how !== "free") this.line?.tell("press");
    this.partial = "";
    this.set(this.wanted, false);
  }

  private finish(): void {
    const was = this.state;
    this.microphone.close();
    this.level = 0;
    if (was === "hold" || was === "tap") {
      this.line?.tell("release");
      this.set("thinking", false);
    } else if (was === "wait") this.set("idle", false);
    else {
      this.line?.tell("cancel");
      this.set("idle", false);
    }
  }

  escape(): boolean {
    if (!this.recording && !this.player.sounds && this.state !== "wait") return false;
    this.microphone.close();
    this.silence();
    this.line?.tell("cancel");
    this.partial = "";
    this.set("idle", false);
    return true;
  }

  leave(): void {
    this.microphone.close();
    this.player.stop();
    this.my.reader.unmark();
    this.line?.close();
    this.line = undefined;
    this.set("idle", false);
  }

  // --- the line ---

  private call(): void {
    if (this.open) return;
    const { api, talk } = this.my.chat;
    const address = new URL(`${api.base}api/v1/conversations/${talk.id}/voice`, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const first = { type: "start", token: talk.token, manner: this.spoken() };
    this.line = new Line(address.href, first, {
      message: (message) => this.take(message),
      sound: (pcm) => this.player.add(pcm),
      closed: () => this.closed(),
    });
  }

  private heard({ pcm, level }: Frame): void {
    this.line?.sound(pcm);
    const before = Math.round(this.level * 10);
    this.level = Math.max(Math.min(1, level * 4), this.level * 0.8);
    if (Math.round(this.level * 10) !== before) this.my.requestUpdate();
  }

  say(text: string, shown: string): boolean {
    if (!this.line?.isOpen) return false;
    const id = this.unsureId || messageId();
    this.unsureId = "";
    this.silence();
    this.ask(text, shown, id);
    this.line.tell("send", { text: text.trim(), id });
    if (this.state !== "free") this.set("thinking", false);
    return true;
  }

  private take(message: Message): void {
    const { chat, road } = this.my;
    switch (message.type) {
      case "ready": this.canBeFree = Boolean(message.hands_free); break;
      case "partial": this.partial = String(message.text); break;
      case "final": this.understood(message); break;
      case "reply":
        this.asked = undefined;
        this.firstKey = chat.talk.keys;
        road.receive({ messages: message.messages as Reply[] });
        break;
      case "prompt": chat.status = String(message.text); chat.changed(); break;
      case "speaking":
        this.player.begin(String(message.reply), String(message.text), Number(message.rate_hertz));
        if (this.state !== "free") this.set("speaking", false);
        break;
      case "marks": this.player.mark(message.marks as Mark[]); break;
      case "spoken": this.player.end(); break;
      case "clear": this.line?.tell("stopped", { seconds: this.player.stop() }); this.quiet(); break;
      case "order": this.my.chat.talk.rate = Number(message.rate); this.quiet(); break;
      case "error": chat.alert = String(message.text); this.failed(); break;
      case "voice_failed": this.quiet(); break;
    }
    this.my.requestUpdate();
  }

  private understood(message: Message): void {
    const text = String(message.text);
    this.partial = "";
    if (message.sure) return this.ask(text, text, String(message.id));
    if (!text) return void this.set(this.microphone.isOpen ? "free" : "nothing", false);
    if (this.manner.hands_free) return;
    this.unsureId = String(message.id);
    this.my.insert(text);
    this.set("unsure", false);
  }

  private ask(text: string, shown: string, id: string): void {
    this.my.chat.add({ who: "you", text: shown.trim(), send: text.trim(), id });
    this.asked = this.my.chat.talk.items.at(-1);
  }

  /** The line went while an answer was on its way: the sentence takes the ordinary road, under the same number. */
  private closed(): void {
    this.line = undefined;
    const was = this.recording;
    this.microphone.close();
    this.player.end();
    if (was) this.my.chat.status = words.lost;
    this.failed();
  }

  private failed(): void {
    if (this.asked && !this.open) {
      this.asked.state = "sending";
      void this.my.road.pump();
    }
    this.asked = undefined;
    if (!this.recording) this.set("idle", false);
    this.my.chat.keep();
  }

  private silence(): void {
    if (this.player.sounds) this.line?.tell("stopped", { seconds: this.player.stop() });
    this.quiet();
  }

  private quiet(): void {
    this.my.reader.unmark();
    if (this.state === "speaking" || this.state === "thinking") this.set("idle", false);
  }

  private async follow(reply: string, text: string, mark: Mark): Promise<void> {
    if (reply) await this.my.reader.mark(this.firstKey + Number(reply), text, mark);
  }

  // --- what is seen ---

  private set(state: State, keepWaiting: boolean): State {
    if (!keepWaiting) this.state = state;
    this.my.requestUpdate();
    return state;
  }

  private spoken(): object {
    const { rate } = this.my.chat.talk;
    return { ...this.manner, rate: Math.min(1.5, Math.max(0.7, rate)) };
  }

  private toggle(name: keyof typeof this.manner): void {
    this.manner[name] = !this.manner[name];
    this.line?.tell("manner", { manner: this.spoken() });
    if (name !== "hands_free") return this.my.requestUpdate();
    if (this.manner.hands_free) void this.listen("free");
    else this.finish();
  }

  view(): unknown {
    const { html, nothing, picture } = this.parts;
    if (!this.open && this.state === "idle") return nothing;
    const toggle = (name: keyof typeof this.manner, label: string) =>
      html`<button type="button" role="switch" class="switch" aria-checked=${this.manner[name]} @click=${() => this.toggle(name)}><i aria-hidden="true"></i>${label}</button>`;
    return html`<section class="voice ${this.recording ? "on" : ""}" aria-label=${words.region}>
      <p role="status">${this.recording ? html`<i class="dot" aria-hidden="true"></i>` : nothing}${words[this.state]}</p>
      ${this.recording ? html`<meter aria-label=${words.level} min="0" max="1" .value=${this.level}></meter>` : nothing}
      ${this.partial ? html`<p class="partial" aria-hidden="true">${this.partial}</p>` : nothing}
      <div>${this.canBeFree ? toggle("hands_free", words.handsFree) : nothing}
      ${this.manner.hands_free ? toggle("barge_in", words.bargeIn) : nothing}${this.manner.hands_free ? toggle("more_time", words.moreTime) : nothing}</div>
      <div class="row">${this.open ? html`<button type="button" class="line" @click=${() => this.line?.tell("again")}>${picture("sound")}${words.again}</button>` : nothing}
      <button type="button" class="line" @click=${() => { this.leave(); this.my.toField(); }}>${picture("stop")}${words.stop}</button></div>
    </section>`;
  }
}

(window as unknown as { meedoenVoice: unknown }).meedoenVoice = (my: MeedoenChat, parts: Parts): Bar => new VoiceBar(my, parts);
