import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkImage } from "@/lib/media/check-image";
import { readDerivative } from "@/lib/media/image-derivative";
import { getArtifact, putArtifact } from "@/lib/artifacts/store";
import { hugePng, noisePng } from "../../support/images";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "salon-artifacts-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the artifact store", () => {
  it("keeps bytes under their hash, once, however often and concurrently they come", async () => {
    const target = path.join(folder, "store");
    const bytes = Buffer.from("the same bytes");
    const hashes = await Promise.all(Array.from({ length: 20 }, () => putArtifact(bytes, target)));
    expect(new Set(hashes).size).toBe(1);
    expect(await getArtifact(hashes[0], target)).toEqual(bytes);
    expect(readdirSync(path.join(target, hashes[0].slice(0, 2)))).toEqual([hashes[0]]);
  });

  it("notices bytes that changed on disk or are gone", async () => {
    const target = path.join(folder, "rot");
    const hash = await putArtifact(Buffer.from("before"), target);
    writeFileSync(path.join(target, hash.slice(0, 2), hash), "after");
    await expect(getArtifact(hash, target)).rejects.toThrow("has changed on disk");
    await expect(getArtifact("0".repeat(64), target)).rejects.toThrow("is missing");
  });

  it("never leaves its folder", async () => {
    mkdirSync(path.join(folder, "safe"), { recursive: true });
    await expect(getArtifact("../../etc/passwd", path.join(folder, "safe"))).rejects.toThrow("no such image");
  });
});

describe("images from outside", () => {
  it("are accepted when they decode to the last pixel", async () => {
    await expect(checkImage(await noisePng(64, 48))).resolves.toMatchObject({
      mediaType: "image/png",
      width: 64,
      height: 48,
    });
    const jpeg = await sharp(await noisePng(32, 32))
      .jpeg()
      .toBuffer();
    await expect(checkImage(jpeg)).resolves.toMatchObject({ mediaType: "image/jpeg" });
  });

  it("are refused by a sentence", async () => {
    const png = await noisePng(64, 64);
    await expect(checkImage(png.subarray(0, png.length / 2))).rejects.toThrow("truncated or damaged");
    await expect(checkImage(hugePng())).rejects.toThrow("20000 x 20000");
    await expect(checkImage(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"))).rejects.toThrow(
      "'<svg",
    );
    await expect(checkImage(Buffer.alloc(0))).rejects.toThrow("nothing at all");
    const gif = await sharp(png).gif().toBuffer();
    await expect(checkImage(gif)).rejects.toThrow("no PNG, JPEG or WebP");
  });
});

describe("what browsers are given", () => {
  const folders = () => ({ artifacts: path.join(folder, "a"), derivatives: path.join(folder, "d") });

  it("has the sample's very pixels and none of its metadata", async () => {
    const original = await sharp(await noisePng(64, 64))
      .withExif({ IFD0: { Artist: "secret-model", Software: "secret-model" } })
      .png()
      .toBuffer();
    expect(original.toString("latin1")).toContain("secret-model");
    const hash = await putArtifact(original, folders().artifacts);
    const derivative = await readDerivative(hash, "page", folders());
    expect(derivative.toString("latin1")).not.toContain("secret-model");
    const seen = await sharp(derivative).metadata();
    expect(seen).toMatchObject({ format: "webp", width: 64, height: 64 });
    expect(seen.exif ?? seen.xmp ?? seen.icc).toBeUndefined();
    const pixels = (bytes: Buffer) => sharp(bytes).removeAlpha().raw().toBuffer();
    expect(await pixels(derivative)).toEqual(await pixels(original));
  });

  it("is at most 1024 pixels long, and cached", async () => {
    const hash = await putArtifact(await noisePng(1600, 800), folders().artifacts);
    const derivative = await readDerivative(hash, "page", folders());
    await expect(sharp(derivative).metadata()).resolves.toMatchObject({ width: 1024, height: 512 });
    rmSync(folders().artifacts, { recursive: true });
    expect(await readDerivative(hash, "page", folders())).toEqual(derivative);
  });
});
