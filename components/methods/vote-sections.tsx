import type { MethodSection } from "@/components/methods/method-section";

/** What a vote is, and what becomes of it. */
export const VOTE_SECTIONS: readonly MethodSection[] = [
  {
    id: "votes",
    title: "Votes",
    body: (
      <>
        <p>
          A battle shows two images of one prompt. Which model stands left is drawn by the server. Until you
          vote, nothing your browser receives says who made them. You may find A better, B better, both
          equally good, or both bad. Each battle counts once, however often the request is repeated. The vote
          log is kept; every rating can be recomputed from it.
        </p>
        <p>
          The operator can leave votes out, for a stated reason. They stay in the log that you can download,
          marked with it; the board says how many were left out and why, and every fit records it in its hash.
          Elo is recomputed as if they had not been cast. Votes from another arena&apos;s log can be added to
          a board: they count like others, but their models have no images here and do not appear in the
          arena.
        </p>
        <p>
          Of your address Salon keeps a keyed hash with the battle and the vote, whose key changes and which
          is erased after a month unless the operator has chosen another time; the address itself is not
          stored. With it, votes that come like a machine&apos;s or far more often for one model than other
          people&apos;s are found and taken back: they wait in the log, marked with the reason, until a person
          has looked at them. On some boards votes of new voters wait until they have cast ten over an hour.
        </p>
      </>
    ),
  },
];
