import Link from "next/link";
import type { MethodSection } from "@/components/methods/method-section";

/** Where a number should not be trusted further. */
export const LIMIT_SECTIONS: readonly MethodSection[] = [
  {
    id: "missing",
    title: "What is missing stays missing",
    body: (
      <>
        <p>
          A call that fails, is refused or times out leaves no image, and is listed with its reason on the
          run&apos;s page. It is never scored as zero and never counted as a loss. A run needs at least half
          of its images to be scored.
        </p>
      </>
    ),
  },
  {
    id: "limits",
    title: "What this does not tell",
    body: (
      <>
        <p>
          Votes say what the voters of this site prefer on these prompts; other people and other prompts may
          give another ranking. The ranking&apos;s intervals allow for votes that go together once there are
          voters and prompts enough; those of the style-controlled board and of single criteria take every
          vote as independent, so they are too narrow where a few voters cast many votes. Prices are list
          prices as submitted. Latency is measured from this server.
        </p>
        <p>
          The numbers behind each board are open:{" "}
          <Link className="link" href="/docs/api">
            read them through the API
          </Link>
          , or download the table and the vote log from the board itself.
        </p>
      </>
    ),
  },
];
