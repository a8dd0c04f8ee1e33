import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import type { WeightsFile } from "@/generation/model-card";
import { openSession, type NetworkNames, type SessionOptions } from "@/generation/onnx-model";

/** The networks of a models folder: each checked against its card and opened once, by the first who asks. */
export class NetworkStore {
  private readonly sessions = new Map<string, Promise<InferenceSession>>();

  constructor(
    private readonly dir: string,
    private readonly options: SessionOptions,
  ) {}

  /**
   * The network `name` of a folder, shared by all who ask for it. An opening that failed is tried again by the next.
   * @param bytes reads the network's file; by default the one that `file` describes
   * @throws Error when a file is missing, is not the one its card describes, or is no such network
   */
  open(
    folder: string,
    file: WeightsFile,
    names: NetworkNames,
    bytes: () => Promise<Uint8Array> = () => this.weights(folder, file),
  ): Promise<InferenceSession> {
    const key = `${folder}/${file.path}`;
    const known = this.sessions.get(key);
    if (known) return known;
    const attempt = bytes().then((content) => openSession(content, names, this.options));
    this.sessions.set(key, attempt);
    attempt.catch(() => this.sessions.delete(key));
    return attempt;
  }

  /** A file's bytes, if they are the ones its card describes: half-fetched weights must never draw. */
  async weights(folder: string, { path: name, sha256, bytes }: WeightsFile): Promise<Buffer> {
    const file = path.join(this.dir, folder, name);
    const content = await readFile(file);
    const found = createHash("sha256").update(content).digest("hex");
    if (content.length !== bytes || found !== sha256) {
      throw new Error(
        `${file} is not the file its card describes (${content.length} bytes, sha256 ${found}).`,
      );
    }
    return content;
  }

  /** Free every network. */
  async close(): Promise<void> {
    const sessions = await Promise.allSettled(this.sessions.values());
    this.sessions.clear();
    await Promise.all(
      sessions.map((each) => (each.status === "fulfilled" ? each.value.release() : undefined)),
    );
  }
}
