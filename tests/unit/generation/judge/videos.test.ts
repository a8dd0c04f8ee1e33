import { Tensor, type InferenceSession } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { answerRequest, type JudgeTask } from "@/generation/judge/answer-request";
import { assess, believe } from "@/generation/judge/evidence";
import { groupFrames, readFrameLabel } from "@/generation/judge/frame-labels";
import type { JudgeCard } from "@/generation/judge/judge-card";
import { openJudgeNetwork } from "@/generation/judge/judge-network";
import { stillClaim } from "@/generation/judge/still-claim";
import {
  answerTokens,
  CANNOT_TELL,
  QUESTION_LENGTH,
  QUESTION_VOCABULARY_SIZE,
} from "@/generation/world/question-tokenizer";
import { seededRandom } from "@/generation/world/random";

const [YES, NO, UNSURE] = ["yes", "no", CANNOT_TELL].map((answer) => answerTokens(answer)[0]);
const card = {
  imageSize: 1,
  memoryShape: [1, 1],
  questionVocabularySize: QUESTION_VOCABULARY_SIZE,
} as unknown as JudgeCard;

/** Networks whose answer is what the frame is: its first value is P(yes), P(no) the rest; a negative one is "I can't tell". */
const vision = {
  run: async ({ image }: { image: Tensor }) => ({
    memory: new Tensor("float32", [image.data[0], image.data[3]] as number[], [2, 1, 1]),
  }),
};
const language = {
  run: async ({ memory }: { memory: Tensor }) => {
    const rows = memory.dims[0];
    const logits = new Float32Array(rows * QUESTION_LENGTH * QUESTION_VOCABULARY_SIZE).fill(-1e4);
    for (let row = 0; row < rows; row++) {
      const yes = memory.data[row] as number;
      for (let place = 0; place < QUESTION_LENGTH; place++) {
        const at = (row * QUESTION_LENGTH + place) * QUESTION_VOCABULARY_SIZE;
        if (yes < 0) logits[at + UNSURE] = 0;
        else {
          logits[at + YES] = Math.log(yes);
          logits[at + NO] = Math.log(1 - yes);
        }
      }
    }
    return { logits: new Tensor("float32", logits, [rows, QUESTION_LENGTH, QUESTION_VOCABULARY_SIZE]) };
  },
};
const network = openJudgeNetwork(
  card,
  vision as unknown as InferenceSession,
  language as unknown as InferenceSession,
);
const video = (...yes: number[]) => yes.map((p) => Float32Array.of(p, 0, 0));

