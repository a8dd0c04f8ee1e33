import Link from "next/link";

/** In the place of the table of a board on which no model is listed. */
export function NoModels({ board, maySubmit }: { board: string; maySubmit: boolean }) {
  return (
    <div className="card p-12 text-center">
      <p className="text-muted mx-auto max-w-md">
        No model is listed here yet. Models appear as soon as their run is scored.
      </p>
      <div className="mt-5 flex justify-center gap-3">
        <Link href="/runs" className="button-quiet">
          See the runs
        </Link>
        {maySubmit && (
          <Link href={`/submit?board=${board}`} className="button-primary">
            Submit a model
          </Link>
        )}
      </div>
    </div>
  );
}
