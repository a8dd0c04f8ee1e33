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
  const { generated, planned, waiting } = progress;
  const text = progressText(progress);
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
function progressText({ generated, planned, waiting, known, what = "images" }: Progress): string | null {
  if (known > 0 && generated === planned) return null;
  if (known === 0)
    return waiting
      ? `The bundled models have just been added. Their ${what} are generated next; this page fills by itself.`
      : "No bundled model is registered here. They are when the generation backend runs; the texts can be read without them.";
  return waiting
    ? `Generating the demonstrations: ${generated} of ${planned} ${what}. This page fills by itself.`
    : `${planned - generated} of ${planned} ${what} could not be generated; the worker’s log says why. The next start tries again.`;
}
