// Reads one message aloud and marks the word that sounds. Sound of our own server first; else a Dutch voice that lives on
// the device itself (`localService`), so that no text goes to a company's cloud. Marking uses the Highlight API: the log
// does not change, so a screen reader stays quiet.
export interface Sound { (rate: number): Promise<ArrayBuffer> }

interface Word { start: number; end: number; range: Range }

const NAME = "meedoen-word";

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
    (globalThis.CSS as { highlights?: Map<string, unknown> }).highlights?.delete(NAME);
    this.onchange();
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

  /** The server does not tell when a word sounds: each gets time by its length. */
  private async fromServer(sound: Sound, rate: number, length: number, ticket: number): Promise<void> {
    const context = (this.context ??= new AudioContext());
    void context.resume();
    const buffer = await context.decodeAudioData(await sound(rate));
    if (ticket !== this.ticket) return;
    const source = (this.source = context.createBufferSource());
    source.buffer = buffer;
    source.connect(context.destination);
    const began = context.currentTime;
    source.start();
    const timer = setInterval(() => this.mark(((context.currentTime - began) / buffer.duration) * length), 80);
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
        this.words.push({ start: text.length + match.index, end: text.length + match.index + match[0].length, range });
      }
      text += node.data;
      if (node.parentElement?.matches("p")) text += " ";
    }
    return text;
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
