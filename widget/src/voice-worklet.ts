// Runs beside the page: takes the microphone's sound, brings it to 16 kHz and sends 20 ms at a time, with its loudness.
declare const sampleRate: number;
declare class AudioWorkletProcessor { readonly port: MessagePort }
declare function registerProcessor(name: string, maker: new () => AudioWorkletProcessor): void;

const RATE = 16_000;
const FRAME = 320;

class Capture extends AudioWorkletProcessor {
  private readonly step = sampleRate / RATE;
  private frame = new Int16Array(FRAME);
  private filled = 0;
  private sum = 0;
  private count = 0;
  private next = this.step;
  private seen = 0;
  private power = 0;

  process([channels]: Float32Array[][]): boolean {
    for (const sample of channels?.[0] ?? []) {
      // The mean of the samples between two of ours keeps out most of what 16 kHz cannot hold.
      this.sum += sample;
      this.count++;
      if (++this.seen >= this.next) this.put();
    }
    return true;
  }

  private put(): void {
    const value = Math.max(-1, Math.min(1, this.sum / this.count));
    do {
      this.frame[this.filled++] = Math.round(value * 32767);
      this.power += value * value;
      this.next += this.step;
      if (this.filled === FRAME) this.send();
    } while (this.next <= this.seen);
    this.sum = this.count = 0;
    if (this.seen > 1e9) { this.next -= this.seen; this.seen = 0; }
  }

  private send(): void {
    this.port.postMessage({ pcm: this.frame.buffer, level: Math.sqrt(this.power / FRAME) }, [this.frame.buffer]);
    this.frame = new Int16Array(FRAME);
    this.filled = this.power = 0;
  }
}
registerProcessor("meedoen-capture", Capture);
