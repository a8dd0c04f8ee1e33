import { useTranslations } from "next-intl";
import { RefreshEvery } from "@/components/refresh-every";

type Progress = {
  generated: number;
  planned: number;
  waiting: boolean;
  known: number;
  /** Of what. */
  what?: "images" | "clips";
};

/** How far the generation is, while there is something to say. The box of status stands there before, so that it is read out. */
export function GenerationProgress(progress: Progress) {
  const t = useTranslations("demos.progress");
  const { generated, planned, waiting } = progress;
  const text = progressText(t, progress);
  return (
    <div role="status">
      {text && waiting && <RefreshEvery seconds={6} />}
      {text && (
        <div className="card mt-8 p-4">
          <p className="text-muted text-sm">{text}</p>
          {planned > 0 && (
            <div className="bg-sunk mt-3 h-1.5 overflow-hidden rounded-full" aria-hidden="true">
              <div
                className="bg-accent h-full rounded-full"
                style={{ width: `${(generated / planned) * 100}%` }}
              />
            </div>
          )}
        </div>
      )}
    </div>
  );
}

/** null: everything is there. */
function progressText(
  t: ReturnType<typeof useTranslations<"demos.progress">>,
  { generated, planned, waiting, known, what = "images" }: Progress,
): string | null {
  if (known > 0 && generated === planned) return null;
  if (known === 0) return waiting ? t("added", { what }) : t("none");
  return waiting
    ? t("generating", { generated, planned, what })
    : t("failed", { n: planned - generated, planned, what });
}
