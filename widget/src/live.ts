// Live events of a talk: a stream, or asking again and again when a stream does not get through.
import type { Api, LiveEvent } from "./api.js";

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
