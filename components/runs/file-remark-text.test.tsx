import { expect, test } from "vitest";
import { fileRemarkText } from "@/components/runs/file-remark-text";
import { storedFileRemark } from "@/lib/schemas/reasons/file-remark";

test.each([
  [{ code: "unreadable", files: 1 }, "1 file cannot be decoded."],
  [{ code: "exact_copies", files: 1 }, "1 file is an exact copy of another."],
  [{ code: "exact_copies", files: 3 }, "3 files are exact copies of another."],
  [{ code: "alike", files: 2 }, "2 images look the same as another."],
  [{ code: "mixed_resolutions", resolutions: 2 }, "2 resolutions are mixed."],
  [{ code: "mixed_formats", formats: ["png", "webp"] }, "Formats are mixed: png, webp."],
  [{ code: "lossy" }, "JPEG artefacts are part of what is measured: the reference should be coded alike."],
  [{ code: "narrow_range", files: 1 }, "1 image is nearly flat or uses a narrow value range."],
  [
    { code: "other_formats", samples: ["jpeg"], reference: ["png"] },
    "Samples are jpeg, the reference is png.",
  ],
  [
    { code: "other_resolutions", samples: ["64x64"], reference: ["32x32", "48x48"] },
    "Samples of 64x64 pixels are held against a reference of 32x32, 48x48.",
  ],
  ["A sentence that an earlier release stored.", "A sentence that an earlier release stored."],
])("what is odd about files, as %j, is told in words", (stored, text) => {
  expect(fileRemarkText(storedFileRemark.parse(stored))).toBe(text);
});
