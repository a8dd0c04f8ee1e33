import { expect, test } from "vitest";
import { judgeSize } from "@/lib/providers/size-verdict";

test.each([
  ["pixels", "64x64", [64, 64], "exact"],
  ["pixels", "64x64", [128, 128], "other"],
  ["list", "1024x1024", [1024, 1536], "other"],
  ["ratio", "1024x1024", [1024, 1024], "exact"],
  ["ratio", "1536x864", [1344, 768], "shape"],
  ["ratio", "1536x864", [1024, 1024], "other"],
  ["none", "1024x1024", [512, 768], "shape"],
] as const)("a format that is told a size as %s: %s asked for, %o came: %s", (mode, asked, came, verdict) => {
  expect(judgeSize(mode, asked, { width: came[0], height: came[1] })).toBe(verdict);
});
