import type { Prisma, Run } from "@/lib/db/generated/client";
import { storedFields, storedHeaders, type RunParameters } from "@/lib/schemas/run-parameters";

type Columns = Pick<
  Run,
  | "seedPolicy"
  | "seeds"
  | "imageSize"
  | "steps"
  | "guidance"
  | "negativePrompt"
  | "extraFields"
  | "extraHeaders"
>;

/** What a run asks its endpoint for, as its row holds it. */
export function parametersOf(run: Columns): RunParameters {
  const { imageSize, steps, guidance, negativePrompt } = run;
  const seeds = { PER_PROMPT: "per-prompt", NONE: "none", FIXED: run.seeds } as const;
  return {
    imageSize,
    seeds: seeds[run.seedPolicy],
    steps,
    guidance,
    negativePrompt,
    extraFields: storedFields.parse(run.extraFields),
    extraHeaders: storedHeaders.parse(run.extraHeaders),
  };
}

/** The columns that hold them. */
export function parameterColumns({ seeds, ...same }: RunParameters) {
  const [seedPolicy, list] =
    seeds === "per-prompt"
      ? (["PER_PROMPT", []] as const)
      : seeds === "none"
        ? (["NONE", []] as const)
        : (["FIXED", seeds] as const);
  return { ...same, seedPolicy, seeds: [...list] } satisfies Partial<Prisma.RunUncheckedCreateInput>;
}
