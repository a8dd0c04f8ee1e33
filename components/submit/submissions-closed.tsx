import Link from "next/link";

/** What a site that takes no submissions says in place of a form. */
export function SubmissionsClosed() {
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl sm:text-5xl">Submissions are closed</h1>
      <p className="text-muted mt-3 max-w-2xl">
        This site takes no models from visitors now. What is on the board can be voted on in{" "}
        <Link href="/arena" className="link">
          the arena
        </Link>
        .
      </p>
    </div>
  );
}
