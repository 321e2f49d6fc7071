// The microphone: open only while somebody speaks, so that the browser's own sign goes out in between.
export interface Frame { pcm: ArrayBuffer; level: number }

export class Microphone {
  private context: AudioContext | undefined;
  private stream: MediaStream | undefined;
  private node: AudioWorkletNode | undefined;
  private ticket = 0;

  constructor(private readonly worklet: string, private readonly heard: (frame: Frame) => void) {}

  get isOpen(): boolean { return Boolean(this.node); }

  /** Raises what the browser raises when there is none, or when it may not be used. False when it was closed meanwhile. */
  async open(): Promise<boolean> {
    this.close(); // one that was open still: everything would be heard twice, and its red light never went out
    const { ticket } = this;
    this.context ??= new AudioContext({ latencyHint: "interactive" });
    const context = this.context;
    void context.resume();
    const audio = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    const [stream] = await Promise.all([navigator.mediaDevices.getUserMedia({ audio }), this.ready(context)]);
    if (ticket !== this.ticket) {
      stream.getTracks().forEach((track) => track.stop());
      return false;
    }
    this.stream = stream;
    this.node = new AudioWorkletNode(context, "meedoen-capture", { numberOfOutputs: 0, channelCount: 1 });
    this.node.port.onmessage = ({ data }: MessageEvent<Frame>) => this.heard(data);
    context.createMediaStreamSource(stream).connect(this.node);
    return true;
  }

  close(): void {
    this.ticket++;
    this.node?.port.close();
    this.node?.disconnect();
    this.node = undefined;
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = undefined;
  }

  private loaded: Promise<void> | undefined;
  private ready(context: AudioContext): Promise<void> { return (this.loaded ??= context.audioWorklet.addModule(this.worklet)); }
}
