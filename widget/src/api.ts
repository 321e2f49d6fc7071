// The chat API as the gateway documents it in /openapi.json, and nothing else.
export interface Button { title: string; payload: string }
export interface Card { title: string; subtitle: string; lines: [string, string][]; note: string; button: Button | null }
export interface Reply { text: string; spoken: string; buttons: Button[]; cards: Card[]; answer: string | null; source: string }
export interface Human { state: "none" | "waiting" | "here"; name?: string; place?: number }
export interface Said { messages: Reply[]; human?: Human }
export interface Health { voice?: { listen?: boolean; speak?: boolean } }
export interface Help { name: string; phone: string; hours: Record<string, string>; unverified: boolean; today: string | null; open: boolean }
export interface Term { term: string; forms: string[]; explanation: string; example: string }
export interface LiveEvent { id: string; event: string; data: unknown }

/** An answer of the server that says what is wrong; `message` may be shown to a person. */
export class Problem extends Error {
  constructor(readonly status: number, readonly code: string, detail: string) { super(detail); }
  /** Whether the same request may succeed later. */
  get passes(): boolean { return this.status >= 500 || this.status === 429 || this.status === 408; }
}

const PATIENCE = 20_000;

export class Api {
  constructor(readonly base: string) {}

  start(municipality: string | null, role: string | null): Promise<{ id: string; token: string; messages: Reply[]; human?: Human }> {
    return this.json("api/v1/conversations", null, { municipality, role, channel: "web" });
  }

  say(id: string, token: string, text: string, messageId: string): Promise<Said> {
    return this.json(this.talk(id, "messages"), token, { text, client_message_id: messageId });
  }

  async feedback(id: string, token: string, face: string, message: number): Promise<void> {
    await this.fetch(this.talk(id, "feedback"), token, { face, message });
  }

  async speech(id: string, token: string, message: number, rate: number): Promise<ArrayBuffer> {
    return (await this.fetch(`${this.talk(id, "speech")}?message=${message}&rate=${rate}`, token)).arrayBuffer();
  }

  /** 503 also tells what works. */
  async health(): Promise<Health> {
    return (await fetch(this.base + "health", { credentials: "omit" })).json();
  }

  help(municipality: string | null): Promise<Help> {
    return this.json(`widget/help.json?municipality=${encodeURIComponent(municipality ?? "")}`, null);
  }

  terms(): Promise<Term[]> { return this.json("widget/words.json", null); }

  async poll(id: string, token: string, after: string): Promise<LiveEvent[]> {
    return (await this.json<{ events: LiveEvent[] }>(`${this.talk(id, "events")}?after=${encodeURIComponent(after)}`, token)).events;
  }

  stream(id: string, token: string, after: string, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = { Authorization: `Bearer ${token}`, Accept: "text/event-stream" };
    if (after) headers["Last-Event-ID"] = after;
    return fetch(this.base + this.talk(id, "events"), { headers, signal, credentials: "omit", cache: "no-store" });
  }

  private talk(id: string, part: string): string { return `api/v1/conversations/${id}/${part}`; }

  private async json<T>(path: string, token: string | null, body?: unknown): Promise<T> {
    return (await this.fetch(path, token, body)).json();
  }

  private async fetch(path: string, token: string | null, body?: unknown): Promise<Response> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    const headers: Record<string, string> = { Accept: "application/json" };
    if (body) headers["Content-Type"] = "application/json";
    if (token) headers.Authorization = `Bearer ${token}`;
    try {
      const response = await fetch(this.base + path, {
        method: body ? "POST" : "GET", headers, body: body ? JSON.stringify(body) : undefined,
        credentials: "omit", signal: stop.signal,
      });
      if (response.ok) return response;
      const problem = await response.json().catch(() => ({}));
      throw new Problem(response.status, String(problem.code ?? ""), String(problem.detail ?? ""));
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Listens while a member of staff may speak: a stream first, and polling when two streams in a row failed. */
export async function listen(
  api: Api, id: string, token: string, after: () => string, signal: AbortSignal, on: (event: LiveEvent) => void,
): Promise<void> {
  let failures = 0;
  const pause = (ms: number) => new Promise<void>((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", () => { clearTimeout(timer); done(); }, { once: true });
  });
  while (!signal.aborted) {
    try {
      if (failures < 2) {
        const response = await api.stream(id, token, after(), signal);
        const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
        if (!response.ok || !isStream || !response.body) throw new Error("no stream");
        await readStream(response.body, (event) => { failures = 0; on(event); });
        await pause(500);
      } else {
        for (const event of await api.poll(id, token, after())) on(event);
        await pause(4000);
      }
    } catch {
      failures++;
      await pause(failures < 2 ? 1000 : 4000);
    }
  }
}

async function readStream(body: ReadableStream<Uint8Array>, on: (event: LiveEvent) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += decoder.decode(value, { stream: true }).replace(/\r/g, "");
    const blocks = rest.split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = { id: "", event: "message", data: "" };
      for (const line of block.split("\n")) {
        const [, field, text] = /^(id|event|data): ?(.*)$/.exec(line) ?? [];
        if (field === "data") event.data += text;
        else if (field) event[field as "id" | "event"] = text;
      }
      if (event.data) on({ ...event, data: JSON.parse(event.data) });
    }
  }
}
