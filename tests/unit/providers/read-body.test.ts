import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { readBody, wholeBody } from "@/lib/providers/read-body";

const MIB = Buffer.alloc(2 ** 20);

it("answers that hold too much together make the largest give up, and leave the others be", async () => {
  const small = new PassThrough();
  const read = readBody(small, undefined, wholeBody(10 * 2 ** 20));
  small.write(MIB);
  // Eight that never end, of 60 MiB each: none is too large by itself.
  const large = Array.from({ length: 8 }, () => new PassThrough());
  const ends = large.map((stream) =>
    readBody(stream, undefined, wholeBody(100 * 2 ** 20)).then(
      () => "read",
      (error: { reason: string }) => error.reason,
    ),
  );
  for (let written = 0; written < 60; written++) {
    for (const stream of large) if (!stream.destroyed) stream.write(MIB);
    await new Promise(setImmediate);
  }
  for (const stream of large) stream.end();
  const reasons = await Promise.all(ends);
  expect(reasons.filter((reason) => reason === "BUSY").length).toBeGreaterThanOrEqual(4);
  expect(reasons).toContain("read");
  small.end();
  expect((await read).length).toBe(2 ** 20);
});
