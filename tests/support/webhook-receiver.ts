import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { Webhook } from "standardwebhooks";
import { startServer, type TestServer } from "./http-server";

export interface Received {
  headers: Record<string, string>;
  body: string;
}

export interface WebhookReceiver extends TestServer {
  received: Received[];
  /** How it answers; 204 unless told. */
  answer: (response: ServerResponse) => void;
}

/** Somebody's receiver of webhooks, over real HTTP. */
export async function startReceiver(): Promise<WebhookReceiver> {
  const receiver: Omit<WebhookReceiver, keyof TestServer> = {
    received: [],
    answer: (response) => void response.writeHead(204).end(),
  };
  const server = await startServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      receiver.received.push({ headers: flat(request.headers), body });
      receiver.answer(response);
    });
  });
  return Object.assign(receiver, server);
}

const flat = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** A message as a receiver reads it, who has the secret and the standardwebhooks package. @throws when the signature does not verify */
export const verified = <T = unknown>({ body, headers }: Received, secret: string) =>
  new Webhook(secret).verify(body, headers) as { type: string; timestamp: string; data: T };
