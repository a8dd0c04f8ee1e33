import Link from "next/link";
import { count, counted, duration } from "@/components/format";
import { RefreshEvery } from "@/components/refresh-every";
import { samplesWord } from "@/components/sample-word";
import type { ScoresComing } from "@/lib/schemas/views";

const REFRESH_SECONDS = 30;

/** That scores are on the way, of how many models, and how long they still take; nothing where none is. */
export function ScoresComingNote({ coming, isVideo }: { coming: ScoresComing | null; isVideo: boolean }) {
  if (coming === null) return null;
  const { models, of, soFar, secondsLeft } = coming;
  return (
    <div role="status" className="card mb-6 px-4 py-3 text-sm">
      <RefreshEvery seconds={REFRESH_SECONDS} />
      Scores are on the way: {count(models)} of {counted(of, "model")} {models === 1 ? "is" : "are"} still
      being measured
      {soFar > 0 && `, ${count(soFar)} with first scores over part of the prompts`}.{" "}
      {secondsLeft !== null &&
        `Their ${samplesWord({ isVideo })} take about ${duration(Math.max(1, secondsLeft) * 1000)} more. `}
      <Link href="/runs" className="link">
        The runs
      </Link>
    </div>
  );
}