describe("the mini judge and videos", () => {
  it.each([
    [[0.9], 0.9],
    [[0.2, 0.4, 0.9], 0.5],
    [[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.9], 0.2],
    // Two of three say that they can't tell: so does the mean.
    [[-1, -1, 0.9], null],
    [[-1, 0.6, 0.8], 0.7],
  ])("a question's P(yes) is the mean over the frames: of %j it is %d", async (frames, mean) => {
    const [{ yes }] = await believe(network, await network.see(video(...frames)), ["is there a ball"]);
    if (mean === null) expect(yes).toBeNull();
    else expect(yes).toBeCloseTo(mean, 6);
  });

  it("the probabilities of an answer's words are means over the frames too", async () => {
    const how = { temperature: 0, random: seededRandom(1), limit: 1 };
    const memory = await network.see(video(0.2, 0.4, 0.9));
    const [word] = (await network.say(memory, "is there a ball", how))!;
    expect(Math.exp(word.logprobs[YES])).toBeCloseTo(0.5, 6);
  });

  const pair = (a: Float32Array[], b: Float32Array[]): JudgeTask => ({
    task: { form: "prompt", prompt: "a red ball moves left" },
    shown: [a, b],
    form: {
      schema: { type: "object", properties: { verdict: { enum: ["A", "B", "both_good", "both_bad"] } } },
    },
    ...{ temperature: 0, random: seededRandom(1), wordLimit: 1 },
  });
  const verdict = async (task: JudgeTask) =>
    (JSON.parse((await answerRequest(network, task)).content!) as { verdict: string }).verdict;

  it("of two videos the one whose frames are better on the whole wins, in whatever order they are shown", async () => {
    const [good, bad] = [video(0.9, 0.8, 0.9), video(0.9, 0.2, 0.1)];
    expect(await verdict(pair(good, bad))).toBe("A");
    expect(await verdict(pair(bad, good))).toBe("B");
    expect(await verdict(pair(good, good.slice().reverse()))).toBe("both_good");
  });

  it("what moves, and whether things stay what they are, it can never tell", async () => {
    const properties = Object.fromEntries(
      ["prompt_following", "motion", "consistency"].map((name) => [
        name,
        { enum: ["bad", "good", "cannot_tell"] },
      ]),
    );
    const form = { schema: { type: "object", properties } };
    const { content } = await answerRequest(network, { ...pair([], []), shown: [video(0.9, 0.9)], form });
    expect(JSON.parse(content!)).toEqual({
      prompt_following: "good",
      motion: "cannot_tell",
      consistency: "cannot_tell",
    });
  });

  it("is asked of a clip's prompt what each frame is to show; where something is away in between, of the ends", async () => {
    const still = (prompt: string, frames = 8) => stillClaim(prompt, frames);
    expect(still("a red ball moves left and a house on a blue background")).toEqual({
      caption: "a red ball and a house on a blue background",
      frames: "all",
    });
    expect(still("a red ball moves left behind a house.")).toEqual({
      caption: "a red ball and a house",
      frames: "ends",
    });
    expect(still("a cup leaves to the left and comes back").frames).toBe("ends");
    // An image's prompt, and what is of no grammar, stay as they are.
    expect(still("a red ball moves left", 1).caption).toBe("a red ball moves left");
    expect(still("a cat plays the piano")).toEqual({ caption: "a cat plays the piano", frames: "all" });
    const memory = await network.see(video(0.9, 0.1, 0.1, 0.9));
    expect((await assess(network, memory, "a cup leaves to the left and comes back")).following).toBeCloseTo(
      0.9,
      6,
    );
    expect((await assess(network, memory, "a cup spins")).following).toBeCloseTo(0.5, 6);
  });
});

describe("frames in a request", () => {
  const images = (...labels: (string | null)[]) =>
    labels.map((label) => ({ label, frame: label === null ? null : readFrameLabel(label) }));
  const grouped = (...labels: (string | null)[]) =>
    groupFrames(images(...labels)).map((frames) => frames.map(({ label }) => label));

  it("belong to the video that their labels name; an image without a label is by itself", () => {
    expect(grouped("Frame 1 of 2:", "Frame 2 of 2:")).toEqual([["Frame 1 of 2:", "Frame 2 of 2:"]]);
    const [a, b] = ["A", "B"].map((name) => [`Video ${name}, frame 1 of 2:`, `Video ${name}, frame 2 of 2:`]);
    expect(grouped(...a, ...b)).toEqual([a, b]);
    expect(grouped(null, null)).toEqual([[null], [null]]);
    expect(grouped(null, ...a)).toEqual([[null], a]);
  });

  it.each([
    [["Frame 2 of 2:", "Frame 1 of 2:"]],
    [["Frame 1 of 3:", "Frame 3 of 3:"]],
    [["Frame 1 of 2:"]],
    [["Frame 1 of 2:", null]],
    [["Video A, frame 1 of 2:", "Video B, frame 2 of 2:"]],
    [["Frame 1 of 2:", "Frame 2 of 3:"]],
    [["Frame 0 of 2:", "Frame 1 of 2:"]],
    [["Frame 1 of 17:"]],
  ])("are refused where they are not whole and in order: %j", (labels) => {
    expect(() => grouped(...labels)).toThrow();
  });

  it("are named by a text that is the label alone", () => {
    expect(readFrameLabel("Frame 3 of 8:")).toEqual({ video: null, number: 3, of: 8 });
    expect(readFrameLabel(" Video B, frame 3 of 8:\n")).toEqual({ video: "B", number: 3, of: 8 });
    for (const text of ["Picture A:", "Frame 3 of 8: is there a ball?", "Video C, frame 1 of 8:"])
      expect(readFrameLabel(text)).toBeNull();
  });
});
