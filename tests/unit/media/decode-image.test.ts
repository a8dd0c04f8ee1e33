import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { decodeImage } from "@/lib/media/decode-image";

const pixels = (n: number) => Uint8Array.from({ length: n }, (_, i) => (i * 2654435761) >>> 8);
const image = (width: number, height: number, channels: 1 | 3 | 4 = 3) =>
  sharp(pixels(width * height * channels), { raw: { width, height, channels } });

describe("decoding", () => {
  test("PNG gives back the very bytes, transparency laid on white or dropped as told, and grey widened to RGB", async () => {
    const rgb = await decodeImage(await image(9, 7).png().toBuffer());
    expect([rgb.width, rgb.height, rgb.format]).toEqual([9, 7, "png"]);
    expect(new Uint8Array(rgb.data)).toEqual(pixels(9 * 7 * 3));
    const png = await image(2, 1, 4).png().toBuffer();
    const source = [...pixels(8)];
    const rgb2 = source.filter((_, i) => i % 4 < 3);
    expect([...(await decodeImage(png, { transparency: "dropped" })).data]).toEqual(rgb2);
    const onWhite = rgb2.map((value, i) => {
      const alpha = source[4 * Math.floor(i / 3) + 3] / 255;
      return value * alpha + 255 * (1 - alpha);
    });
    (await decodeImage(png)).data.forEach((value, i) => expect(Math.abs(value - onWhite[i])).toBeLessThan(1));
    const grey = await decodeImage(await image(2, 1, 1).png().toBuffer());
    expect([...grey.data]).toEqual([...pixels(2)].flatMap((value) => [value, value, value]));
  });

  test("the format comes from the bytes, and WebP and JPEG decode too", async () => {
    expect((await decodeImage(await image(16, 16).webp().toBuffer())).format).toBe("webp");
    expect((await decodeImage(await image(16, 16).jpeg().toBuffer())).format).toBe("jpeg");
  });

  test.each(["png", "jpeg", "webp"] as const)(
    "a truncated %s is refused by name, never half decoded",
    async (format) => {
      const bytes = await image(80, 80).toFormat(format).toBuffer();
      const cut = bytes.subarray(0, Math.floor(bytes.length * 0.6));
      await expect(decodeImage(cut, { name: "b.bin" })).rejects.toMatchObject({
        reason: "CORRUPT",
        message: expect.stringContaining("b.bin"),
      });
    },
  );

  test("SVG, GIF and text are refused although the library could read some of them", async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>');
    const gif = await image(4, 4).gif().toBuffer();
    for (const bytes of [svg, gif, Buffer.from("hello"), Buffer.alloc(0)]) {
      await expect(decodeImage(bytes)).rejects.toMatchObject({ reason: "NOT_AN_IMAGE" });
    }
  });

  test("an image of too many pixels is refused before it is decoded", async () => {
    const bytes = await image(200, 200).png().toBuffer();
    await expect(decodeImage(bytes, { maxPixels: 39_999 })).rejects.toMatchObject({ reason: "TOO_LARGE" });
  });
});
