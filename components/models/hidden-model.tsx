import Link from "next/link";

/** In the place of a model that the operator hid. */
export function HiddenModel() {
  return (
    <div className="page py-24 text-center">
      <h1 className="text-3xl">This model was hidden</h1>
      <p className="text-muted mx-auto mt-3 max-w-md">
        The operator of this site took it out of the arena and off the board. Votes on it stay in the log;
        rankings are made without it.
      </p>
      <Link className="button-primary mt-8 inline-flex" href="/leaderboard">
        See the leaderboard
      </Link>
    </div>
  );
}
