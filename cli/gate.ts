import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { reportFigures } from "@/lib/evaluations/report-figures";
import { FileError } from "@/lib/media/files/file-error";
import {
  EVALUATION_REPORT_VERSION,
  evaluationReport,
  type EvaluationReport,
} from "@/lib/schemas/evaluation-report";
import { count } from "./fd";
import { orExit } from "./metric-input";
import { checkRequirements, LEAST_N, parseRequirements } from "./requirements";

interface GateFlags {
  require: string[];
  minN: number;
  json: boolean;
}

/** Adds `salon gate REPORT --require ...`: exit code 0 where every requirement passes, 1 where one does not, 2 for a bad call. */
export function registerGate(program: Command): void {
  program
    .command("gate")
    .description("Hold a report of salon eval against requirements: exit code 0 if all pass, else 1.")
    .argument("<report>", "report.json, or the folder that salon eval wrote")
    .requiredOption(
      "--require <requirement...>",
      "such as fd<=20 (the value) or win_rate>=50%@95 (the whole 95% interval)",
    )
    .option("--min-n <count>", "a metric of fewer samples is not known", count(1), LEAST_N)
    .option("--json", "print JSON", false)
    .action((report: string, flags: GateFlags) => orExit(() => gate(report, flags)));
}

async function gate(location: string, { require: texts, minN, json }: GateFlags): Promise<string> {
  const requirements = parseRequirements(texts);
  const report = await readReport(location);
  const { passed, results, text } = checkRequirements(requirements, reportFigures(report), {
    least: minN,
    level: report.level,
  });
  if (!passed) process.exitCode = 1;
  return json ? `${JSON.stringify({ passed, results }, null, 2)}\n` : `${text}\n`;
}

/** @throws FileError when it is no report, or one of another version */
async function readReport(location: string): Promise<EvaluationReport> {
  const isFolder = await stat(location).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = isFolder ? path.join(location, "report.json") : location;
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    const problem = error.code === "ENOENT" ? "does not exist." : `cannot be read (${error.code}).`;
    throw new FileError(file, problem, { cause: error });
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new FileError(file, "is no JSON.", { cause: error });
  }
  const parsed = evaluationReport.safeParse(content);
  if (parsed.success) return parsed.data;
  const { kind, version } = content as { kind?: unknown; version?: unknown };
  if (kind === "salon-evaluation" && version !== EVALUATION_REPORT_VERSION)
    throw new FileError(
      file,
      `is a report of version ${String(version)}; this Salon reads version ${EVALUATION_REPORT_VERSION}.`,
    );
  const [issue] = parsed.error.issues;
  throw new FileError(
    file,
    `is no report of salon eval (${issue.path.join(".") || "report"}: ${issue.message}).`,
  );
}
