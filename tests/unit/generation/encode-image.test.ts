import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { encodeImage, OUTPUT_FORMATS, toRgb } from "@/generation/encode-image";

it("maps [-1, 1] to [0, 255], clamps what is beyond, and interleaves the planes", () => {
  const pixels = Float32Array.from([-1, 0.99999, -3, 1, 3, -0.5]);
  expect([...toRgb(pixels)]).toEqual([0, 0, 255, 255, 255, 64]);
});

describe.each(OUTPUT_FORMATS)("%s", (format) => {
  it("gives back the very pixels, and carries no metadata", async () => {
    const rgb = Uint8Array.from({ length: 16 * 16 * 3 }, (_, index) => (index * 37) % 256);
    const bytes = await encodeImage(rgb, 16, format);
    expect(new Uint8Array(await sharp(bytes).removeAlpha().raw().toBuffer())).toEqual(rgb);
    const metadata = await sharp(bytes).metadata();
    expect(metadata).toMatchObject({ format, width: 16, height: 16, channels: 3 });
    for (const kind of ["exif", "icc", "iptc", "xmp", "comments"] as const)
      expect(metadata[kind]).toBeUndefined();
    expect(await encodeImage(rgb, 16, format)).toEqual(bytes);
  });
});
