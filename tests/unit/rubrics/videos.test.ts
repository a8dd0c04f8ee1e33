import { describe, expect, it } from "vitest";
import { askAbout } from "@/lib/rubrics/question-text";
import { readVerdict } from "@/lib/rubrics/read-verdict";
import { findRubric, JUDGING_RUBRICS, newestRubric } from "@/lib/rubrics/registry";
import { rubricId } from "@/lib/rubrics/rubric";

const subject = { prompt: "a red ball moves left" };
const videoscore = newestRubric("pointwise", "frames");
const said = (levels: object) =>
  readVerdict(videoscore, subject, { text: JSON.stringify({ reasoning: "seen", ...levels }), tokens: null });
const best = { prompt_following: "fully", motion: "right", consistency: "steady", artefacts: "none" };

describe("rubrics of videos", () => {
  it("are rubrics of their own: what sees images is never asked about videos", () => {
    const seeing = (sees: string) => JUDGING_RUBRICS.filter((each) => each.sees === sees).map(rubricId);
    expect(seeing("frames")).toEqual(["videoscore@1", "videopair@1"]);
    expect(seeing("video")).toEqual(["wholescore@1", "wholepair@1"]);
    expect(seeing("image")).toEqual(["viescore@1", "pairwise@1", "checklist@1", "vqascore@1"]);
    expect(rubricId(newestRubric("pointwise"))).toBe("viescore@1");
    expect(rubricId(newestRubric("pairwise"))).toBe("pairwise@1");
  });

  it("tell the judge how many frames it is shown, of each of two videos", () => {
    expect(askAbout(videoscore, subject, [8]).system).toContain("as 8 numbered frames in their order");
    const { system } = askAbout(newestRubric("pairwise", "frames"), subject, [8, 5]);
    expect(system).toContain("A as 8 numbered frames in their order, then B as 5");
    const ids = ["videoscore@1", "videopair@1", "wholescore@1", "wholepair@1"];
    for (const { system, user } of ids.map((id) => askAbout(findRubric(id)!, subject, [8, 8])))
      expect(system + user).not.toMatch(/\{\{|undefined/);
  });

  it("say nothing of frames where the judge is shown whole videos, and ask for the same answer", () => {
    for (const [frames, whole] of [
      ["videoscore@1", "wholescore@1"],
      ["videopair@1", "wholepair@1"],
    ]) {
      const [shown, asked] = [frames, whole].map((id) => askAbout(findRubric(id)!, subject, [8, 8]));
      expect(asked.system + asked.user).not.toContain("frame");
      expect(asked.schema!.schema).toEqual(shown.schema!.schema);
    }
  });

  it.each([
    [{}, 1],
    [{ motion: "wrong" }, 0],
    [{ motion: "partly" }, Math.sqrt(0.5)],
    [{ prompt_following: "mostly", motion: "partly" }, Math.sqrt(0.5)],
    [{ motion: "partly", consistency: "acceptable", artefacts: "few" }, 0.5],
    [{ artefacts: "everywhere" }, 0],
  ])("score by the geometric mean of the worse level of each pair: %j is worth %d", (levels, score) => {
    expect(said({ ...best, ...levels })).toMatchObject({ kind: "sample", score });
  });

  it("give no verdict where the motion is left out, or cannot be told", () => {
    const { motion: _, ...without } = best;
    expect(said(without)).toMatchObject({ kind: "none", reason: "invalid" });
    expect(said({ ...best, motion: "cannot_tell" })).toMatchObject({ kind: "none", reason: "cannot_tell" });
  });
});
