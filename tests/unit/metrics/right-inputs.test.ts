import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, open, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registerFd } from "@/cli/fd";
import { registerFeatures } from "@/cli/features";
import { openVideoSource } from "@/lib/media/video-source";
import { decodeVideo } from "@/lib/media/decode-video";
import { decodeImage } from "@/lib/media/decode-image";
import { parseNpy } from "@/lib/encoders/files/npy";
import { openRandomAccess } from "@/lib/media/files/random-access";
import { openSampleSource } from "@/lib/media/sample-source";
import { salonCommand } from "../../support/salon-command";

/** Images, sets, arrays and videos as people have them, with the values that PIL, numpy and ffmpeg give. */
const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const salon = salonCommand(registerFd, registerFeatures);
let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), "salon-inputs-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));
const features = (set: string, ...more: string[]) =>
  salon("features", set, "--encoder", "toybox-encoder", "--out", at("out.npy"), ...more);

describe("folders", () => {
  const tiny = async (name: string, count = 1) => {
    await mkdir(at(name), { recursive: true });
    for (let i = 1; i <= count; i++) await cp(fixture(`folder-links/tiny${i}.png`), at(name, `${i}.png`));
  };

  test("a folder behind a link belongs to the set, wherever it lies", async () => {
    await tiny("linked", 3);
    await tiny("elsewhere/deep", 3);
    await symlink("../elsewhere", at("linked/class-a"));
    await symlink("deep/1.png", at("elsewhere/one.png"));
    const source = await openSampleSource(at("linked"));
    expect(source.files.map(({ name }) => name)).toEqual(["1.png", "2.png", "3.png", "class-a/deep/1.png", "class-a/deep/2.png", "class-a/deep/3.png", "class-a/one.png"]); // prettier-ignore
    expect((await features(at("linked"))).code).toBe(0);
  });

  test("a link that leads back up would never end: refused by its name", async () => {
    await tiny("loop/inner");
    await symlink("..", at("loop/inner/again"));
    const { error, code } = await features(at("loop"));
    expect(code).toBe(2);
    expect(error).toMatch(/loop\/inner\/again: is a link to a folder that it lies in/);
  });

  test("a link to nothing, and a name that is no UTF-8, are named", async () => {
    await tiny("dangling", 2);
    await symlink("/nowhere/x.png", at("dangling/gone.png"));
    const dangling = await features(at("dangling"));
    expect(dangling).toMatchObject({ code: 2, out: "" });
    expect(dangling.error).toMatch(/dangling\/gone\.png: is a link to nothing/);
    await tiny("latin1", 2);
    const name = Buffer.concat([Buffer.from(at("latin1") + path.sep), Buffer.from("caf\xe9.png", "latin1")]);
    await (await open(name, "w")).close();
    const latin1 = await features(at("latin1"));
    expect(latin1.code).toBe(2);
    expect(latin1.error).toMatch(/latin1\/caf\\xe9\.png: has a name that is not UTF-8/);
  });
});

describe("images", () => {
  test.each([
    ["1.jpg", [0, 255, 255]],
    ["2.jpg", [255, 0, 255]],
    ["3.jpg", [255, 255, 0]],
    ["4.jpg", [0, 0, 0]],
  ])("CMYK JPEG %s is what PIL's convert('RGB') gives", async (name, rgb) => {
    const bytes = await readFile(fixture(`cmyk-jpeg/${name}`));
    const { data, width, height } = await decodeImage(bytes);
    expect(data.length).toBe(3 * width * height);
    expect([...data.subarray(0, 3)]).toEqual(rgb);
    // Without Adobe's marker PIL still takes the ink for inverted, so the image is the same.
    const start = bytes.indexOf("Adobe") - 4;
    const without = Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + 2 + bytes.readUInt16BE(start + 2))]); // prettier-ignore
    expect([...(await decodeImage(without)).data.subarray(0, 3)]).toEqual(rgb);
  });

  test("one's own images of twenty megapixels are read; the limit is an option; others' keep theirs", async () => {
    const { code, out } = await features(fixture("png-20-megapixels"));
    expect({ code, read: out.includes("2 x 64") }).toEqual({ code: 0, read: true });
    const less = await features(fixture("png-20-megapixels"), "--max-pixels", "1000000");
    expect(less.code).toBe(2);
    expect(less.error).toMatch(/a\.png has more than 1000000 pixels/);
    await expect(decodeImage(await readFile(fixture("png-20-megapixels/a.png")))).rejects.toThrow(
      /more than 16777216/,
    );
  });
});

