import sharp from "sharp";
import { expect, test } from "vitest";
import { plainPng, transparentMask } from "@/lib/media/source-image";

test("an image that an endpoint is sent is upright, and says nothing of where it comes from", async () => {
  const photo = await sharp({ create: { width: 8, height: 4, channels: 3, background: "red" } })
    .withExif({ IFD0: { Artist: "Somebody" }, IFD3: { GPSLatitude: "52/1 30/1 0/1" } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const { width, height, format, exif, icc, orientation } = await sharp(await plainPng(photo)).metadata();
  expect({ width, height, format, exif, icc, orientation }).toEqual({ width: 4, height: 8, format: "png" });
});

test("where a mask is white, OpenAI's is transparent, and nowhere else", async () => {
  const half = await sharp({ create: { width: 2, height: 4, channels: 3, background: "white" } })
    .png()
    .toBuffer();
  const mask = await sharp({ create: { width: 4, height: 4, channels: 3, background: "black" } })
    .composite([{ input: half, left: 0, top: 0 }])
    .png()
    .toBuffer();
  const { data, info } = await sharp(await transparentMask(mask))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 4, height: 4, channels: 4 });
  const row = [0, 1, 2, 3].map((x) => data[4 * x + 3]);
  expect(row).toEqual([0, 0, 255, 255]);
});
