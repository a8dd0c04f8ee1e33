import Link from "next/link";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <div className="page grid place-items-center py-24 text-center">
      <div
        className="frame grid aspect-square w-56 place-items-center [--frame-padding:14px]"
        aria-hidden="true"
      >
        <span className="border-line text-muted grid size-full place-items-center border border-dashed font-serif text-5xl">
          404
        </span>
      </div>
      <h1 className="mt-10 text-3xl">Page not found</h1>
      <p className="text-muted mt-3 max-w-md">
        The page may have moved, or the model may not be listed. A private model is shown only in the browser
        that submitted it.
      </p>
      <div className="mt-8 flex flex-wrap justify-center gap-3">
        <Link className="button-primary" href="/leaderboard">
          See the leaderboard
        </Link>
        <Link className="button-quiet" href="/arena">
          Go and vote
        </Link>
      </div>
    </div>
  );
}
