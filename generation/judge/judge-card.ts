import { z } from "zod";
import { modelId, weightsFile } from "@/generation/model-card";
import { QUESTION_LENGTH, QUESTION_VOCABULARY_SIZE } from "@/generation/world/question-tokenizer";

/** What stands beside a judge's two networks. Training writes it (training/toybox_judge.py), the backend reads it. */
export const judgeCardSchema = z.object({
  id: modelId,
  name: z.string().min(1),
  creator: z.string().min(1),
  architecture: z.string().min(1),
  /** Side of the square image it sees, in pixels. */
  imageSize: z.number().int().positive(),
  /** [places, width] of what the vision network hands to the language network. */
  memoryShape: z.tuple([z.number().int().positive(), z.number().int().positive()]),
  questionLength: z.literal(QUESTION_LENGTH),
  /** Words beyond it reach the network as unknown. */
  questionVocabularySize: z.number().int().min(4).max(QUESTION_VOCABULARY_SIZE),
  files: z.object({ visionEncoder: weightsFile, textDecoder: weightsFile }),
  parameters: z.number().int().positive(),
  figures: z.record(z.string(), z.unknown()),
  license: z.string().min(1),
  released: z.iso.date(),
});

export type JudgeCard = z.output<typeof judgeCardSchema>;
