import { RefreshEvery } from "@/components/refresh-every";

/** How far the generation is, while there is something to say. */
export function GenerationProgress({
  generated,
  planned,
  waiting,
  known,
}: {
  generated: number;
  planned: number;
  waiting: boolean;
  known: number;
}) {
  if (known > 0 && generated === planned) return null;
  const text =
    known === 0
      ? waiting
        ? "The bundled models have just been added. Their images are generated next; this page fills by itself."
        : "No bundled model is registered here. They are when the generation backend runs; the texts can be read without them."
      : waiting
        ? `Generating the demonstrations: ${generated} of ${planned} images. This page fills by itself.`
        : `${planned - generated} of ${planned} images could not be generated; the worker’s log says why. The next start tries again.`;
  return (
    <div className="card mt-8 p-4" role="status">
      {waiting && <RefreshEvery seconds={6} />}
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
  );
}
