import path from "node:path";
import { expect, vi } from "vitest";
import { startGenerationServer, type GenerationServer } from "@/generation/server";

/** The committed models, or another folder of the same layout. */
export const MODELS_DIR = process.env.GENERATION_MODELS_DIR ?? path.resolve("generation/models");

interface HandedOut {
  b64_json?: string;
  url?: string;
}

/** The committed judges, or another folder of the same layout. */
export const JUDGES_DIR = process.env.GENERATION_JUDGES_DIR ?? path.resolve("generation/judges");

export interface ImageResponse {
  created: number;
  data: (HandedOut & {
    revised_prompt?: string;
    frames?: { step: number; noise: number; sample: HandedOut; estimate: HandedOut }[];
  })[];
  salon: {
    model: string;
    sampler: string;
    steps: number;
    guidanceScale: number;
    seeds: number[];
    computeMs: number;
    timingMs: Record<"queue" | "load" | "denoise" | "decode" | "encode", number> & { enhance?: number };
  };
}

export interface ErrorResponse {
  error: { message: string; type: string; param: string | null; code: string };
}

export interface Health {
  status: string;
  models: { known: string[]; loaded: string[] };
  queue: { length: number; running: number; limit: number };
  videos: { length: number; running: number; limit: number };
}

/** A running backend and the few calls the tests make of it. */
export class Backend {
  private constructor(private readonly server: GenerationServer) {}

  static async start(
    options: { queueLimit?: number; modelsDir?: string; ffmpeg?: string } = {},
  ): Promise<Backend> {
    return new Backend(
      await startGenerationServer({
        port: 0,
        host: "127.0.0.1",
        modelsDir: options.modelsDir ?? MODELS_DIR,
        judgesDir: JUDGES_DIR,
        queueLimit: options.queueLimit ?? 64,
        ffmpeg: options.ffmpeg,
      }),
    );
  }

  get url(): string {
    return this.server.url;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  post(body: unknown, signal?: AbortSignal): Promise<Response> {
    return fetch(`${this.url}/v1/images/generations`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
      signal,
    });
  }

  /** Generate and insist on success. */
  async generate(
    body: Record<string, unknown>,
  ): Promise<{ images: Buffer[]; salon: ImageResponse["salon"] }> {
    const response = await this.post(body);
    const answer = (await response.json()) as ImageResponse;
    expect(response.status, JSON.stringify(answer)).toBe(200);
    return { images: answer.data.map((each) => Buffer.from(each.b64_json!, "base64")), salon: answer.salon };
  }

  async health(): Promise<Health> {
    return (await (await fetch(`${this.url}/healthz`)).json()) as Health;
  }

  /** Wait until the queue looks as described. */
  untilQueue(expected: Partial<Health["queue"]>): Promise<void> {
    return vi.waitFor(async () => expect((await this.health()).queue).toMatchObject(expected), {
      interval: 5,
      timeout: 20_000,
    });
  }

  /** Keep the backend busy with one image of so many steps that it outlasts what the test sends; call to free it. */
  async occupy(model: string): Promise<() => Promise<void>> {
    const stop = new AbortController();
    const request = this.post({ model, prompt: "a red ball", steps: 250 }, stop.signal).catch(
      () => undefined,
    );
    await this.untilQueue({ running: 1 });
    return async () => {
      stop.abort();
      await request;
    };
  }
}
