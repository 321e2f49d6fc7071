// The open line to the server: the token goes in the first message, never in the address.
export type Message = { type: string } & Record<string, unknown>;

export class Line {
  private socket: WebSocket;
  private ready = false;
  private waiting: (string | ArrayBuffer)[] = [];

  constructor(address: string, first: Message, private readonly on: { message: (message: Message) => void; sound: (pcm: ArrayBuffer) => void; closed: (code: number) => void }) {
    this.socket = new WebSocket(address);
    this.socket.binaryType = "arraybuffer";
    this.socket.onopen = () => this.socket.send(JSON.stringify(first));
    this.socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => this.take(data);
    this.socket.onclose = ({ code }) => this.on.closed(code);
  }

  get isOpen(): boolean { return this.socket.readyState <= WebSocket.OPEN; }

  tell(type: string, fields: object = {}): void { this.send(JSON.stringify({ type, ...fields })); }

  /** Sound that cannot go out now is not kept for later: late sound helps nobody. */
  sound(pcm: ArrayBuffer): void { if (this.socket.bufferedAmount < 64_000) this.send(pcm); }

  close(): void {
    this.socket.onclose = null;
    this.socket.close(1000);
  }

  private send(data: string | ArrayBuffer): void {
    if (!this.ready) this.waiting.push(data);
    else if (this.socket.readyState === WebSocket.OPEN) this.socket.send(data);
  }

  private take(data: string | ArrayBuffer): void {
    if (typeof data !== "string") return this.on.sound(data);
    const message = JSON.parse(data) as Message;
    if (message.type === "ready") {
      this.ready = true;
      for (const one of this.waiting.splice(0)) this.socket.send(one);
    }
    this.on.message(message);
  }
}
