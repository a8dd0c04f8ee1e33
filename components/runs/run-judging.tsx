import Link from "next/link";
import { count, duration, moment } from "@/components/format";
import { stoppedText } from "@/components/judges/pause-text";
import { ProgressLine } from "@/components/judges/progress-line";
import type { RunView } from "@/lib/schemas/runs";

type Task = RunView["judging"][number];

/** How far judges are with a run's samples. Nothing waits for them. */
export function RunJudging({ judging }: { judging: Task[] }) {
  if (judging.length === 0) return null;
  return (
    <section className="mt-12" aria-labelledby="judging">
      <h2 id="judging" className="text-2xl">
        Judges
      </h2>
      <ul className="mt-4 grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {judging.map((task) => (
          <li key={`${task.judge} ${task.rubric} ${task.questionSetVersion}`}>
            <p className="text-sm">
              <Link href={`/judges#${task.judge}`} className="link font-medium">
                {task.name}
              </Link>{" "}
              <span className="text-muted font-mono text-xs">
                {task.rubric}
                {task.questionSetVersion > 0 && `, questions ${task.questionSetVersion}`}
              </span>
            </p>
            <ProgressLine
              label={`${count(task.done)} of ${count(task.total)} judged${missing(task)}`}
              note={noteOf(task)}
              share={task.total === 0 ? 1 : task.done / task.total}
            />
            {task.paused && <p className="text-alarm mt-1.5 text-sm break-words">{stoppedText(task)}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

const missing = ({ done, verdicts }: Task) =>
  done > verdicts ? `, ${count(done - verdicts)} without a verdict` : "";

function noteOf(task: Task): string {
  if (task.finished) return "done";
  if (task.paused) return "stopped";
  if (task.waitingUntil) return `waits until ${moment(task.waitingUntil)}`;
  if (task.perMinute === null || task.etaSeconds === null) return "waiting for a worker";
  return `${count(task.perMinute)} a minute, about ${duration(task.etaSeconds * 1000)} left`;
}
