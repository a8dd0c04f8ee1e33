/** A part of the canvas; `left` and `top` are even, as the container wants it. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What one frame puts on the canvas. */
export interface AnimationFrame {
  area: Area;
  /** The area as a still WebP file. */
  file: Buffer;
}

/**
 * The smallest area that holds every pixel in which two images differ; of images that are alike the first pixel, so that there is
 * always something to draw.
 * @param before, after interleaved 8-bit RGB, `size` pixels wide and high
 */
export function changedArea(before: Uint8Array, after: Uint8Array, size: number): Area {
  let [left, top, right, bottom] = [size, size, -1, -1];
  for (let pixel = 0; pixel < size * size; pixel++) {
    const at = 3 * pixel;
    if (before[at] === after[at] && before[at + 1] === after[at + 1] && before[at + 2] === after[at + 2])
      continue;
    const [x, y] = [pixel % size, Math.floor(pixel / size)];
    [left, top, right, bottom] = [
      Math.min(left, x),
      Math.min(top, y),
      Math.max(right, x),
      Math.max(bottom, y),
    ];
  }
  if (right < 0) return { left: 0, top: 0, width: 1, height: 1 };
  [left, top] = [left - (left % 2), top - (top % 2)];
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

const ANIMATED = 0x02;
/** A frame's pixels take the place of what was there, and stay. */
const REPLACE = 0x02;

/**
 * Frames as one animated WebP that is shown for ever, each for `delayMs`: the extended file format of Google's WebP Container
 * Specification. libwebp's own animations keep neighbouring frames that are alike as one, and a clip of nothing else as a still image;
 * here every frame is a frame.
 * @param size of the square canvas, in pixels; the first frame covers it
 */
export function animatedWebp(frames: readonly AnimationFrame[], size: number, delayMs: number): Buffer {
  const canvas = Buffer.alloc(10);
  canvas[0] = ANIMATED;
  canvas.writeUIntLE(size - 1, 4, 3);
  canvas.writeUIntLE(size - 1, 7, 3);
  const forEver = Buffer.alloc(6);
  const drawn = frames.map(({ area, file }) => {
    const head = Buffer.alloc(16);
    head.writeUIntLE(area.left / 2, 0, 3);
    head.writeUIntLE(area.top / 2, 3, 3);
    head.writeUIntLE(area.width - 1, 6, 3);
    head.writeUIntLE(area.height - 1, 9, 3);
    head.writeUIntLE(delayMs, 12, 3);
    head[15] = REPLACE;
    return chunk("ANMF", Buffer.concat([head, imageChunk(file)]));
  });
  return chunk(
    "RIFF",
    Buffer.concat([Buffer.from("WEBP"), chunk("VP8X", canvas), chunk("ANIM", forEver), ...drawn]),
  );
}

function chunk(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8, name, "latin1");
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

const IMAGE_AT = 12;

/** The lossless image of a still WebP file, with its chunk's head and padding. */
function imageChunk(file: Buffer): Buffer {
  if (file.toString("latin1", IMAGE_AT, IMAGE_AT + 4) !== "VP8L")
    throw new Error("The encoder gave something else than a plain lossless WebP.");
  return file.subarray(IMAGE_AT);
}
