import type { JudgeNetwork, Memory } from "@/generation/judge/judge-network";
import { stillClaim } from "@/generation/judge/still-claim";
import { claimQuestions, matchQuestion, QUALITY_QUESTION } from "@/generation/judge/questions-for";
import { answerTokens, CANNOT_TELL } from "@/generation/world/question-tokenizer";

const [YES, NO, UNSURE] = ["yes", "no", CANNOT_TELL].map((answer) => answerTokens(answer)[0]);

/** What the network thinks of a yes/no question. */
export interface Belief {
  question: string;
  /** P(yes) as a share of P(yes) + P(no); null where it can't tell. */
  yes: number | null;
}

/** Asks yes/no questions about one image, or video. It can't tell where it would rather say so than yes or no. */
export async function believe(
  network: JudgeNetwork,
  memory: Memory,
  questions: readonly string[],
): Promise<Belief[]> {
  const answers = await network.firstWords(memory, questions);
  return questions.map((question, index) => {
    const logprobs = answers[index];
    if (logprobs === null) return { question, yes: null };
    const [yes, no, unsure] = [YES, NO, UNSURE].map((id) => logprobs[id]);
    return { question, yes: unsure > Math.max(yes, no) ? null : 1 / (1 + Math.exp(no - yes)) };
  });
}

/** How one image, or video, stands to a prompt. */
export interface Assessment {
  asked: Belief[];
  /** How far it follows the prompt, in [0,1]: half P(it is of the prompt), half the mean P over the prompt's claims. */
  following: number | null;
  /** P(well drawn). */
  quality: number | null;
}

/**
 * Of a video each frame is looked at by itself, so that what moves, and whether things stay what they are, is not judged. Null scores mean it can't tell: it does not understand the prompt, or takes what it is shown for none
 * of its world.
 */
export async function assess(network: JudgeNetwork, memory: Memory, prompt: string): Promise<Assessment> {
  const { caption, frames } = stillClaim(prompt, memory.length);
  const shown = frames === "ends" ? [memory[0], memory[memory.length - 1]] : memory;
  const claims = claimQuestions(caption);
  const asked = await believe(network, shown, [matchQuestion(caption), ...claims, QUALITY_QUESTION]);
  const [match, quality] = [asked[0].yes, asked[asked.length - 1].yes];
  const known = asked.slice(1, -1).flatMap(({ yes }) => (yes === null ? [] : [yes]));
  const following =
    match === null
      ? null
      : known.length === 0
        ? match
        : (match + known.reduce((sum, yes) => sum + yes, 0) / known.length) / 2;
  return { asked, following, quality };
}
