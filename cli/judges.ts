import { Option, type Command } from "commander";
import { pauseText } from "@/components/judges/pause-text";
import { db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { assertInstallation } from "@/lib/installation/check-installation";
import { addJudge } from "@/lib/judges/add-judge";
import { admitJudge } from "@/lib/judges/admit-judge";
import { exportVerdicts } from "@/lib/judges/export-verdicts";
import { changeJudge, removeJudge } from "@/lib/judges/change-judge";
import { listJudges, rubricChoices } from "@/lib/judges/list-judges";
import { probeJudge } from "@/lib/judges/probe-judge";
import { guardedClient } from "@/lib/providers/guarded-client";
import {
  judgeSubmission,
  judgeTest,
  shownVideosAs,
  type JudgeChange,
  type JudgeView,
} from "@/lib/schemas/judges/judging";
import { TABLE_FORMATS, type TableFormat } from "@/lib/tables/table-file";
import { formatFlag, OUT, writeTable } from "./write-table";
import { KEY_FILE, KEY_MEANING, numberOf, parseTyped, readKey } from "./endpoint-flags";

type AddFlags = {
  creator: string;
  keyFile?: string;
  rubric: string[];
  wholeVideos: boolean;
  budget?: string;
  inputPrice?: string;
  outputPrice?: string;
  concurrency?: string;
  prompts?: string;
  pairs?: string;
};

/** What a judge is asked unless told: each where it fits, images or videos. */
const ASKED = ["viescore@1", "pairwise@1", "checklist@1", "videoscore@1", "videopair@1"];

const WHOLE_VIDEOS = [
  "--whole-videos",
  "show it videos as MP4 files instead of eight frames; needs ffmpeg",
  false,
] as const;

/** The rubrics with those of videos as it is shown them. */
const rubricsOf = ({ rubric, wholeVideos }: Pick<AddFlags, "rubric" | "wholeVideos">) =>
  wholeVideos ? shownVideosAs("video", rubric, rubricChoices()) : rubric;

/** Adds `salon judges list | probe | add | pause | resume | run | budget | admit | unadmit | export | remove`. */
export function registerJudges(program: Command): void {
  const judges = program.command("judges").description("manage the judges of the site");
  judges
    .command("list")
    .description("all judges: what they are asked, how far they are, what it cost")
    .option("--json", "print JSON", false)
    .action(({ json }: { json: boolean }) => connected(() => list(json)));
  registerProbe(judges);
  judges
    .command("add")
    .description("add a judge of the operator's; it is tried first, then judges all published runs")
    .argument("<name>")
    .argument("<url>", "base address, such as https://host/v1")
    .argument("<model>", "the name the endpoint knows the model by")
    .requiredOption("--creator <name>", "who made the model")
    .option(KEY_FILE, KEY_MEANING)
    .addOption(new Option("--rubric <id...>", "what it is asked").default(ASKED))
    .option(...WHOLE_VIDEOS)
    .option("--budget <usd>", "stop at so many US dollars; needs both prices")
    .option("--input-price <usd>", "US dollars a million input tokens")
    .option("--output-price <usd>", "US dollars a million output tokens")
    .option("--concurrency <n>", "requests at a time (2)")
    .option("--prompts <n>", "of each run only the first so many prompts")
    .option("--pairs <n>", "pairs on each board besides those people voted on (200)")
    .action((name: string, url: string, model: string, flags: AddFlags) =>
      connected(() => add(name, url, model, flags)),
    );
  const change = (verb: string, description: string, what: JudgeChange) =>
    judges
      .command(verb)
      .description(description)
      .argument("<judge>", "id or slug")
      .action((judge: string) => connected(() => alter(judge, what)));
  change("pause", "stop a judge; what it has said stays", { action: "pause" });
  change("resume", "let a judge go on, and ask again where calls failed", { action: "resume" });
  change("run", "give a judge all published runs it has not judged", { action: "judge_all" });
  judges
    .command("budget")
    .description("set or lift a judge's budget")
    .argument("<judge>", "id or slug")
    .argument("<usd>", "US dollars, or none")
    .action((judge: string, usd: string) =>
      connected(() => alter(judge, { budgetUsd: usd === "none" ? null : numberOf(usd)! })),
    );
  judges
    .command("export")
    .description("write all that judges said of a board's samples, calls without a verdict too")
    .argument("<board>", "slug")
    .addOption(formatFlag(TABLE_FORMATS))
    .option(...OUT)
    .action((board: string, { format, out }: { format: TableFormat; out?: string }) =>
      writeTable(async () => (await exportVerdicts({ board, format, by: "operator" })).pieces, out),
    );
  const admit = (verb: string, description: string, admitted: boolean) =>
    judges
      .command(verb)
      .description(description)
      .argument("<judge>", "id or slug")
      .action((judge: string) =>
        connected(async () => {
          const { judgeId } = await find(judge);
          await admitJudge({ judgeId, admitted, by: "operator" });
          return lineOf(await find(judgeId));
        }),
      );
  admit("admit", "let a visitor's judge judge what yours do, for everybody to see", true);
  admit("unadmit", "undo admit: the judge is its owner's alone again", false);
  judges
    .command("remove")
    .description("remove a judge with all it has said")
    .argument("<judge>", "id or slug")
    .action((judge: string) =>
      connected(async () => {
        const { judgeId, name } = await find(judge);
        await removeJudge({ judgeId, by: "operator" });
        return `Removed ${name}.`;
      }),
    );
}

function registerProbe(judges: Command): void {
  judges
    .command("probe")
    .description("ask a judge for one verdict; nothing is stored")
    .argument("<url>", "base address, such as https://host/v1")
    .argument("<model>", "the name the endpoint knows the model by")
    .option(KEY_FILE, KEY_MEANING)
    .option(...WHOLE_VIDEOS)
    .action((endpointUrl: string, providerModel: string, flags: { keyFile?: string; wholeVideos: boolean }) =>
      connected(async () => {
        const apiKey = await readKey(flags.keyFile);
        const probe = await probeJudge(
          parseTyped(judgeTest, {
            endpointUrl,
            providerModel,
            apiKey,
            rubrics: rubricsOf({ rubric: ASKED, ...flags }),
          }),
          "operator",
        );
        if (!probe.ok) throw new SalonError("endpoint_failed", probe.message);
        const can = (able: boolean) => (able ? "yes" : "no");
        return `${probe.message}\nJSON schema: ${can(probe.jsonSchema)}\nprobabilities of words: ${can(probe.logprobs)}`;
      }),
    );
}

async function connected(work: () => Promise<string>): Promise<void> {
  try {
    console.log(await work());
  } finally {
    await guardedClient().close();
    await db().$disconnect();
  }
}

async function add(
  name: string,
  endpointUrl: string,
  providerModel: string,
  flags: AddFlags,
): Promise<string> {
  const submission = parseTyped(judgeSubmission, {
    name,
    creator: flags.creator,
    endpointUrl,
    providerModel,
    apiKey: await readKey(flags.keyFile),
    rubrics: rubricsOf(flags),
    budgetUsd: numberOf(flags.budget),
    usdPerMillionInputTokens: numberOf(flags.inputPrice),
    usdPerMillionOutputTokens: numberOf(flags.outputPrice),
    concurrency: numberOf(flags.concurrency),
    promptsPerRun: numberOf(flags.prompts),
    pairsPerBoard: numberOf(flags.pairs),
  });
  // A key that is sealed under another secret than the workers' would never be opened.
  await assertInstallation(db());
  const { slug } = await addJudge({ submission, ownerId: null });
  return `Added ${slug}. It judges the published runs as soon as a worker is free.`;
}

async function alter(judge: string, change: JudgeChange): Promise<string> {
  const { judgeId } = await find(judge);
  await changeJudge({ judgeId, change, by: "operator" });
  return lineOf(await find(judgeId));
}

async function list(json: boolean): Promise<string> {
  const { judges } = await listJudges("operator");
  if (json) return JSON.stringify(judges, null, 2);
  return judges.length === 0 ? "There are no judges." : judges.map(lineOf).join("\n");
}

function lineOf(judge: JudgeView): string {
  const failed = judge.withoutVerdict.reduce((sum, { count }) => sum + count, 0);
  return [
    judge.slug,
    judge.state.toLowerCase() + (judge.demotedFor === null ? "" : ", demoted"),
    judge.admitted ? judge.submittedBy : "visitor, not admitted",
    `${judge.done}/${judge.total} judged, ${failed} without a verdict`,
    `$${(judge.spentUsd ?? 0).toFixed(2)}${judge.budgetUsd === null ? "" : ` of $${judge.budgetUsd.toFixed(2)}`}`,
    judge.rubrics.join(" "),
    judge.pausedFor === null ? "" : pauseText(judge.pausedFor),
  ]
    .filter(Boolean)
    .join("  ");
}

async function find(text: string): Promise<JudgeView> {
  const { judges } = await listJudges("operator");
  const judge = judges.find(({ judgeId, slug }) => judgeId === text || slug === text);
  if (judge !== undefined) return judge;
  throw new SalonError("not_found", `There is no judge ${text}: \`salon judges list\` shows them all.`);
}
