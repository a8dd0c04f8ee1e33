import { describe, expect, test } from "vitest";
import type { Protocol } from "@/lib/metrics/protocol";
import { protocolKey, storedProtocolDifferences } from "@/lib/metrics/protocol";

const protocol: Protocol = {
  metric: "fd",
  encoder: "toybox-encoder@0123456789ab",
  preprocessing: "clean 64x64",
  samples: 1000,
  reference: "ab".repeat(32),
};

describe("protocol", () => {
  test("every field changes the key, and only the fields do", () => {
    const keys = [
      protocol,
      { ...protocol, metric: "kid" },
      { ...protocol, encoder: "other" },
      { ...protocol, preprocessing: "tf1 64x64" },
      { ...protocol, samples: 999 },
      { ...protocol, reference: "cd".repeat(32) },
      { ...protocol, codeVersion: "0" },
    ].map(protocolKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(protocolKey({ ...protocol })).toBe(keys[0]);
  });

  test("fields cannot run into each other", () => {
    const one = protocolKey({ ...protocol, encoder: "a", preprocessing: "b\nc" });
    const two = protocolKey({ ...protocol, encoder: "a\nb", preprocessing: "c" });
    expect(one).not.toBe(two);
  });

  test("stored protocols differ by the fields in which they do, and one of another form is compared with none", () => {
    const fewer = { ...protocol, samples: 500, prompts: "ef".repeat(32) };
    expect(storedProtocolDifferences(protocol, fewer)).toEqual([
      { field: "samples", first: "1000", second: "500" },
      { field: "prompts", first: "", second: fewer.prompts },
    ]);
    expect(storedProtocolDifferences(protocol, { ...protocol })).toEqual([]);
    expect(storedProtocolDifferences(protocol, {})).toEqual([]);
  });
});
