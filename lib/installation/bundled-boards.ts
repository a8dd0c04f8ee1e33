import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { BoardCreationInput } from "@/lib/schemas/boards";
import { toyboxClipPromptSetSchema } from "@/lib/schemas/stack/clip";
import { toyboxPromptSetSchema } from "@/lib/schemas/stack/scene";

/** A prompt of a set that Salon ships. */
export interface BundledPrompt {
  index: number;
  text: string;
  category: string;
  arena: boolean;
  truth: Record<string, unknown>;
}

/** A board of bundled models, and the prompts it is over. */
export interface BundledBoard {
  /** Whether a new installation has it at once; others come when the backend serves two models for them. */
  isFirst: boolean;
  /** The backend's path that its models answer. */
  endpoint: string;
  settings: Omit<BoardCreationInput, "promptSet"> & { slug: string };
  promptSet: { id: string; name: string; prompts: BundledPrompt[] };
}

/** What both boards of the bundled models have alike: everyone's, in the size that the models draw. */
const OPEN = {
  size: "64x64",
  seenBy: "everyone",
  votedBy: "everyone",
  submittedBy: "everyone",
} satisfies Partial<BoardCreationInput>;

/** The boards of the bundled models. */
export async function readBundledBoards(): Promise<BundledBoard[]> {
  const scenes = toyboxPromptSetSchema.parse(await readData("toybox-v1.json"));
  const clips = toyboxClipPromptSetSchema.parse(await readData("toybox-motion-v1.json"));
  return [
    {
      isFirst: true,
      endpoint: "/v1/images/generations",
      settings: {
        ...OPEN,
        slug: "text-to-image",
        name: "Text to image",
        description: "One image from a caption. Prompts are scenes of the Toybox world.",
        criteria: ["aesthetics", "prompt_following"],
        livePrompts: true,
      },
      promptSet: { ...scenes, name: "Toybox" },
    },
    {
      isFirst: false,
      endpoint: "/v1/videos",
      settings: {
        ...OPEN,
        slug: "text-to-video",
        task: "text-to-video",
        name: "Text to video",
        description: "A clip of 17 frames from a caption. Prompts are scenes of the Toybox world in motion.",
        criteria: ["prompt_following", "motion", "consistency"],
      },
      promptSet: { ...clips, name: "Toybox in motion" },
    },
  ];
}

async function readData(file: string): Promise<unknown> {
  return JSON.parse(await readFile(fileURLToPath(new URL(`./data/${file}`, import.meta.url)), "utf8"));
}
