import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readCheckpoint, requireTensors } from "@/lib/encoders/checkpoint/read-checkpoint";
import { randomCheckpoint } from "../../fidelity/seeded";

const bytesOf = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../fidelity/fixtures/${name}`, import.meta.url)));
const SHAPES = new Map([
  ["conv3d.weight", [3, 2, 2, 2]],
  ["bn.weight", [3]],
  ["bn.bias", [3]],
  ["bn.running_mean", [3]],
  ["bn.running_var", [3]],
  ["bn.num_batches_tracked", []],
]);

describe("checkpoints of PyTorch", () => {
  test.each(["small-zip.pt", "small-legacy.pth", "small-torchscript.pt"])(
    "%s gives the very weights",
    async (name) => {
      const checkpoint = await readCheckpoint(bytesOf(name), name);
      requireTensors(checkpoint, SHAPES, name);
      const expected = randomCheckpoint(SHAPES);
      for (const [key, { data }] of expected) expect(checkpoint.get(key)?.data, key).toEqual(data);
    },
  );

  test.each(["views-zip.pt", "views-legacy.pth"])(
    "%s: strides, offsets, half and double are followed",
    async (name) => {
      const checkpoint = await readCheckpoint(bytesOf(name), name);
      expect(checkpoint.get("transposed")).toMatchObject({ shape: [6, 4] });
      expect([...(checkpoint.get("transposed")?.data ?? [])].slice(0, 5)).toEqual([0, 6, 12, 18, 1]);
      expect([...(checkpoint.get("part")?.data ?? [])]).toEqual([8, 9, 10, 14, 15, 16]);
      expect([...(checkpoint.get("half")?.data ?? [])]).toEqual([0, 1, 2, 3, 4, 5]);
      expect([...(checkpoint.get("double")?.data ?? [])]).toEqual([6, 7, 8, 9, 10, 11]);
    },
  );

  test("a pickle that would run code is refused by the name of what it asks for", async () => {
    await expect(readCheckpoint(bytesOf("evil-zip.pt"), "evil.pt")).rejects.toThrow(
      /evil\.pt: is no checkpoint .* pathlib\.PosixPath, which is not allowed/,
    );
    const system = Buffer.from("cos\nsystem\n(U\x02lstR.");
    await expect(readCheckpoint(system, "x.pth")).rejects.toThrow(/os\.system, which is not allowed/);
  });

  test("every truncation is refused, never half read", async () => {
    for (const name of ["small-legacy.pth", "small-zip.pt"]) {
      const bytes = bytesOf(name);
      for (let length = 1; length < bytes.length; length += 37) {
        await expect(readCheckpoint(bytes.subarray(0, length), name), `${name} ${length}`).rejects.toThrow(
          name,
        );
      }
    }
  });

  test("missing, extra and misshapen tensors are named", async () => {
    const checkpoint = await readCheckpoint(bytesOf("small-zip.pt"), "s.pt");
    const without = new Map([...SHAPES].filter(([key]) => key !== "bn.bias"));
    expect(() => requireTensors(checkpoint, without, "s.pt")).toThrow(/s\.pt: .* it also has bn\.bias/);
    const more = new Map([...SHAPES, ["fc.weight", [1]] as const]) as Map<string, number[]>;
    expect(() => requireTensors(checkpoint, more, "s.pt")).toThrow(/it lacks fc\.weight/);
    const other = new Map([...SHAPES, ["bn.bias", [4]] as const]) as Map<string, number[]>;
    expect(() => requireTensors(checkpoint, other, "s.pt")).toThrow(/bn\.bias is \[3\], not \[4\]/);
  });
});
