import { beforeAll, expect, test } from "vitest";
import { checkVideo } from "@/lib/media/check-video";
import { noiseAnimation } from "../../support/videos";

const box = (type: string, content: Buffer) => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, content]);
};
/** An MP4 as far as its boxes go: its type, a header, and a long box whose length takes 64 bits. */
function mp4(): Buffer {
  const long = Buffer.alloc(16 + 100);
  long.writeUInt32BE(1);
  long.write("mdat", 4, "latin1");
  long.writeBigUInt64BE(116n, 8);
  return Buffer.concat([box("ftyp", Buffer.from("isom\0\0\0\0isom")), long, box("moov", Buffer.alloc(40))]);
}

let whole: Record<string, Buffer>;
beforeAll(async () => {
  const avi = Buffer.concat([Buffer.from("RIFF\0\0\0\0AVI LIST"), Buffer.alloc(100)]);
  avi.writeUInt32LE(avi.length - 8, 4);
  whole = {
    mp4: mp4(),
    avi,
    webp: await noiseAnimation("a", 3, { format: "webp" }),
    gif: await noiseAnimation("a", 3, { format: "gif" }),
  };
});

test.each(["mp4", "avi", "webp", "gif"])("a whole %s is a video, and half of one is none", (format) => {
  const bytes = whole[format];
  expect(checkVideo("it", bytes)).toMatchObject({ format, bytes });
  for (const share of [0.5, 0.9])
    expect(() => checkVideo("it", bytes.subarray(0, Math.floor(bytes.length * share)))).toThrow(
      "it: is truncated or damaged.",
    );
});

test.each([
  ["an image", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex")],
  ["an archive of frames", Buffer.from("PK\x03\x04 and so on, for a while")],
  ["a page", Buffer.from("<!doctype html><title>503</title>")],
  ["nothing", Buffer.alloc(0)],
  ["boxes that do not end", Buffer.from("0000000266747970", "hex")],
])("%s is no video", (_what, bytes) => {
  expect(() => checkVideo("it", bytes)).toThrow(/^it: is (no video|truncated)/);
});
