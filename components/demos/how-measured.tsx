import Link from "next/link";

/** Where the measurements of /stack are explained. */
export function HowMeasured({ what = "images" }: { what?: "images" | "clips" }) {
  return (
    <p className="text-muted mt-16">
      How the grader{what === "clips" && " of clips"}, {what === "clips" ? "FVD-toybox" : "FD-toybox"} and the
      intervals work stands under{" "}
      <Link href="/docs/methods" className="link">
        how it is measured
      </Link>
      {what === "images" &&
        "; the differences here pair the two models’ images prompt by prompt, with Newcombe’s 95% interval"}
      .
    </p>
  );
}
