import { toRgb } from "@/generation/encode-image";
import { GROUP } from "./frame-counts";
import type { WindowDecoder } from "./onnx-clip-model";

/**
 * Decodes latent frames as they come, a window at a time. A frame depends on its own latent frame and the one before, so a window that
 * begins with the last latent frame of the window before gives the frames that the clip has when it is decoded whole; and however long
 * the clip, no more than a window of it is held.
 */
export class ClipDecoder {
  /** Latent frames that no window was made of; after the first window, the last of the one before leads them. */
  private waiting: Float32Array[] = [];
  private isFirst = true;

  /** @param windowLatents latent frames that `decode` takes at once */
  constructor(
    private readonly decode: WindowDecoder,
    private readonly windowLatents: number,
  ) {}

  /**
   * Take a clip's next latent frames [C,H,W] each.
   * @returns the frames, 8-bit RGB, of the windows that they complete
   */
  async take(latents: readonly Float32Array[]): Promise<Uint8Array[]> {
    this.waiting.push(...latents);
    const frames: Uint8Array[] = [];
    while (this.waiting.length >= this.windowLatents) {
      frames.push(...(await this.decodeWindow(this.waiting.slice(0, this.windowLatents))));
      this.waiting = this.waiting.slice(this.windowLatents - 1);
      this.isFirst = false;
    }
    return frames;
  }

  /** The frames of what is left at the end of the clip. */
  async end(): Promise<Uint8Array[]> {
    const left = this.waiting;
    this.waiting = [];
    if (left.length === 0 || (left.length === 1 && !this.isFirst)) return [];
    // Nothing depends on a later latent frame: copies fill the window up, and their frames are dropped.
    const copies = Array.from({ length: this.windowLatents - left.length }, () => left[left.length - 1]);
    const frames = await this.decodeWindow([...left, ...copies]);
    return frames.slice(0, frames.length - copies.length * GROUP);
  }

  private async decodeWindow(latents: readonly Float32Array[]): Promise<Uint8Array[]> {
    const window = new Float32Array(latents.length * latents[0].length);
    latents.forEach((latent, at) => window.set(latent, at * latent.length));
    const pixels = await this.decode(window);
    const count = 1 + GROUP * (latents.length - 1);
    const size = pixels.length / count;
    const frames = Array.from({ length: count }, (_, at) =>
      toRgb(pixels.subarray(at * size, (at + 1) * size)),
    );
    // The first is the last of the window before.
    return this.isFirst ? frames : frames.slice(1);
  }
}
