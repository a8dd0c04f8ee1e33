/** How far something is: a sentence, a note on its pace, a bar. */
export function ProgressLine({ label, note, share }: { label: string; note: string; share: number }) {
  const percent = Math.round(Math.min(1, share) * 100);
  return (
    <div className="mt-3">
      <p className="flex flex-wrap justify-between gap-x-6 text-sm tabular-nums">
        <span role="status">{label}</span>
        <span className="text-muted">{note}</span>
      </p>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="bg-sunk mt-2 h-2 overflow-hidden rounded-full"
      >
        <span
          className="bg-accent block h-full transition-[width] duration-700"
          style={{ width: `${percent}%` }}
        />
      </div>
    </div>
  );
}
