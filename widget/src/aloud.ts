// Reads one message aloud and marks the word that sounds. Sound of our own server first; else a Dutch voice that lives on
// the device itself (`localService`), so that no text goes to a company's cloud. Marking uses the Highlight API: the log
// does not change, so a screen reader stays quiet.
import type { Mark, Speech } from "./api.js";

export interface Sound { text: string; fetch: (rate: number) => Promise<Speech> }

interface Word { start: number; end: number; said: string; range: Range }

const NAME = "meedoen-word";
/** Words on the screen that may be left out when it is said, such as an address. */
const AHEAD = 12;

const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

export function localVoice(): SpeechSynthesisVoice | undefined {
  if (!("speechSynthesis" in window)) return undefined;
  return speechSynthesis.getVoices().find((voice) => voice.localService && /^nl/i.test(voice.lang));
}

export class Aloud {
  /** Called when reading begins or ends. */
  onchange = (): void => {};
  private words: Word[] = [];
  private ticket = 0;
  private context: AudioContext | undefined;
  private source: AudioBufferSourceNode | undefined;
  private shown: Element | undefined;
  private at = 0;

  /** Reads the text of an element; resolves when it has ended, whatever ended it. */
  async read(element: Element, rate: number, sound: Sound | null): Promise<void> {
    this.stop();
    const ticket = ++this.ticket;
    const text = this.index(element);
    this.onchange();
    try {
      if (sound) await this.fromServer(sound, rate, text.length, ticket);
      else await this.fromDevice(text, rate, ticket);
    } catch {
      if (sound && localVoice() && ticket === this.ticket) await this.fromDevice(text, rate, ticket).catch(() => {});
    }
    if (ticket === this.ticket) this.stop();
  }

  stop(): void {
    this.ticket++;
    this.source?.stop();
    this.source = undefined;
    if ("speechSynthesis" in window) speechSynthesis.cancel();
    this.unmark();
    this.onchange();
  }

  unmark(): void {
    (globalThis.CSS as { highlights?: Map<string, unknown> }).highlights?.delete(NAME);
    this.shown = undefined;
  }

  /** Marks in an element the word that sounds now, when the sound comes another way. */
  show(element: Element, spoken: string, mark: Mark): void {
    if (this.shown !== element) {
      this.index(element);
      this.shown = element;
      this.at = 0;
    }
    this.mark(this.place(spoken, mark));
  }

  private async fromDevice(text: string, rate: number, ticket: number): Promise<void> {
    const voice = localVoice();
    if (!voice) throw new Error("no voice");
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = rate;
    await new Promise<void>((done) => {
      utterance.onboundary = (event) => { if (ticket === this.ticket) this.mark(event.charIndex); };
      utterance.onend = utterance.onerror = () => done();
      speechSynthesis.speak(utterance);
    });
  }

  /** The server tells when each word sounds; of a very long message it does not, and each gets time by its length. */
  private async fromServer(sound: Sound, rate: number, length: number, ticket: number): Promise<void> {
    const context = (this.context ??= new AudioContext());
    void context.resume();
    const { sound: file, marks } = await sound.fetch(rate);
    const buffer = await context.decodeAudioData(file);
    if (ticket !== this.ticket) return;
    const source = (this.source = context.createBufferSource());
    source.buffer = buffer;
    source.connect(context.destination);
    const began = context.currentTime;
    source.start();
    this.at = 0;
    const places = marks.map((mark) => [mark[0], this.place(sound.text, mark)] as const);
    const now = (seconds: number) => (marks.length ? places.findLast(([ms]) => ms <= seconds * 1000)?.[1] : (seconds / buffer.duration) * length);
    const timer = setInterval(() => {
      const place = now(context.currentTime - began);
      if (place !== undefined) this.mark(place);
    }, 50);
    await new Promise<void>((done) => { source.onended = () => done(); });
    clearInterval(timer);
  }

  private index(element: Element): string {
    this.words = [];
    let text = "";
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
      if (node.parentElement?.closest(".quiet")) continue;
      for (const match of node.data.matchAll(/\S+/g)) {
        const range = new Range();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        this.words.push({ start: text.length + match.index, end: text.length + match.index + match[0].length, said: bare(match[0]), range });
      }
      text += node.data;
      if (node.parentElement?.matches("p")) text += " ";
    }
    return text;
  }

  /** Where on the screen a spoken word stands: the next one that looks like it, else where we were. */
  private place(spoken: string, [, start, end]: Mark): number {
    const said = bare(spoken.slice(start, end));
    const found = this.words.findIndex((word, at) => at >= this.at && at < this.at + AHEAD && word.said && said.startsWith(word.said));
    if (found >= 0) this.at = found + 1;
    return this.words[found >= 0 ? found : Math.max(0, this.at - 1)]?.start ?? 0;
  }

  private mark(at: number): void {
    const marks = (globalThis.CSS as { highlights?: Map<string, unknown> }).highlights;
    const word = this.words.findLast((one) => one.start <= at) ?? this.words[0];
    if (!marks || !word) return;
    marks.set(NAME, new Highlight(word.range));
    const box = word.range.getBoundingClientRect();
    const log = word.range.startContainer.parentElement?.closest("[role=log]");
    const view = log?.getBoundingClientRect();
    if (log && view && (box.bottom > view.bottom || box.top < view.top)) log.scrollTop += box.top - view.top - view.height / 3;
  }
}
