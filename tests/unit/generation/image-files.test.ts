import { expect, it } from "vitest";
import { ImageFiles } from "@/generation/image-files";

const file = (size: number) => ({ bytes: Buffer.alloc(size), contentType: "image/png" });

it("hands a file out until its time is over, and not after", () => {
  let now = 0;
  const files = new ImageFiles({ bytes: 1000, lifetimeMs: 60 }, () => now);
  const id = files.put(file(10));
  now = 59;
  expect(files.get(id)?.bytes.length).toBe(10);
  now = 60;
  expect(files.get(id)).toBeUndefined();
});

it("never holds more than its limit: the oldest files go first", () => {
  const files = new ImageFiles({ bytes: 100, lifetimeMs: 60 }, () => 0);
  const ids = Array.from({ length: 4 }, () => files.put(file(40)));
  expect(ids.map((id) => files.get(id) !== undefined)).toEqual([false, false, true, true]);
});

it("names files by ids that tell nothing and never repeat", () => {
  const files = new ImageFiles();
  const ids = new Set(Array.from({ length: 200 }, () => files.put(file(1))));
  expect(ids.size).toBe(200);
  for (const id of ids) expect(id).toMatch(/^[\w-]{24}$/);
});
