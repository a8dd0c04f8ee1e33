import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Headers } from "@/app/page-copy";

/** An answer as a handler wrote it, before anything of it was sent. */
export type CapturedAnswer = { status: number; headers: Headers; body: Buffer };

type Chunk = string | Uint8Array | (() => void) | null | undefined;

/**
 * What a handler writes into a response, none of which is sent; the response is as new afterwards.
 * @throws Error when the client has gone away before the handler was done
 */
export function captureAnswer(response: ServerResponse, handle: () => void): Promise<CapturedAnswer> {
  const { write, end, writeHead, flushHeaders } = response;
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    const restore = () => {
      response.off("close", onClose);
      Object.assign(response, { write, end, writeHead, flushHeaders });
    };
    const onClose = () => {
      restore();
      reject(new Error("The client has gone away."));
    };
    const keep = (chunk: Chunk, encoding?: unknown) => {
      if (typeof chunk === "string")
        chunks.push(Buffer.from(chunk, typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8"));
      else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
    };
    const callBack = (given: unknown[]) => {
      const done = given.find((argument) => typeof argument === "function");
      if (done !== undefined) process.nextTick(done as () => void);
    };
    response.on("close", onClose);
    Object.assign(response, {
      flushHeaders: () => {},
      writeHead(status: number, ...rest: (string | OutgoingHttpHeaders | OutgoingHttpHeader[])[]) {
        response.statusCode = status;
        const headers = rest.find((argument) => typeof argument === "object" && !Array.isArray(argument));
        for (const [name, value] of Object.entries(headers ?? {}))
          if (value !== undefined) response.setHeader(name, value as OutgoingHttpHeader);
        return response;
      },
      write(chunk: Chunk, ...rest: unknown[]) {
        keep(chunk, rest[0]);
        callBack(rest);
        return true;
      },
      end(chunk: Chunk, ...rest: unknown[]) {
        keep(chunk, rest[0]);
        callBack([chunk, ...rest]);
        restore();
        const headers = Object.entries(response.getHeaders()).map(([name, value]): Headers[number] => [
          name,
          Array.isArray(value) ? value : String(value),
        ]);
        for (const [name] of headers) response.removeHeader(name);
        resolve({ status: response.statusCode, headers, body: Buffer.concat(chunks) });
        return response;
      },
    });
    handle();
  });
}

/** Send an answer whole. */
export function sendAnswer(response: ServerResponse, { status, headers, body }: CapturedAnswer): void {
  if (response.destroyed) return;
  response.statusCode = status;
  for (const [name, value] of headers) response.setHeader(name, value);
  response.end(body);
}
