import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { deflateRawSync, crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { encodeNpy, parseNpy } from "@/lib/encoders/files/npy";
import { encodeStatistics, parseStatistics } from "@/lib/encoders/files/npz";
import { memoryAccess, openRandomAccess } from "@/lib/media/files/random-access";
import { readTar } from "@/lib/media/files/tar";
import { readZip, writeZip } from "@/lib/media/files/zip";
import { manifestHash } from "@/lib/encoders/manifest";

const utf8 = (text: string) => new TextEncoder().encode(text);
const zipOf = (bytes: Uint8Array) => readZip(memoryAccess("a.zip", bytes));

describe("npy", () => {
  test("float32 and float64 arrays come back to the bit, from any position in memory", () => {
    for (const data of [Float32Array.of(1.5, -2, 3e-9, 4, 5, 6), Float64Array.of(1 / 3, 2, 3, 4, 5, 6)]) {
      const bytes = encodeNpy({ shape: [2, 3], data });
      expect((bytes.length - data.byteLength) % 64).toBe(0);
      const moved = new Uint8Array(bytes.length + 3);
      moved.set(bytes, 3);
      expect(parseNpy(moved.subarray(3), "x.npy")).toEqual({ shape: [2, 3], data });
    }
  });

  test("what cannot be features is refused by file and reason", () => {
    const good = encodeNpy({ shape: [2], data: Float64Array.of(1, 2) });
    expect(() => parseNpy(good.subarray(0, good.length - 1), "cut.npy")).toThrow(/cut\.npy: holds 15 bytes/);
    expect(() => parseNpy(utf8("not an array"), "t.npy")).toThrow(/t\.npy: is no \.npy/);
    const objects = Buffer.from(Buffer.from(good).toString("latin1").replace("<f8", "|O8"), "latin1");
    expect(() => parseNpy(objects, "o.npy")).toThrow(/o\.npy: holds Python objects/);
  });
});

describe("npz statistics", () => {
  const statistics = { dimension: 2, mean: Float64Array.of(1, 2), covariance: Float64Array.of(2, 1, 1, 3) };

  test("mu and sigma come back to the bit", async () => {
    expect(await parseStatistics(encodeStatistics(statistics), "s.npz")).toEqual(statistics);
  });

  test("shapes that do not fit and missing arrays are refused", async () => {
    const mu = encodeNpy({ shape: [2], data: statistics.mean });
    const only = writeZip([{ name: "mu.npy", bytes: mu }]);
    await expect(parseStatistics(only, "s.npz")).rejects.toThrow(/s\.npz: holds no statistics/);
    const wrong = writeZip([
      { name: "mu.npy", bytes: mu },
      { name: "sigma.npy", bytes: encodeNpy({ shape: [3, 3], data: new Float64Array(9) }) },
    ]);
    await expect(parseStatistics(wrong, "s.npz")).rejects.toThrow(/do not fit/);
  });
});

/** A deflated archive as other tools write it. */
function deflated(name: string, content: Uint8Array, claimed = content.length): Uint8Array {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30 + name.length);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt16LE(name.length, 26);
  local.write(name, 30);
  const central = Buffer.alloc(46 + name.length);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(crc32(content), 16);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(claimed, 24);
  central.writeUInt16LE(name.length, 28);
  central.write(name, 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, central, end]);
}

