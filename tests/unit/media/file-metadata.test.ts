import { crc32 } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { findMetadata } from "@/lib/media/file-metadata";
import { isTransparent } from "@/lib/media/is-transparent";

const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>';
const image = (alpha = 1) =>
  sharp({ create: { width: 8, height: 8, channels: 4, background: { r: 200, g: 30, b: 30, alpha } } });
const opaque = () => image().removeAlpha();

/** A PNG with one more chunk behind its header. */
async function pngWith(name: string, data: string): Promise<Buffer> {
  const png = await opaque().png().toBuffer();
  const body = Buffer.from(name + data, "latin1");
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(body.length - 4, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return Buffer.concat([png.subarray(0, 33), framed, png.subarray(33)]);
}

/** A JPEG with one more segment at its beginning. */
async function jpegWith(marker: number, data: string): Promise<Buffer> {
  const jpeg = await opaque().jpeg().toBuffer();
  const segment = Buffer.concat([
    Buffer.from([0xff, marker, 0, data.length + 2]),
    Buffer.from(data, "latin1"),
  ]);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}

const exif = { IFD0: { Artist: "Nobody" } };

describe("what a file says besides its picture is found by the names of its parts", () => {
  test.each<[string, () => Promise<Buffer>, string[], string[]]>([
    ["a plain PNG", () => opaque().png().toBuffer(), [], []],
    ["a plain JPEG", () => opaque().jpeg().toBuffer(), [], []],
    ["a plain WebP", () => opaque().webp().toBuffer(), [], []],
    ["EXIF in a PNG", () => opaque().withExif(exif).png().toBuffer(), ["exif"], []],
    ["EXIF in a JPEG", () => opaque().withExif(exif).jpeg().toBuffer(), ["exif"], []],
    ["EXIF in a WebP", () => opaque().withExif(exif).webp().toBuffer(), ["exif"], []],
    ["XMP in a PNG", () => opaque().withXmp(XMP).png().toBuffer(), ["xmp"], []],
    ["XMP in a JPEG", () => opaque().withXmp(XMP).jpeg().toBuffer(), ["xmp"], []],
    ["XMP in a WebP", () => opaque().withXmp(XMP).webp().toBuffer(), ["xmp"], []],
    ["a prompt in a PNG", () => pngWith("tEXt", "parameters\0a cat, steps 20"), ["text"], ["parameters"]],
    ["a key with controls in it", () => pngWith("tEXt", "para\u001b[31m\0x"), ["text"], ["para[31m"]],
    ["C2PA in a PNG", () => pngWith("caBX", "jumb"), ["c2pa"], []],
    ["C2PA in a JPEG", () => jpegWith(0xeb, "JP\0\u0001\0\0\0\u0001\0\0\0\u0020jumb"), ["c2pa"], []],
    ["IPTC in a JPEG", () => jpegWith(0xed, "Photoshop 3.0\0"), ["iptc"], []],
    ["a comment in a JPEG", () => jpegWith(0xfe, "made by hand"), ["comment"], []],
  ])("%s", async (_, make, metadata, textKeys) => {
    expect(findMetadata(await make())).toEqual({ metadata, textKeys });
  });

  test("a file that breaks off, or says lengths that it has not, has what stands before", async () => {
    const png = await pngWith("tEXt", "parameters\0a cat");
    for (let end = 0; end < png.length; end++)
      expect(findMetadata(png.subarray(0, end)).metadata.length).toBeLessThan(2);
    png.writeUInt32BE(0xffffffff, 33);
    expect(findMetadata(png).metadata).toEqual(["text"]);
    const webp = await opaque().withExif(exif).webp().toBuffer();
    webp.writeUInt32LE(0xfffffffe, 16);
    expect(findMetadata(webp)).toEqual({ metadata: [], textKeys: [] });
  });
});

test.each([
  ["an alpha channel that is full everywhere", () => image().png().toBuffer(), false],
  ["one that lets something through", () => image(0.5).png().toBuffer(), true],
  ["a transparent WebP", () => image(0).webp().toBuffer(), true],
  ["a JPEG", () => opaque().jpeg().toBuffer(), false],
])("transparency: %s", async (_, make, expected) => {
  expect(await isTransparent(await make())).toBe(expected);
});