describe("arrays", () => {
  const fd = async (a: string, b: string) => {
    const { out, error, code } = await salon("fd", a, b, "--no-interval", "--json");
    return { value: code === 0 ? (JSON.parse(out).fd.value as number) : null, error, code };
  };
  const npy = (name: string) => fixture(`npy-layouts/${name}`);

  test("Fortran order, big-endian and float16 give what np.load gives, alone and in statistics", async () => {
    for (const name of ["A.npy", "Af.npy", "Abe.npy"])
      expect((await fd(npy(name), npy("B.npy"))).value).toBeCloseTo(7.927606349951, 9);
    expect((await fd(npy("A16.npy"), npy("B.npy"))).value).toBeCloseTo(7.927440436357, 9);
    expect((await fd(npy("A.npy"), npy("sigma-fortran.npz"))).value).toBeCloseTo(7.927606349951, 9);
    expect((await fd(npy("A.npy"), npy("float16.npz"))).value).toBeCloseTo(7.931167316775, 9);
  });

  test.each([
    ["A0.npy", /A0\.npy: is empty: its shape is \(0, /],
    ["Ad0.npy", /Ad0\.npy: is empty: its shape is \(\d+, 0\)/],
    ["Ast.npy", /Ast\.npy: holds structured records/],
  ])("%s is refused with its name and the true reason", async (name, message) => {
    const { error, code } = await fd(npy(name), npy("B.npy"));
    expect(code).toBe(2);
    expect(error).toMatch(message);
  });

  test("integers, booleans and halves of either byte order are read; objects, text and complex numbers are not", () => {
    const file = (descr: string, data: Buffer, shape = "(2,)", order = "False") => {
      const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;
      const head = Buffer.alloc(10 + text.length + 1);
      head.write("\x93NUMPY\x01\x00", 0, "latin1");
      head.writeUInt16LE(text.length + 1, 8);
      head.write(`${text}\n`, 10, "latin1");
      return Buffer.concat([head, data]);
    };
    const values = (descr: string, ...bytes: number[]) => [
      ...parseNpy(file(descr, Buffer.from(bytes)), "x.npy").data,
    ];
    expect(values("|u1", 3, 255)).toEqual([3, 255]);
    expect(values("|i1", 3, 255)).toEqual([3, -1]);
    expect(values("|b1", 0, 1)).toEqual([0, 1]);
    expect(values("<i2", 1, 0, 0xff, 0xff)).toEqual([1, -1]);
    expect(values(">i2", 0, 1, 0xff, 0xff)).toEqual([1, -1]);
    // numpy: np.float16(1.5) is 0x3e00, the smallest subnormal 2^-24 is 0x0001.
    expect(values("<f2", 0, 0x3e, 1, 0)).toEqual([1.5, 2 ** -24]);
    expect(values(">f2", 0x3e, 0, 0xfc, 0)).toEqual([1.5, -Infinity]);
    const six = Buffer.from(Float64Array.of(1, 4, 2, 5, 3, 6).buffer);
    expect([...parseNpy(file("<f8", six, "(2, 3)", "True"), "x.npy").data]).toEqual([1, 2, 3, 4, 5, 6]);
    for (const [descr, what] of [
      ["|O", "Python objects"],
      ["<U4", "text"],
      ["<c8", "complex numbers"],
      ["<M8[s]", "dates"],
    ])
      // prettier-ignore
      expect(() => values(descr, 0)).toThrow(new RegExp(`x\\.npy: holds ${what}`));
  });

  test("a file of more than 2 GiB is read in pieces", async () => {
    const file = at("sparse.bin");
    const handle = await open(file, "w");
    await handle.truncate(2 ** 31 + 16);
    await handle.write(Buffer.from("end"), 0, 3, 2 ** 31 + 10);
    await handle.close();
    const access = await openRandomAccess(file);
    const bytes = await access.read(0, access.size);
    await access.close();
    expect(Buffer.from(bytes.subarray(2 ** 31 + 10, 2 ** 31 + 13)).toString()).toBe("end");
  });
});

const hasFfmpeg = (() => {
  try {
    execFileSync("ffmpeg", ["-version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasFfmpeg)("videos, read by ffmpeg", () => {
  const video = async (name: string) => ({ name, bytes: await readFile(fixture(name)), file: fixture(name) });
  const mean = (data: Uint8Array, channel: number) => {
    let sum = 0;
    for (let i = channel; i < data.length; i += 3) sum += data[i];
    return (3 * sum) / data.length;
  };
  const means = (data: Uint8Array) => [0, 1, 2].map((c) => Number(mean(data, c).toFixed(2)));

  test.each([
    ["video-10bit/a.mp4", 12, [77.07, 59.89, 57.17]],
    ["video-10bit/b.webm", 12, [64.49, 70.26, 55.77]],
    ["video-avi/v_Archery_g01_c01.avi", 25, [77.28, 59.63, 56.72]],
  ])("%s is read, 8 bits a channel", async (name, count, rgb) => {
    const frames = await decodeVideo(await video(name), count);
    expect(frames.map(({ width, height }) => [width, height])).toEqual(Array(count).fill([64, 48]));
    means(frames[0].data).forEach((value, c) => expect(Math.abs(value - rgb[c])).toBeLessThan(0.02));
    await expect(decodeVideo(await video(name), count + 1)).rejects.toThrow(new RegExp(`${count} frames`));
  });

  test("of a variable rate every stored frame is taken once", async () => {
    const frames = await decodeVideo(await video("video-vfr/a.mkv"), 4);
    const blue = frames.map(({ data }) => mean(data, 2));
    [56.64, 54.49, 54.18, 54.19].forEach((value, i) => expect(Math.abs(blue[i] - value)).toBeLessThan(0.02));
    const late = await decodeVideo(await video("video-vfr/b.webm"), 5);
    // Its second to fourth stored frames are one image, shown at 8/30, 12/30 and 16/30 s; the first and fifth are others.
    const images = late.map(({ data }) => Buffer.from(data).toString("base64"));
    expect([images[0], images[1], images[4]]).toHaveLength(new Set(images).size);
  });

  test("the rule of frames can be chosen: evenly spaced, or at a rate", async () => {
    const whole = await video("video-10bit/a.mp4");
    const all = await decodeVideo(whole, 12);
    const even = await decodeVideo(whole, 4, { rule: "even" });
    [0, 4, 7, 11].forEach((n, i) => expect(Buffer.compare(even[i].data, all[n].data)).toBe(0));
    const slow = await decodeVideo(await video("video-avi/v_Archery_g01_c01.avi"), 3, { rule: { fps: 5 } });
    const every = await decodeVideo(await video("video-avi/v_Archery_g01_c01.avi"), 25);
    // At 25 frames a second the image shown at i / 5 s is frame 5 i.
    slow.forEach(({ data }, i) => expect(Buffer.compare(data, every[5 * i].data)).toBe(0));
  });

  test("a damaged video is refused by its name; when damage is tolerated it is told", async () => {
    const damaged = await video("video-damaged/a.mp4");
    await expect(decodeVideo(damaged, 4)).rejects.toThrow(/video-damaged\/a\.mp4: is damaged/);
    const told: string[] = [];
    const frames = await decodeVideo(damaged, 4, { onDamage: (complaint) => told.push(complaint) });
    expect(frames).toHaveLength(4);
    expect(told).toHaveLength(1);
  });

  test("videos are told by their content, whatever they are called; what is none is named", async () => {
    await mkdir(at("videos"));
    for (const name of ["a.avi", "b.dat", "c.m4v"])
      await cp(fixture("video-avi/v_Archery_g01_c01.avi"), at("videos", name));
    const make = (to: string, ...flags: string[]) =>
      execFileSync("ffmpeg", [
        "-v",
        "error",
        "-i",
        fixture("video-avi/v_Archery_g01_c01.avi"),
        ...flags,
        at("videos", to),
      ]);
    make("d.mpg", "-c:v", "mpeg1video");
    make("e.ts", "-c:v", "mpeg2video");
    make("f.ogv", "-c:v", "libtheora");
    make("g.flv", "-c:v", "flv1");
    make("h.wmv", "-c:v", "wmv2");
    const { videos } = await openVideoSource(at("videos"));
    expect(videos.map(({ name }) => name)).toHaveLength(8);
    for (const { read } of videos) expect(await decodeVideo(await read(), 16)).toHaveLength(16);
    await writeFile(at("videos", "notes.txt"), "hello");
    await expect(openVideoSource(at("videos"))).rejects.toThrow(/notes\.txt: is no video/);
  });

  test("GIFs and frames of a folder follow the rules too", async () => {
    const frames = Buffer.concat(Array.from({ length: 9 }, (_, i) => Buffer.alloc(8 * 8 * 3, 20 * i)));
    const gif = await sharp(frames, { raw: { width: 8, height: 72, channels: 3, pageHeight: 8 } })
      .gif({ delay: Array(9).fill(100) })
      .toBuffer();
    const even = await decodeVideo({ name: "x.gif", bytes: gif }, 3, { rule: "even" });
    expect(even.map(({ data }) => data[0])).toEqual([0, 80, 160]);
    const slow = await decodeVideo({ name: "x.gif", bytes: gif }, 3, { rule: { fps: 2.5 } });
    expect(slow.map(({ data }) => data[0])).toEqual([0, 80, 160]);
  });
});
