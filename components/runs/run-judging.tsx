import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Format } from "@/components/format";
import { stoppedText } from "@/components/judges/pause-text";
import { ProgressLine } from "@/components/judges/progress-line";
import type { RunWords } from "@/components/runs/page-text";
import { useFormat } from "@/components/use-format";
import type { RunView } from "@/lib/schemas/runs";

type Task = RunView["judging"][number];

/** How far judges are with a run's samples. Nothing waits for them. */
export function RunJudging({ judging }: { judging: Task[] }) {
  const t = useTranslations("runs");
  const format = useFormat();
  if (judging.length === 0) return null;
  return (
    <section className="mt-12" aria-labelledby="judging">
      <h2 id="judging" className="text-2xl">
        {t("judging.title")}
      </h2>
      <ul className="mt-4 grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {judging.map((task) => (
          <li key={`${task.judge} ${task.rubric} ${task.questionSetVersion}`}>
            <p className="text-sm">
              <Link href={`/judges#${task.judge}`} className="link font-medium" translate="no">
                {task.name}
              </Link>{" "}
              <span className="text-muted font-mono text-xs">
                {task.questionSetVersion > 0
                  ? t("judging.questions", { rubric: task.rubric, version: task.questionSetVersion })
                  : task.rubric}
              </span>
            </p>
            <ProgressLine
              label={t("judging.progress", {
                done: task.done,
                total: task.total,
                without: Math.max(0, task.done - task.verdicts),
              })}
              note={noteOf(t, format, task)}
              share={task.total === 0 ? 1 : task.done / task.total}
            />
            {task.paused && <p className="text-alarm mt-1.5 text-sm break-words">{stoppedText(task)}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function noteOf(t: RunWords, { count, duration, moment }: Format, task: Task): string {
  if (task.finished) return t("judging.done");
  if (task.paused) return t("judging.stopped");
  if (task.waitingUntil) return t("judging.until", { moment: moment(task.waitingUntil) });
  if (task.perMinute === null || task.etaSeconds === null) return t("judging.noWorker");
  return t("judging.pace", { n: count(task.perMinute), time: duration(task.etaSeconds * 1000) });
}
