// The button to speak: what it needs is fetched when somebody first presses it, and checked against the hash built in here.
import { html, nothing } from "lit";
import { picture } from "./pictograms.js";
import type { MeedoenChat } from "./widget.js";
import { words } from "./words.js";

declare const VOICE: { path: string; worklet: string; integrity: string };

/** What the part that is fetched offers. */
export interface Bar {
  /** Whether the button is down, or stays on after a tap. */
  readonly recording: boolean;
  /** Whether answers come over the open line, and sound. */
  readonly open: boolean;
  view(): unknown;
  button(event: Event): void;
  tap(): void;
  /** Sends over the open line; false when there is none. */
  say(text: string, shown: string): boolean;
  /** Stops listening and sound; false when there was neither. */
  escape(): boolean;
  leave(): void;
}
export interface Parts { html: typeof html; nothing: typeof nothing; picture: typeof picture; worklet: string; refused: () => void }
type Maker = (my: MeedoenChat, parts: Parts) => Bar;

export class Voice {
  bar: Bar | undefined;
  private gone = false;
  private loading = false;

  constructor(private readonly my: MeedoenChat) {}

  button(): unknown {
    const { chat, known } = this.my;
    if (this.gone || !known.health.voice?.listen || !chat.talk.id || !navigator.mediaDevices || !window.AudioWorkletNode) return nothing;
    return html`<button type="button" class="line mic" aria-pressed=${this.bar?.recording ?? false} @click=${this.press} @pointerdown=${this.press} @pointerup=${this.press} @pointercancel=${this.press} @keydown=${this.press} @keyup=${this.press}>${picture("mic")}${words.microphone}</button>`;
  }

  private readonly press = (event: Event): void => {
    if (this.bar) this.bar.button(event);
    else if (event.type === "click" && !this.loading) void this.load().then((bar) => bar.tap(), () => this.leave(words.noMicrophone));
  };

  private async load(): Promise<Bar> {
    this.loading = true;
    const base = new URL(this.my.chat.api.base, location.href).href;
    const script = Object.assign(document.createElement("script"), { src: base + VOICE.path, integrity: VOICE.integrity, crossOrigin: "anonymous" });
    await new Promise((done, failed) => { script.onload = done; script.onerror = failed; document.head.append(script); });
    const { meedoenVoice } = window as unknown as { meedoenVoice: Maker };
    return (this.bar = meedoenVoice(this.my, { html, nothing, picture, worklet: base + VOICE.worklet, refused: () => this.leave(words.noMicrophone) }));
  }

  /** There is no microphone here: the button goes, and typing goes on. */
  private leave(why: string): void {
    this.gone = true;
    this.bar?.leave();
    this.my.chat.status = why;
    this.my.requestUpdate();
    this.my.toField();
  }
}
