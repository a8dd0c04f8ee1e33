import { expect, test } from "vitest";
import { demotionText, reasonText } from "@/components/judges/standing-text";

const above = {
  ...({ code: "above", measure: "instructionsWin" } as const),
  ...{ value: 0.9, low: 0.8, high: 0.95, n: 1040, bar: 0.6 },
};

test("a judge beyond a bar is told with its share, its interval and the bar", () => {
  expect(reasonText(above)).toBe(
    "It lets an instruction written into an image win in 90% of 1,040 (95% interval 80% to 95%), which is above the bar of 60%.",
  );
  expect(reasonText({ ...above, code: "below", measure: "accuracy", bar: 0.55 })).toMatch(
    /^It agrees with people .* below the bar of 55%\.$/,
  );
});

test("what is not measured yet is listed, and a stored sentence is shown as it is", () => {
  expect(reasonText({ code: "unmeasured", measures: ["accuracy", "defectsSeen"] })).toBe(
    "Not measured yet: its agreement with people, planted defects.",
  );
  expect(reasonText("A sentence of an earlier release.")).toBe("A sentence of an earlier release.");
});

test("a demotion names the boards that it is for", () => {
  const demotions = [
    { board: "Toybox", reason: above },
    { board: "Other", reason: "An old reason." },
  ];
  expect(demotionText(demotions)).toMatch(/^Toybox: It lets .* 60%\. Other: An old reason\.$/);
  expect(demotionText(null)).toBeNull();
});
