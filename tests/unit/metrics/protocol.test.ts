import { describe, expect, test } from "vitest";
import type { ComparableScores, Protocol, Score } from "@/lib/metrics/protocol";
import { protocolKey, requireSameProtocol, scoreDifference } from "@/lib/metrics/protocol";

const protocol: Protocol = {
  metric: "fd",
  encoder: "toybox-encoder@0123456789ab",
  preprocessing: "clean 64x64",
  samples: 1000,
  reference: "ab".repeat(32),
};
const score = (key: Score["key"], value: number): Score => ({ key, value, low: null, high: null, n: 1000 });

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

  test("scores of different protocols are not compared", () => {
    const a = score(protocolKey(protocol), 3);
    const b = score(protocolKey({ ...protocol, samples: 500 }), 1);
    expect(scoreDifference(requireSameProtocol(a, score(a.key, 1)))).toBe(2);
    expect(() => requireSameProtocol(a, b)).toThrow(/different protocols/);
    // @ts-expect-error two scores are no proof that they may be compared
    const unproven: ComparableScores = { first: a, second: b };
    expect(unproven).toBeDefined();
  });
});
