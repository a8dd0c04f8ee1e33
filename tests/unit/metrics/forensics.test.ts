import sharp from "sharp";
import { expect, test } from "vitest";
import { decodeImage } from "@/lib/media/decode-image";
import { imageFacts } from "@/lib/encoders/image-facts";
import { examine } from "@/lib/metrics/forensics";
import { seededRandom } from "@/lib/numerics/random";

/** A smooth image of a few soft spots. */
function spots(seed: number, size = 48) {
  const random = seededRandom(seed);
  const centres = Array.from({ length: 4 }, () => [random.uniform(), random.uniform(), random.below(3)]);
  const data = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      for (const [cx, cy, channel] of centres) {
        const gap = (x / size - cx) ** 2 + (y / size - cy) ** 2;
        data[(y * size + x) * 3 + channel] += 60 * Math.exp(-gap * 12);
      }
  return sharp(
    data.map((value) => Math.min(255, value * 3)),
    { raw: { width: size, height: size, channels: 3 } },
  );
}
const facts = async (name: string, bytes: Buffer) => imageFacts(name, bytes, await decodeImage(bytes));

test("a set of different images of one kind is clean", async () => {
  const images = await Promise.all(
    Array.from({ length: 12 }, async (_, i) => facts(`${i}.png`, await spots(i).png().toBuffer())),
  );
  expect(examine(images)).toMatchObject({ n: 12, badge: "clean", remarks: [], nearDuplicates: [] });
});

test("copies, re-encoded copies, flat images, mixed sizes and corrupt files are all found", async () => {
  const png = await spots(1).png().toBuffer();
  const images = [
    await facts("a.png", png),
    await facts("copy.png", png),
    await facts("again.jpg", await spots(1).jpeg({ quality: 85 }).toBuffer()),
    await facts("small.png", await spots(2, 24).png().toBuffer()),
    await facts(
      "flat.png",
      await sharp({ create: { width: 48, height: 48, channels: 3, background: "#777" } })
        .png()
        .toBuffer(),
    ),
  ];
  const found = examine(images, [{ name: "broken.png", reason: "damaged" }]);
  expect(found.badge).toBe("bad");
  expect(found.exactDuplicates).toEqual([["a.png", "copy.png"]]);
  expect(found.nearDuplicates).toEqual([["a.png", "again.jpg"]]);
  expect(found.narrowRange).toEqual(["flat.png"]);
  expect(found.resolutions).toEqual({ "48x48": 4, "24x24": 1 });
  expect(found.formats).toEqual({ png: 4, jpeg: 1 });
  expect(found.remarks).toEqual([
    { code: "unreadable", files: 1 },
    { code: "exact_copies", files: 1 },
    { code: "alike", files: 1 },
    { code: "mixed_resolutions", resolutions: 2 },
    { code: "mixed_formats", formats: ["png", "jpeg"] },
    { code: "lossy" },
    { code: "narrow_range", files: 1 },
  ]);
});