describe("zip", () => {
  test("stored and deflated files are read, folders passed over", async () => {
    const stored = writeZip([
      { name: "a/", bytes: utf8("") },
      { name: "a/b.txt", bytes: utf8("hello") },
    ]);
    const [entry, ...rest] = await zipOf(stored);
    expect(rest).toEqual([]);
    expect(entry.name).toBe("a/b.txt");
    expect(Buffer.from(await entry.read()).toString()).toBe("hello");
    const [packed] = await zipOf(deflated("x", utf8("z".repeat(5000))));
    expect((await packed.read()).length).toBe(5000);
  });

  test("a truncated archive, a flipped bit and a size that lies are refused by name", async () => {
    const bytes = writeZip([{ name: "b.txt", bytes: utf8("hello") }]);
    await expect(zipOf(bytes.subarray(0, 40))).rejects.toThrow(
      /a\.zip: is no zip archive, or a truncated one/,
    );
    const flipped = Uint8Array.from(bytes);
    flipped[36] ^= 1;
    const [entry] = await zipOf(flipped);
    await expect(entry.read()).rejects.toThrow(/a\.zip: b\.txt is damaged/);
    const [bomb] = await zipOf(deflated("x", utf8("z".repeat(5000)), 10));
    await expect(bomb.read()).rejects.toThrow(/x is damaged/);
    const [short] = await zipOf(deflated("x", utf8("z".repeat(5000)), 5001));
    await expect(short.read()).rejects.toThrow(/x is damaged/);
  });

  test("a size above the limit, encryption, an unknown method and a damaged directory are refused before anything is unpacked", async () => {
    const bytes = deflated("x", utf8("z".repeat(5000)));
    const options = { maxEntryBytes: 4999 };
    await expect(readZip(memoryAccess("a.zip", bytes), options)).rejects.toThrow(
      /a\.zip: x would unpack to 5000 bytes/,
    );
    const directory = bytes.length - 22 - 47;
    const changed = (at: number, byte: number) => Uint8Array.from(bytes).fill(byte, at, at + 1);
    await expect(zipOf(changed(directory + 8, 1))).rejects.toThrow(/a\.zip: x is encrypted/);
    await expect(zipOf(changed(directory + 10, 12))).rejects.toThrow(
      /x is compressed by method 12; only stored/,
    );
    await expect(zipOf(changed(directory, 0))).rejects.toThrow(
      /a\.zip: is a truncated zip archive, or a damaged/,
    );
    await expect(zipOf(changed(bytes.length - 22 + 10, 2))).rejects.toThrow(/a\.zip: /);
  });

  test("files of an archive on the disk are read in any order; names are UTF-8 and never paths", async () => {
    const names = Array.from({ length: 3000 }, (_, i) => `../${"deep/".repeat(i % 9)}größe ${i}.txt`);
    const archive = writeZip(names.map((name, i) => ({ name, bytes: utf8(String(i)) })));
    const folder = mkdtempSync(path.join(tmpdir(), "salon-zip-"));
    writeFileSync(path.join(folder, "a.zip"), archive);
    const file = await openRandomAccess(path.join(folder, "a.zip"));
    const entries = await readZip(file);
    expect(entries.map(({ name }) => name)).toEqual(names);
    for (const i of [2999, 0, 1500, 1499])
      expect(Buffer.from(await entries[i].read()).toString()).toBe(String(i));
    await file.close();
    rmSync(folder, { recursive: true });
  });

  test("the same files give the same archive in every version, since videos are stored by their hash", () => {
    const archive = writeZip([
      { name: "000000.png", bytes: utf8("first") },
      { name: "000001.png", bytes: utf8("second") },
    ]);
    expect(createHash("sha256").update(archive).digest("hex")).toBe(
      "4ae45ce8fb7c4efe8efd895bdec6c9b5a5a2d258460b7246dc29b92014922d05",
    );
  });
});

function tarHeader(name: string, size: number, kind = "0"): Buffer {
  const header = Buffer.alloc(512);
  header.write(name.slice(0, 100), 0);
  header.write(size.toString(8).padStart(11, "0"), 124);
  header.write("        ", 148);
  header.write(kind, 156);
  header.write("ustar\0", 257);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  return header;
}
const block = (text: string) =>
  Buffer.concat([Buffer.from(text), Buffer.alloc((512 - (text.length % 512)) % 512)]);

describe("tar", () => {
  test("ustar, GNU long names and pax paths are read", async () => {
    const long = `${"d/".repeat(60)}long.png`;
    const record = (text: string) => `${text.length + 4} ${text}\n`;
    const pax = record("path=pax.png");
    const bytes = Buffer.concat([
      tarHeader("plain.png", 3),
      block("abc"),
      tarHeader("folder", 0, "5"),
      tarHeader("././@LongLink", long.length, "L"),
      block(long),
      tarHeader("cut", 2),
      block("de"),
      tarHeader("PaxHeaders", pax.length, "x"),
      block(pax),
      tarHeader("other", 1),
      block("f"),
      Buffer.alloc(1024),
    ]);
    const entries = await readTar(memoryAccess("a.tar", bytes));
    expect(entries.map(({ name }) => name)).toEqual(["plain.png", long, "pax.png"]);
    expect(Buffer.from(await entries[1].read()).toString()).toBe("de");
    await expect(readTar(memoryAccess("a.tar", bytes.subarray(0, 600)))).rejects.toThrow(
      /a\.tar: is a truncated/,
    );
    await expect(readTar(memoryAccess("a.tar", Buffer.alloc(600, 7)))).rejects.toThrow(/no uncompressed tar/);
  });
});

test("a manifest depends on contents and their number, not on order", () => {
  expect(manifestHash(["b", "a"])).toBe(manifestHash(["a", "b"]));
  expect(manifestHash(["a", "a"])).not.toBe(manifestHash(["a"]));
});
